import KoaRouter
import KoaTesting
import Testing

@Suite("Several routers of one application")
struct SeveralRoutersTests {
    @Test("share the context: what one does the next one sees")
    func context() async throws {
        let (first, second) = (Router(), Router())
        first.get("/") { ctx, next in
            ctx.state["user"] = "ada"
            try await next()
        }
        second.get("/") { ctx in ctx.body = .text(ctx.state["user"] as? String ?? "nobody") }
        let app = Application(silent: true)
        app.use(first.routes(), second.routes())
        #expect(try await app.test.get("/").text == "ada")
    }

    @Test("are asked in their order, each when the one before passes on")
    func order() async throws {
        let (first, second) = (Router(), Router())
        first.get("/both", mark("first")).get("/first", answer("first"))
        second.get("/both", answer("second")).get("/first", answer("never"))
        let app = Application(silent: true)
        app.use(first.routes(), second.routes())
        #expect(try await app.test.get("/both").order == ["first", "second"])
        #expect(try await app.test.get("/first").order == ["first"])
    }

    @Test("one router that is used twice runs twice, with its parameters each time")
    func twice() async throws {
        let router = Router()
        router.param("id") { value, ctx, next in
            ctx.append("X-Order", "param \(value)")
            try await next()
        }
        router.use(mark("use"))
        router.get("/:id") { ctx, next in
            ctx.append("X-Order", ctx.params["id"] ?? "none")
            try await next()
        }
        let app = Application(silent: true)
        app.use(router.routes(), router.middleware())
        app.use { ctx in ctx.body = "\(ctx.matched?.count ?? 0)" }
        let response = try await app.test.get("/3")
        #expect(response.order == ["use", "param 3", "3", "use", "3"])
        #expect(response.text == "4")
    }

    @Test("one router used again for another path of the same request sees that path")
    func twicePaths() async throws {
        let router = Router()
        router.get("/:id") { ctx, next in
            ctx.append("X-Order", ctx.params["id"] ?? "none")
            ctx.newRouterPath = "/second"
            try await next()
            ctx.append("X-Order", "after \(ctx.params["id"] ?? "none")")
        }
        let app = Application(silent: true)
        app.use(router.routes(), router.routes())
        #expect(try await app.test.get("/first").order == ["first", "second", "after second", "after second"])
    }

    @Test("one router that a handler of its own runs again for another path goes on with its own path's parameters")
    func forwarded() async throws {
        let router = Router()
        router.get("/a/:x") { ctx, next in
            ctx.append("X-Order", "a \(ctx.params["x"] ?? "nil") \(ctx.captures)")
            ctx.newRouterPath = "/b/2/3"
            try await ctx.require(ctx.router).routes().middleware(ctx, next)
            try await next()
        }
        router.get("/b/:y/:z") { ctx, _ in ctx.append("X-Order", "b \(ctx.params) \(ctx.captures)") }
        router.get("/a/:w") { ctx, _ in ctx.append("X-Order", "last \(ctx.params["w"] ?? "nil") \(ctx.captures)") }
        #expect(
            try await router.client.get("/a/1").order == [
                #"a 1 [Optional("1")]"#, #"b x: 1, y: 2, z: 3 [Optional("2"), Optional("3")]"#,
                #"last 1 [Optional("1")]"#,
            ])
    }

    @Test("middleware() is the same as routes()")
    func middleware() async throws {
        let router = Router()
        router.get("/x", answer("x"))
        #expect(router.routes().router === router)
        let app = Application(silent: true)
        app.use(router.middleware())
        #expect(try await app.test.get("/x").text == "x")
    }

    @Test("serve several applications")
    func applications() async throws {
        let router = Router()
        router.get("/x") { ctx in ctx.body = .text(ctx.app.env) }
        for env in ["one", "two"] {
            let app = Application(env: env, silent: true)
            app.use(router.routes())
            #expect(try await app.test.get("/x").text == env)
        }
    }

    @Test("may be composed and called by hand")
    func composed() async throws {
        let router = Router()
        router.get("/x", answer("x"))
        let app = Application(silent: true)
        app.use(compose(mark("before"), router.routes().middleware))
        #expect(try await app.test.get("/x").order == ["before", "x"])
    }

    @Test("a router without routes passes everything on")
    func none() async throws {
        let router = Router()
        router.use(mark("use"))
        let app = router.application(allowedMethods: true)
        app.use(answer("behind"))
        #expect(try await app.test.get("/x").order == ["behind"])
    }

    @Test("a route that was found isn't asked again when an error ends it")
    func thrown() async throws {
        let (first, second) = (Router(), Router())
        first.get("/x") { ctx in try ctx.throw(.forbidden) }
        second.get("/x", answer("second"))
        let app = Application(silent: true)
        app.use(first.routes(), second.routes())
        #expect(try await app.test.get("/x").status == .forbidden)
    }
}
