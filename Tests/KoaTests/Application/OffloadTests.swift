import KoaTesting
import NIOCore
import NIOPosix
import Testing

@testable import Koa

@Suite("app.offload")
struct OffloadTests {
    @Test("gives the value of the work")
    func value() async throws {
        #expect(try await Application().offload { (1...10).reduce(0, +) } == 55)
    }

    @Test("throws what the work threw")
    func error() async {
        await #expect(throws: Boom()) { try await Application().offload { throw Boom() } }
    }

    @Test("the work runs on no event loop, and the handler goes on after it")
    func thread() async throws {
        let app = Application()
        app.use { ctx in
            let isOnLoop = try await ctx.app.offload { MultiThreadedEventLoopGroup.currentEventLoop != nil }
            ctx.body = "\(isOnLoop) \(Context.current === ctx)"
        }
        #expect(try await app.test.get("/").text == "false true")
    }

    @Test("an error of the work is an error of the request")
    func requestError() async throws {
        let app = Application()
        app.use { ctx in
            let text: String = try await ctx.app.offload { throw HTTPError(.conflict, "taken") }
            ctx.body = .text(text)
        }
        let response = try await app.test.get("/")
        #expect(response.status == 409)
        #expect(response.text == "taken")
    }

    @Test("much work at once is all done")
    func many() async throws {
        let app = Application()
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for n in 1...100 { group.addTask { try await app.offload { n } } }
            return try await group.reduce(0, +)
        }
        #expect(sum == 5050)
    }
}
