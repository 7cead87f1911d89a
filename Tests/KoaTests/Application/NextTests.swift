import KoaTesting
import Testing

@testable import Koa

@Suite("next() runs once")
struct NextTests {
    static let twice: Middleware = { _, next in
        try await next()
        try await next()
    }

    static let pass: Middleware = { _, next in try await next() }

    static func code(_ middleware: Middleware) async -> KoaError.Code? {
        let ctx = Context.sample()
        do {
            try await middleware(ctx, .nothing(ctx))
            return nil
        } catch {
            return (error as? KoaError)?.code
        }
    }

    static let nestings: [[Middleware]] = [
        [twice],
        [pass, twice],
        [twice, pass],
        [pass, twice, pass, pass],
        [compose([twice])],
        [compose([pass, compose([pass, twice]), pass])],
    ]

    @Test("a second call throws nextCalledTwice, wherever it stands", arguments: nestings.indices)
    func secondCall(_ index: Int) async {
        #expect(await Self.code(compose(Self.nestings[index])) == .nextCalledTwice)
    }

    @Test("what is downstream runs once only")
    func downstreamOnce() async throws {
        let calls = Recording<String>()
        let app = Application(silent: true)
        app.use(Self.twice)
        app.use { _ in calls.add("down") }
        let response = try await app.test.get("/")
        #expect(response.status == 500)
        #expect(calls.values == ["down"])
    }

    @Test("a second call of the next that follows a composed middleware throws too")
    func outerTwice() async throws {
        let calls = Recording<String>()
        let inner: Middleware = { ctx, next in
            try await compose([Self.pass])(ctx, next)
            try await compose([])(ctx, next)
        }
        let composed = compose([inner, { _, _ in calls.add("down") }])
        #expect(await Self.code(composed) == .nextCalledTwice)
        #expect(calls.values == ["down"])
    }

    @Test("a call after an error was caught from the first throws")
    func afterError() async throws {
        let retry: Middleware = { _, next in
            do { try await next() } catch { try await next() }
        }
        #expect(await Self.code(compose([retry, { _, _ in throw Boom() }])) == .nextCalledTwice)
    }

    @Test("the error can be caught upstream")
    func caught() async throws {
        let app = Application()
        app.use { ctx, next in
            do { try await next() } catch let error as KoaError where error.code == .nextCalledTwice {
                ctx.body = "caught"
            }
        }
        app.use(Self.twice)
        #expect(try await app.test.get("/").text == "caught")
    }

    @Test("the message is the reference's; debug builds say which middleware")
    func message() async throws {
        let ctx = Context.sample()
        let error = await #expect(throws: KoaError.self) {
            try await compose([Self.twice], fileID: "App/main.swift", line: 7)(ctx, .nothing(ctx))
        }
        let text = try #require(error).message
        #expect(text.hasPrefix("next() called multiple times"))
        #if DEBUG
            #expect(text.hasSuffix("App/main.swift:7"))
        #endif
    }

    @Test("the application answers 500 without showing the message, and tells its listeners")
    func answer() async throws {
        let app = Application()
        let codes = Recording<KoaError.Code?>()
        app.onError { error, _ in codes.add((error as? KoaError)?.code) }
        app.use(Self.twice)
        let response = try await app.test.get("/")
        #expect(response.status == 500)
        #expect(response.text == "Internal Server Error")
        #expect(codes.values == [.nextCalledTwice])
    }
}
