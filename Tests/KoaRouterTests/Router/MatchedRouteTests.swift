import KoaRouter
import KoaTesting
import Testing

@Suite("ctx.matchedRoute and ctx.matchedRouteName")
struct MatchedRouteTests {
    @Test("are the pattern with its prefixes, and the name")
    func route() async throws {
        let inner = Router(prefix: "/posts")
        inner.get("/:post", name: "post") { ctx in
            ctx.body = .text("\(ctx.matchedRoute ?? "nil") \(ctx.matchedRouteName ?? "nil")")
        }
        let outer = Router(prefix: "/users")
        outer.use("/:user", inner.routes())
        #expect(try await outer.client.get("/users/1/posts/2").text == "/users/:user/posts/:post post")
    }

    @Test("are nil where no route matched, also behind the router")
    func none() async throws {
        let router = Router()
        router.get("/x", name: "x", answer("x"))
        let app = Application(silent: true)
        app.use { ctx, next in
            #expect(ctx.matchedRoute == nil && ctx.matched == nil && ctx.router == nil)
            try await next()
            ctx.body = .text("\(ctx.matchedRoute ?? "nil") \(ctx.matchedRouteName ?? "nil")")
        }
        app.use(router.routes())
        #expect(try await app.test.get("/y").text == "nil nil")
        #expect(try await app.test.post("/x").text == "nil nil")
        #expect(try await app.test.get("/x").text == "/x x")
    }

    @Test("the name is nil for a route without one, and that of the route before it where it passes on")
    func unnamed() async throws {
        let router = Router()
        router.get("/a", { ctx, _ in ctx.body = .text(ctx.matchedRouteName ?? "nil") })
        router.get("/b", name: "named", mark("b"))
        router.get("/b", { ctx, _ in ctx.body = .text(ctx.matchedRouteName ?? "nil") })
        #expect(try await router.client.get("/a").text == "nil")
        #expect(try await router.client.get("/b").text == "named")
    }

    @Test("before a route runs they are those of the last route that matches; then of the one that runs")
    func expected() async throws {
        let router = Router()
        let note: Middleware = { ctx, next in
            ctx.append("X-Order", ctx.matchedRoute ?? "nil")
            try await next()
        }
        router.use(note)
        router.use("/users", note)
        router.get("/users/all", name: "all", note)
        router.get("/users/:id", name: "user", note)
        let app = router.application()
        app.use(note)
        #expect(
            try await app.test.get("/users/all").order
                == ["/users/:id", "/users/:id", "/users/all", "/users/:id", "/users/:id"])
    }

    @Test("a nested router's middleware see the route's name")
    func nestedName() async throws {
        let inner = Router()
        inner.use { ctx, next in
            try await next()
            ctx.set("X-Name", ctx.matchedRouteName ?? "nil")
        }
        inner.get("/x", name: "inner", answer("x"))
        let outer = Router()
        outer.get("/", name: "outer", answer("outer"))
        outer.use("/inner", inner.routes())
        #expect(try await outer.client.get("/inner/x").get("X-Name") == "inner")
    }

    @Test("the route is nil for a regular expression")
    func expression() async throws {
        let router = Router()
        router.get(/^\/x/) { ctx in ctx.body = .text("\(ctx.matchedRoute ?? "nil") \(ctx.routerPath ?? "nil")") }
        #expect(try await router.client.get("/x").text == "nil nil")
    }

    @Test("what they say stays when the router has answered, for logs and metrics")
    func afterwards() async throws {
        let router = Router()
        router.get("/users/:id", name: "user") { ctx in try ctx.throw(.gone) }
        let seen = Recording<String>()
        let app = Application(silent: true)
        app.use { ctx, next in
            do { try await next() } catch {
                seen.add("\(ctx.matchedRoute ?? "nil") \(ctx.matchedRouteName ?? "nil")")
                throw error
            }
        }
        app.use(router.routes())
        #expect(try await app.test.get("/users/3").status == .gone)
        #expect(seen.values == ["/users/:id user"])
    }
}

