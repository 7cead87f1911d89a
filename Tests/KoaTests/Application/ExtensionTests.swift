import KoaTesting
import Testing

@testable import Koa

extension Context {
    fileprivate var shout: String { path.uppercased() }
}

extension Request {
    fileprivate var message: String { "request \(path)" }
}

extension Response {
    fileprivate func stamp() { set("X-Stamp", "\(status.code)") }
}

@Suite("Members added to Context, Request and Response by extensions")
struct ExtensionTests {
    @Test("are there in every context, with what the object has at hand")
    func members() async throws {
        let app = Application()
        app.use { ctx in
            ctx.body = "\(ctx.shout) \(ctx.request.message)"
            ctx.response.stamp()
        }
        let response = try await app.test.get("/a")
        #expect(response.text == "/A request /a")
        #expect(response.get("X-Stamp") == "200")
    }
}
