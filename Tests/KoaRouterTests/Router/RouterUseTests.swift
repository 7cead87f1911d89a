import KoaRouter
import KoaTesting
import Testing

@Suite("router.use")
struct RouterUseTests {
    @Test("without a path runs before all routes that come after it, in the order of the calls")
    func withoutPath() async throws {
        let router = Router()
        router.get("/early", answer("early"))
        router.use(mark("a"), mark("b"))
        router.use(mark("c"))
        router.get("/x", answer("x"))
        #expect(try await router.client.get("/x").order == ["a", "b", "c", "x"])
        #expect(try await router.client.get("/early").order == ["early"])
    }

    @Test("takes a closure, a function or a value")
    func forms() async throws {
        struct Stamp: MiddlewareProtocol {
            var middleware: Middleware { mark("value") }
        }
        let router = Router()
        router.use { ctx, next in
            ctx.append("X-Order", "closure")
            try await next()
        }
        router.use("/x") { ctx, next in
            ctx.append("X-Order", "closure at a path")
            try await next()
        }
        router.use(mark("made")).use(Stamp()).use("/x", Stamp(), Stamp())
        router.get("/x", answer("x"))
        #expect(
            try await router.client.get("/x").order
                == ["closure", "closure at a path", "made", "value", "value", "value", "x"])
    }

    @Test(
        "with a path runs for what is below it, up to a slash or the end",
        arguments: [
            ("/users", true), ("/users/", true), ("/users/1", true), ("/users/1/posts", true), ("/USERS/1", true),
            ("/usersx", false), ("/user", false), ("/x/users", false), ("/users%2F1", false),
        ])
    func path(target: String, isRun: Bool) async throws {
        let router = Router()
        router.use("/users", mark("users"))
        router.all("/*any", answer("any"))
        #expect(try await router.client.get(target).order == (isRun ? ["users", "any"] : ["any"]))
    }

    @Test("of / runs for that path alone", arguments: [("/", true), ("/x", false), ("//", false)])
    func root(target: String, isRun: Bool) async throws {
        let router = Router()
        router.use("/", mark("root"))
        router.all("{/*any}", answer("any"))
        #expect(try await router.client.get(target).order == (isRun ? ["root", "any"] : ["any"]))
    }

    @Test("of an empty path runs for every path")
    func empty() async throws {
        let router = Router()
        router.use("", mark("empty"))
        router.get("/", answer("root")).get("/x/y", answer("x"))
        #expect(try await router.client.get("/").order == ["empty", "root"])
        #expect(try await router.client.get("/x/y").order == ["empty", "x"])
    }

    @Test("of several paths runs for each of them, once for each that matches")
    func paths() async throws {
        let router = Router()
        router.use(["/a", "/b", "/a/x"], mark("use"))
        router.get("/a/x", answer("ax")).get("/b", answer("b")).get("/c", answer("c"))
        #expect(try await router.client.get("/a/x").order == ["use", "use", "ax"])
        #expect(try await router.client.get("/b").order == ["use", "b"])
        #expect(try await router.client.get("/c").order == ["c"])
    }

    @Test("a root among several paths matches the root alone")
    func rootAmongPaths() async throws {
        let router = Router()
        router.use(["/", "/foo"], mark("use"))
        router.get("/", answer("root")).get("/foo/x", answer("foo")).get("/bar", answer("bar"))
        #expect(try await router.client.get("/").order == ["use", "root"])
        #expect(try await router.client.get("/foo/x").order == ["use", "foo"])
        #expect(try await router.client.get("/bar").order == ["bar"])
    }

    @Test("the parameters of its path are there, and stay for the routes behind it")
    func parameters() async throws {
        let router = Router()
        router.use("/:team") { ctx, next in
            ctx.append("X-Order", ctx.params["team"] ?? "none")
            try await next()
        }
        router.get("/:team/players/:player") { ctx in ctx.body = .text("\(ctx.params)") }
        router.get("/*any") { ctx in ctx.body = .text("\(ctx.params)") }
        let response = try await router.client.get("/red/players/7")
        #expect(response.order == ["red"])
        #expect(response.text == "team: red, player: 7")
        #expect(try await router.client.get("/blue").text == "team: blue, any: blue")
    }

    @Test("without a path has no parameters of its own")
    func noParameters() async throws {
        let router = Router(prefix: "/prefix")
        router.use { ctx, next in
            ctx.append("X-Order", "\(ctx.params.names) \(ctx.captures)")
            try await next()
        }
        router.get("/:id") { ctx in ctx.body = .text("\(ctx.params)") }
        let response = try await router.client.get("/prefix/3")
        #expect(response.order == ["[] []"])
        #expect(response.text == "id: 3")
    }

    @Test("the expression of a path takes several middleware")
    func expression() async throws {
        let router = Router()
        router.use(/^\/(foo|bar)/, mark("a"), mark("b"))
        router.get("/foo", answer("foo")).get("/bar/x", answer("bar")).get("/baz", answer("baz"))
        #expect(try await router.client.get("/foo").order == ["a", "b", "foo"])
        #expect(try await router.client.get("/bar/x").order == ["a", "b", "bar"])
        #expect(try await router.client.get("/baz").order == ["baz"])
    }

    @Test("middleware may answer, and then no route runs")
    func answering() async throws {
        let router = Router()
        router.use("/x") { ctx, _ in ctx.body = "closed" }
        router.get("/x", answer("open"))
        let response = try await router.client.get("/x")
        #expect(response.text == "closed")
        #expect(response.order.isEmpty)
    }
}

@Suite("A router's middleware run only when a route matched")
struct RouterMiddlewareTests {
    private func router() -> Router {
        let router = Router(prefix: "/api")
        router.use(mark("all"))
        router.use("/users", mark("users"))
        router.get("/users/:id", answer("user"))
        return router
    }

    @Test(
        "not for a path that no route has, and not for a method that none takes",
        arguments: [("GET", "/api/posts"), ("GET", "/api/users"), ("POST", "/api/users/1"), ("GET", "/"), ("OPTIONS", "/api/users/1")])
    func unmatched(method: String, target: String) async throws {
        let response = try await router().client.request(.init(method)!, target)
        #expect(response.status == .notFound)
        #expect(response.order.isEmpty)
    }

    @Test("for a request that a route answers")
    func matched() async throws {
        #expect(try await router().client.get("/api/users/1").order == ["all", "users", "user"])
    }

    @Test("not behind an answer of allowedMethods")
    func allowedMethods() async throws {
        let response = try await router().application(allowedMethods: true).test.post("/api/users/1")
        #expect(response.status == .methodNotAllowed)
        #expect(response.order.isEmpty)
    }

    @Test("not for the routes of another router of the application")
    func otherRouter() async throws {
        let other = Router(prefix: "/api")
        other.get("/posts", answer("posts"))
        let app = router().application()
        app.use(other.routes())
        #expect(try await app.test.get("/api/posts").order == ["posts"])
    }

    @Test("a middleware of a path that is not the route's doesn't run")
    func unrelated() async throws {
        let router = Router()
        router.use("/a", mark("a"))
        let nested = Router()
        nested.use(mark("nested"))
        nested.get("/x", answer("nested x"))
        router.use("/nested", nested.routes())
        router.get("/b", answer("b"))
        #expect(try await router.client.get("/b").order == ["b"])
        #expect(try await router.client.get("/nested/x").order == ["nested", "nested x"])
    }
}
