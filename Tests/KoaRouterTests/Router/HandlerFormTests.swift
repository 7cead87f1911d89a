import KoaRouter
import KoaTesting
import Testing

private func show(_ ctx: Context) async throws { ctx.body = "a function" }

private func plain(_ ctx: Context) { ctx.body = "a function that isn't async" }

private func last(_ ctx: Context, _ next: Next) async throws { ctx.body = "a function with next" }

private func auth(_ ctx: Context, _ next: Next) async throws {
    ctx.append("X-Order", "auth")
    try await next()
}

private struct Controller: Sendable {
    let name: String

    func show(_ ctx: Context) async throws { ctx.body = .text(name) }
    func pass(_ ctx: Context, _ next: Next) async throws {
        ctx.append("X-Order", name)
        try await next()
    }
    static func list(_ ctx: Context) async throws { ctx.body = "a static method" }
}

@Suite("What a route's handler may be")
struct HandlerFormTests {
    @Test("a closure with or without next, behind middleware or not")
    func closures() async throws {
        let router = Router()
        router.get("/1") { ctx in ctx.body = "1" }
        router.get("/2") { ctx, next in
            ctx.body = "2"
            try await next()
        }
        router.get("/3", auth) { ctx in ctx.body = "3" }
        router.get("/4", auth) { ctx, next in ctx.body = "4" }
        router.get("/5", name: "five", auth, mark("more")) { ctx in ctx.body = "5" }
        router.get("/6", { ctx, next in try await next() }, { ctx, _ in ctx.body = "6" })
        router.get("/7/:id", where: ["id": .int], auth) { ctx in ctx.body = "7" }
        router.get("/8") { _ in }
        router.get("/9") {
            $0.status = .accepted
            $0.body = "9"
        }
        let client = router.client
        for path in ["1", "2", "3", "4", "5", "6", "9"] { #expect(try await client.get("/" + path).text == path) }
        #expect(try await client.get("/7/3").text == "7")
        #expect(try await client.get("/5").order == ["auth", "more"])
        #expect(try await client.get("/8").status == .notFound)
    }

    @Test("a function or a method, by its name")
    func functions() async throws {
        let router = Router()
        router.get("/show", show).get("/plain", plain).get("/last", last)
        router.get("/method", Controller(name: "a method").show).get("/static", Controller.list)
        router.get("/behind", auth, handler: show)
        router.get("/pass", Controller(name: "first").pass, Controller(name: "second").pass, last)
        let client = router.client
        #expect(try await client.get("/show").text == "a function")
        #expect(try await client.get("/plain").text == "a function that isn't async")
        #expect(try await client.get("/last").text == "a function with next")
        #expect(try await client.get("/method").text == "a method")
        #expect(try await client.get("/static").text == "a static method")
        #expect(try await client.get("/behind").order == ["auth"])
        #expect(try await client.get("/pass").order == ["first", "second"])
    }

    @Test("stored in a constant of either type")
    func stored() async throws {
        let middleware: Middleware = { ctx, _ in ctx.body = "middleware" }
        let handler: Handler = { ctx in ctx.body = "handler" }
        let router = Router()
        router.get("/m", middleware).get("/h", handler).get("/mh", mark("x"), handler: handler)
        #expect(try await router.client.get("/m").text == "middleware")
        #expect(try await router.client.get("/h").text == "handler")
        #expect(try await router.client.get("/mh").text == "handler")
    }

    @Test("several run in their order, each when the one before calls next, and back out in reverse")
    func onion() async throws {
        let router = Router()
        let calls = Recording<Int>()
        router.get(
            "/x",
            { _, next in
                calls.add(1)
                try await next()
                calls.add(6)
            },
            { _, next in
                calls.add(2)
                try await next()
                calls.add(5)
            },
            { _, next in
                calls.add(3)
                try await next()
                calls.add(4)
            })
        #expect(try await router.client.get("/x").status == .notFound)
        #expect(calls.values == [1, 2, 3, 4, 5, 6])
    }

    @Test("without next what follows doesn't run, be it of the route, of the router or of the application")
    func stops() async throws {
        let router = Router()
        router.get("/x", { ctx, _ in ctx.body = "first" }, { ctx, _ in ctx.append("X-Order", "second") })
        router.get("/x", answer("another route"))
        let app = router.application()
        app.use(mark("behind"))
        let response = try await app.test.get("/x")
        #expect(response.text == "first")
        #expect(response.order.isEmpty)
    }

    @Test("the last one's next leads on to what follows the router")
    func leadsOn() async throws {
        let router = Router()
        router.get("/x", mark("first"), mark("last"))
        let app = router.application()
        app.use(answer("behind"))
        #expect(try await app.test.get("/x").order == ["first", "last", "behind"])
    }

    @Test("next called twice is refused")
    func nextTwice() async throws {
        let router = Router()
        router.get("/x", mark("a")) { ctx, next in
            try await next()
            await #expect(throws: KoaError.self) { try await next() }
            ctx.body = "done"
        }
        let app = router.application()
        app.use(mark("behind"))
        #expect(try await app.test.get("/x").order == ["a", "behind"])
    }

    @Test("an error of one is the application's to answer, and nothing behind it runs")
    func throwing() async throws {
        let router = Router()
        router.get("/x") { ctx, _ in try ctx.throw(.conflict, "taken") }
        router.get("/x", answer("never"))
        let app = router.application()
        app.use(answer("behind"))
        let response = try await app.test.get("/x")
        #expect(response.status == .conflict)
        #expect(response.text == "taken")
    }
}

@Suite("router.get(_:returning:)")
struct ReturningTests {
    private struct User: Codable, Equatable, Sendable {
        var id: Int
        var name: String
    }

    @Test("sends the value as JSON")
    func json() async throws {
        let router = Router()
        router.get("/user/:id", returning: { ctx in User(id: try ctx.params.require("id", as: Int.self), name: "Ada") })
        router.get("/list", returning: { _ in [1, 2, 3] })
        router.get("/dictionary", returning: { _ in ["ok": true] })
        let user = try await router.client.get("/user/3")
        #expect(user.type == "application/json")
        #expect(try user.decode(User.self) == User(id: 3, name: "Ada"))
        #expect(try await router.client.get("/list").text == "[1,2,3]")
        #expect(try await router.client.get("/dictionary").text == #"{"ok":true}"#)
    }

    @Test("keeps the status that was set, and runs behind middleware")
    func status() async throws {
        let router = Router()
        router.post(
            "/users", mark("auth"),
            returning: { ctx in
                ctx.status = .created
                return User(id: 1, name: "Grace")
            })
        let response = try await router.client.post("/users")
        #expect(response.status == .created)
        #expect(response.order == ["auth"])
    }

    @Test("an error is an error")
    func error() async throws {
        let router = Router()
        router.get("/user/:id", returning: { ctx in try ctx.params.require("id", as: Int.self) })
        #expect(try await router.client.get("/user/x").status == .notFound)
    }
}