@Suite("ctx.matched")
struct MatchedTests {
    @Test("is what matches the path, whatever the method, middleware among it, in its order")
    func layers() async throws {
        let router = Router(prefix: "/p")
        router.use(mark("use"))
        router.get("/x", name: "get") { ctx in
            let matched = ctx.matched ?? []
            ctx.body = .text(
                matched.map { "\($0.path ?? "nil") \($0.name ?? "nil") \($0.methods.joined(separator: "+"))" }
                    .joined(separator: "; "))
        }
        router.post("/x", name: "post", answer("post"))
        router.get("/y", answer("y"))
        router.get(/x$/, answer("expression"))
        #expect(
            try await router.client.get("/p/x").text == "/p nil ; /p/x get HEAD+GET; /p/x post POST; nil nil HEAD+GET")
    }

    @Test("is empty where nothing matches, and grows with each router that is asked")
    func routers() async throws {
        let (first, second) = (Router(), Router())
        first.get("/x", answer("x"))
        second.get("/x", answer("x")).get("/:any", answer("any"))
        let app = Application(silent: true)
        let counts = Recording<Int?>()
        let count: Middleware = { ctx, next in
            counts.add(ctx.matched?.count)
            try await next()
        }
        app.use(count)
        app.use(first.routes())
        app.use(count)
        app.use(second.routes())
        app.use(count)
        _ = try await app.test.post("/y")
        _ = try await app.test.post("/x")
        #expect(counts.values == [nil, 0, 1, nil, 1, 3])
    }
}

@Suite("ctx.routerPath, ctx.routerName and ctx.captures")
struct RunningLayerTests {
    @Test("are those of the layer that runs, middleware of a path among them")
    func layer() async throws {
        let router = Router()
        let note: Middleware = { ctx, next in
            ctx.append("X-Order", "\(ctx.routerPath ?? "nil") \(ctx.routerName ?? "nil") \(ctx.captures)")
            try await next()
        }
        router.use(note)
        router.use("/:any", note)
        router.get("/users{/:id}", name: "user", note)
        router.get("/users/3", note)
        #expect(
            try await router.client.get("/users/3").order == [
                "nil nil []", #"/:any nil [Optional("users")]"#, #"/users{/:id} user [Optional("3")]"#,
                "/users/3 nil []",
            ])
        #expect(try await router.client.get("/users").order.last == "/users{/:id} user [nil]")
    }

    @Test("captures aren't percent-decoded")
    func captures() async throws {
        let router = Router()
        router.get("/:a/*b") { ctx in ctx.body = .text(ctx.captures.map { $0 ?? "nil" }.joined(separator: " ")) }
        #expect(try await router.client.get("/a%20b/c/%E4").text == "a%20b c/%E4")
    }
}

@Suite("ctx.router")
struct ContextRouterTests {
    @Test("is the router that was asked last")
    func last() async throws {
        let (first, second) = (Router(), Router(prefix: "/p"))
        second.get("/x/:id", name: "x") { ctx in ctx.body = .text(try ctx.require(ctx.router).url("x", 3)) }
        let app = Application(silent: true)
        app.use(first.routes(), second.routes())
        app.use { ctx in ctx.body = .text("\(ctx.router === second)") }
        #expect(try await app.test.get("/p/x/1").text == "/p/x/3")
        #expect(try await app.test.get("/y").text == "true")
    }

    @Test("of nested routers is the outermost, whose URLs have all prefixes")
    func nested() async throws {
        let inner = Router()
        inner.get("/x", name: "x") { ctx in ctx.body = .text(try ctx.require(ctx.router).url("x")) }
        let outer = Router(prefix: "/outer")
        outer.use("/inner", inner.routes())
        #expect(try await outer.client.get("/outer/inner/x").text == "/outer/inner/x")
    }

    @Test("doesn't keep a router alive", .timeLimit(.minutes(1)))
    func released() async throws {
        weak var weakRouter: Router?
        do {
            let router = Router()
            weakRouter = router
            router.get("/x", name: "x") { ctx in ctx.body = .text(try ctx.require(ctx.router).url("x")) }
            #expect(try await router.client.get("/x").text == "/x")
        }
        // The thread that ran the request may still be letting go of it.
        while weakRouter != nil { await Task.yield() }
    }
}
