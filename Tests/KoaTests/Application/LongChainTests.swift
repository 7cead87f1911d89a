import KoaTesting
import Testing

@testable import Koa

@Suite("Long chains")
struct LongChainTests {
    @Test("10,000 middleware run, in and out", arguments: [false, true])
    func long(throughCompose: Bool) async throws {
        let app = Application()
        let one: Middleware = { ctx, next in
            ctx.state["depth"] = (ctx.state["depth"] as? Int ?? 0) + 1
            try await next()
            ctx.state["out"] = (ctx.state["out"] as? Int ?? 0) + 1
        }
        app.use { ctx, next in
            try await next()
            ctx.set("X-Out", ctx.state["out"] as? Int ?? -1)
        }
        if throughCompose {
            app.use(compose(Array(repeating: one, count: 10_000)))
        } else {
            for _ in 0..<10_000 { app.use(one) }
        }
        app.use { ctx in ctx.body = "\(ctx.state["depth"] as? Int ?? -1)" }
        let response = try await app.test.get("/")
        #expect(response.text == "10000")
        #expect(response.get("X-Out") == "10000")
    }

    @Test("an error comes up through 10,000 middleware")
    func error() async throws {
        let app = Application(silent: true)
        for _ in 0..<10_000 { app.use { _, next in try await next() } }
        app.use { _ in throw HTTPError(.conflict) }
        #expect(try await app.test.get("/").status == 409)
    }

    @Test("1,000 levels of nesting run")
    func nested() async throws {
        var whole: Middleware = { ctx, _ in ctx.body = "deep" }
        for _ in 0..<1_000 { whole = compose([whole]) }
        #expect(try await Application().use(whole).test.get("/").text == "deep")
    }
}
