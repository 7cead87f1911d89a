import KoaRouter
import KoaTesting
import Testing

@Suite("A router's prefix")
struct PrefixTests {
    private func router(prefix: String) -> Router {
        let router = Router(prefix: prefix)
        router.use(mark("all"))
        router.use("/users", mark("users"))
        router.get("/", answer("root"))
        router.get("/users/:id") { ctx in ctx.body = .text("\(ctx.params)") }
        return router
    }

    @Test("stands before the paths of routes and middleware")
    func paths() async throws {
        let client = router(prefix: "/api").client
        #expect(try await client.get("/api/users/3").text == "id: 3")
        #expect(try await client.get("/api/users/3").order == ["all", "users"])
        #expect(try await client.get("/users/3").status == .notFound)
        #expect(try await client.get("/apix/users/3").status == .notFound)
    }

    @Test("with / is the prefix alone, with a slash behind it or not", arguments: ["/api", "/api/"])
    func root(target: String) async throws {
        let client = router(prefix: "/api").client
        #expect(try await client.get(target).order == ["all", "root"])
        #expect(try await client.get("/").status == .notFound)
    }

    @Test("with / keeps the slash where slashes count")
    func strictRoot() async throws {
        let router = Router(prefix: "/api", strict: true)
        router.get("/", answer("root"))
        #expect(try await router.client.get("/api/").text == "root")
        #expect(try await router.client.get("/api").status == .notFound)
    }

    @Test("may have parameters, which routes, middleware and their handlers see")
    func parameters() async throws {
        let router = Router(prefix: "/:category/:color")
        router.use { ctx, next in
            ctx.append("X-Order", ctx.params["category"] ?? "none")
            try await next()
        }
        router.use("/sub") { ctx, next in
            ctx.append("X-Order", ctx.params["color"] ?? "none")
            try await next()
        }
        router.param("color") { value, ctx, next in
            ctx.append("X-Order", "param \(value)")
            try await next()
        }
        router.get("/sub/:id") { ctx in ctx.body = .text("\(ctx.params["id"] ?? "") \(ctx.matchedRoute ?? "")") }
        let response = try await router.client.get("/cars/red/sub/3")
        #expect(response.text == "3 /:category/:color/sub/:id")
        #expect(response.order == ["param red", "cars", "red"])
    }

    @Test(
        "runs middleware under every kind of prefix",
        arguments: ["/static", "/:id", "/a/:b/c", "/v:version", "/*all/x", "{/:optional}/x"])
    func everyKind(prefix: String) async throws {
        let router = Router(prefix: prefix)
        router.use(mark("auth"))
        router.use("/in", mark("in"))
        router.get("/in/side", answer("side"))
        let path = try #require([
            "/static": "/static", "/:id": "/3", "/a/:b/c": "/a/b/c", "/v:version": "/v2", "/*all/x": "/p/q/x",
            "{/:optional}/x": "/x",
        ][prefix])
        #expect(try await router.client.get("\(path)/in/side").order == ["auth", "in", "side"])
    }

    @Test("prefix() moves the routes that there are, and those to come")
    func later() async throws {
        let router = Router()
        router.get("/a", name: "a", answer("a"))
        #expect(try router.url("a") == "/a")
        router.prefix("/api")
        router.get("/b", answer("b"))
        #expect(router.prefix == "/api")
        #expect(try router.url("a") == "/api/a")
        #expect(try await router.client.get("/api/a").text == "a")
        #expect(try await router.client.get("/api/b").text == "b")
        #expect(try await router.client.get("/a").status == .notFound)
    }

    @Test("prefix() replaces the one before")
    func replaced() async throws {
        let router = Router(prefix: "/v1")
        router.get("/", answer("root")).get("/x", answer("x"))
        router.prefix("/v2").prefix("/v3")
        #expect(try await router.client.get("/v3/x").text == "x")
        #expect(try await router.client.get("/v3").text == "root")
        #expect(try await router.client.get("/v2/v3/x").status == .notFound)
        router.prefix = ""
        #expect(try await router.client.get("/x").text == "x")
        #expect(try await router.client.get("/").text == "root")
    }

    @Test("prefix() takes one slash off the end", arguments: [("/api/", "/api"), ("/api", "/api"), ("/", ""), ("", "")])
    func slash(given: String, prefix: String) {
        #expect(Router().prefix(given).prefix == prefix)
    }

    @Test("of the constructor stays as it is")
    func constructor() async throws {
        let router = Router(prefix: "/api/")
        router.get("/x", answer("x"))
        #expect(router.prefix == "/api/")
        #expect(try await router.client.get("/api//x").text == "x")
        #expect(try await router.client.get("/api/x").status == .notFound)
    }

    @Test("middleware of an empty path run for everything below it")
    func emptyPath() async throws {
        let router = Router(prefix: "/api")
        router.use("", mark("empty"))
        router.get("/", answer("root")).get("/x/y", answer("x"))
        #expect(try await router.client.get("/api").order == ["empty", "root"])
        #expect(try await router.client.get("/api/x/y").order == ["empty", "x"])
    }

    @Test("middleware of / run for the prefix alone")
    func rootMiddleware() async throws {
        let router = Router(prefix: "/api")
        router.use("/", mark("root middleware"))
        router.get("/", answer("root")).get("/x", answer("x"))
        #expect(try await router.client.get("/api").order == ["root middleware", "root"])
        #expect(try await router.client.get("/api/").order == ["root middleware", "root"])
        #expect(try await router.client.get("/api/x").order == ["x"])
    }
}
