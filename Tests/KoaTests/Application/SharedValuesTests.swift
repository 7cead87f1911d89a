import KoaTesting
import Testing

@testable import Koa

private enum GreetingKey: StateKey { typealias Value = String }
private enum LimitKey: StateKey { typealias Value = Int }

extension ContextState {
    fileprivate var greeting: String? {
        get { self[GreetingKey.self] }
        set { self[GreetingKey.self] = newValue }
    }
}

@Suite("app.context: values of every context of an application")
struct SharedValuesTests {
    static func greeting(_ app: Application) async throws -> String {
        try await app.test.get("/").text
    }

    static func makeApp() -> Application {
        let app = Application()
        app.use { ctx in ctx.body = "\(ctx.state.greeting ?? "-") \(ctx.state["name"] as? String ?? "-")" }
        return app
    }

    @Test("typed and named values are found in each context's state")
    func merged() async throws {
        let app = Self.makeApp()
        app.context[GreetingKey.self] = "Hello"
        app.context["name"] = "World"
        #expect(try await Self.greeting(app) == "Hello World")
    }

    @Test("another application doesn't have them")
    func isolated() async throws {
        let (first, second) = (Self.makeApp(), Self.makeApp())
        first.context[GreetingKey.self] = "Hello"
        second.context["name"] = "Second"
        #expect(try await Self.greeting(first) == "Hello -")
        #expect(try await Self.greeting(second) == "- Second")
        #expect(second.context[GreetingKey.self] == nil)
    }

    @Test("a request's own value stands before the application's, in that request only")
    func overridden() async throws {
        let app = Application()
        app.context[GreetingKey.self] = "Hello"
        app.context["name"] = "World"
        app.use { ctx, next in
            if ctx.path == "/own" {
                ctx.state.greeting = "Servus"
                ctx.state["name"] = "Welt"
            }
            try await next()
        }
        app.use { ctx in ctx.body = "\(ctx.state.greeting ?? "-") \(ctx.state["name"] as? String ?? "-")" }
        #expect(try await app.test.get("/own").text == "Servus Welt")
        #expect(try await app.test.get("/").text == "Hello World")
        #expect(app.context[GreetingKey.self] == "Hello")
    }

    @Test("removing a request's own value shows the application's again")
    func removed() async throws {
        let app = Application()
        app.context["n"] = 1
        app.context[LimitKey.self] = 10
        let ctx = Context.sample(app)
        ctx.state["n"] = 2
        ctx.state[LimitKey.self] = 20
        #expect(ctx.state["n"] as? Int == 2)
        #expect(ctx.state[LimitKey.self] == 20)
        ctx.state["n"] = nil
        ctx.state[LimitKey.self] = nil
        #expect(ctx.state["n"] as? Int == 1)
        #expect(ctx.state[LimitKey.self] == 10)
    }

    @Test("may change while the application serves, and count from then on, also in a running request")
    func whileServing() async throws {
        let app = Application()
        app.context["name"] = "before"
        app.use { ctx in
            let before = ctx.state["name"] as? String ?? "-"
            ctx.app.context["name"] = "after"
            ctx.body = "\(before) \(ctx.state["name"] as? String ?? "-")"
        }
        let handler = app.callback()
        #expect(String(buffer: await handler(.init(method: .get, target: "/")).body) == "before after")
        #expect(String(buffer: await handler(.init(method: .get, target: "/")).body) == "after after")
        app.context["name"] = nil
        #expect(app.context["name"] == nil)
    }

    @Test("keys of different types don't meet, nor do a key and a name")
    func separate() {
        var values = SharedValues()
        values[GreetingKey.self] = "a"
        values["GreetingKey"] = "b"
        #expect(values[LimitKey.self] == nil)
        #expect(values[GreetingKey.self] == "a")
        #expect(values["GreetingKey"] as? String == "b")
        values[GreetingKey.self] = nil
        #expect(values[GreetingKey.self] == nil)
        #expect(values["GreetingKey"] as? String == "b")
    }
}
