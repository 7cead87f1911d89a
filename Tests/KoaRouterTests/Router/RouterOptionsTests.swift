import KoaRouter
import KoaTesting
import Testing

@Suite("A router's host")
struct HostTests {
    private func client(_ rule: HostRule) -> TestClient {
        let router = Router(host: rule)
        router.use(mark("middleware"))
        router.get("/", answer("api"))
        let app = router.application()
        app.use { ctx in
            if ctx.body == nil { ctx.body = "other" }
        }
        return app.test
    }

    @Test(
        "is one host, with its port",
        arguments: [
            ("api.example.com", "api"), ("www.example.com", "other"), ("api.example.com:8080", "other"),
            ("xapi.example.com", "other"), ("API.example.com", "other"),
        ])
    func one(host: String, answer: String) async throws {
        let response = try await client("api.example.com").get("/", headers: ["Host": host])
        #expect(response.text == answer)
        #expect(response.order.isEmpty == (answer == "other"))
    }

    @Test(
        "is one of several",
        arguments: [("a.example.com", "api"), ("b.example.com:8080", "api"), ("b.example.com", "other")])
    func several(host: String, answer: String) async throws {
        let client = client(["a.example.com", "b.example.com:8080"])
        #expect(try await client.get("/", headers: ["Host": host]).text == answer)
    }

    @Test(
        "is what an expression finds",
        arguments: [
            ("x.example.com", "api"), ("y.x.example.com:80", "api"), ("example.com", "other"), ("example.org", "other"),
        ])
    func expression(host: String, answer: String) async throws {
        let client = client(.matching(/.+\.example\.com/))
        #expect(try await client.get("/", headers: ["Host": host]).text == answer)
    }

    @Test("an expression isn't asked about names that are longer than names can be")
    func long() async throws {
        let client = client(.matching(/.+/))
        // A name has 253 bytes at most (RFC 1035 2.3.4); a colon and the port come behind it.
        let name = String(repeating: "a", count: 253)
        #expect(try await client.get("/", headers: ["Host": name + ":65535"]).text == "api")
        #expect(try await client.get("/", headers: ["Host": name + "a:65535"]).text == "other")
    }

    @Test("is none of an empty list")
    func none() async throws {
        #expect(try await client([]).get("/", headers: ["Host": "example.com"]).text == "other")
        #expect(try await client(.any(of: [])).get("/").text == "other")
    }

    @Test("never takes a request without a host")
    func missing() async throws {
        #expect(try await client(.matching(/.*/)).get("/", headers: ["Host": ""]).text == "other")
        #expect(try await client("").get("/", headers: ["Host": ""]).text == "other")
    }

    @Test("without one every host is taken, also none")
    func all() async throws {
        let router = Router()
        router.get("/", answer("all"))
        #expect(try await router.client.get("/", headers: ["Host": ""]).text == "all")
        #expect(try await router.client.get("/", headers: ["Host": "anything"]).text == "all")
    }

    @Test("keeps the router from answering for methods of another router's paths")
    func allowedMethods() async throws {
        let api = Router(host: "api.example.com", allowedMethods: true)
        api.get("/x", answer("api"))
        let pages = Router()
        pages.get("/x", answer("pages"))
        let app = Application(silent: true)
        app.use(api.routes(), pages.routes())
        #expect(try await app.test.post("/x", headers: ["Host": "api.example.com"]).status == .methodNotAllowed)
        #expect(try await app.test.post("/x", headers: ["Host": "example.com"]).status == .notFound)
    }
}

@Suite("A router's exclusive")
struct ExclusiveTests {
    private func router(exclusive: Bool) -> Router {
        let router = Router(exclusive: exclusive)
        router.use(mark("use"))
        router.get("/users/all", mark("all"))
        router.get("/users/:id", mark("id"), mark("more"))
        return router
    }

    @Test("runs the last match alone, without the middleware")
    func last() async throws {
        #expect(try await router(exclusive: true).client.get("/users/all").order == ["id", "more"])
        #expect(try await router(exclusive: false).client.get("/users/all").order == ["use", "all", "id", "more"])
    }

    @Test("the one match runs as ever")
    func one() async throws {
        #expect(try await router(exclusive: true).client.get("/users/3").order == ["id", "more"])
    }

    @Test("the parameters are those of the last match alone")
    func parameters() async throws {
        let router = Router(exclusive: true)
        router.get("/:first", mark("first"))
        router.get("/:second") { ctx in ctx.body = .text("\(ctx.params) \(ctx.matched?.count ?? 0)") }
        #expect(try await router.client.get("/x").text == "second: x 2")
    }
}

@Suite("A router's strict")
struct StrictTests {
    @Test(
        "false: one slash at the end doesn't count",
        arguments: [
            ("/info", true), ("/info/", true), ("/info//", false), ("/dir", false), ("/dir/", true), ("/dir//", true),
            ("/users/3/", true), ("/users//", false),
        ])
    func lax(target: String, isFound: Bool) async throws {
        try await check(Router(), target, isFound)
    }

    @Test(
        "true: a slash at the end counts",
        arguments: [
            ("/info", true), ("/info/", false), ("/dir", false), ("/dir/", true), ("/dir//", false), ("/users/3", true),
            ("/users/3/", false),
        ])
    func strict(target: String, isFound: Bool) async throws {
        try await check(Router(strict: true), target, isFound)
    }

    private func check(_ router: Router, _ target: String, _ isFound: Bool) async throws {
        router.get("/info", answer("x")).get("/dir/", answer("x")).get("/users/:id", answer("x"))
        #expect(try await router.client.get(target).status == (isFound ? .ok : .notFound))
    }

    @Test("true: middleware still run for what is below their path")
    func middleware() async throws {
        let router = Router(strict: true)
        router.use("/a", mark("a"))
        router.get("/a/b", answer("b")).get("/a/", answer("slash")).get("/a", answer("none"))
        #expect(try await router.client.get("/a/b").order == ["a", "b"])
        #expect(try await router.client.get("/a/").order == ["a", "slash"])
        #expect(try await router.client.get("/a").order == ["a", "none"])
    }

    @Test("a wildcard takes the slash with it, either way", arguments: [true, false])
    func wildcard(strict: Bool) async throws {
        let router = Router(strict: strict)
        router.get("/files/*path") { ctx in ctx.body = .text(ctx.params["path"] ?? "") }
        #expect(try await router.client.get("/files/a/").text == "a/")
        #expect(try await router.client.get("/files/").status == .notFound)
    }
}

@Suite("A router's sensitive")
struct SensitiveTests {
    private func router(sensitive: Bool) -> Router {
        let router = Router(prefix: "/Api", sensitive: sensitive)
        router.use("/Users", mark("use"))
        router.get("/Users/:Id", answer("user"))
        return router
    }

    @Test("false: letters of ASCII match in either case", arguments: ["/Api/Users/A", "/api/users/A", "/API/USERS/A"])
    func insensitive(target: String) async throws {
        #expect(try await router(sensitive: false).client.get(target).order == ["use", "user"])
    }

    @Test("true: case counts", arguments: [("/Api/Users/a", true), ("/api/Users/a", false), ("/Api/users/a", false)])
    func sensitive(target: String, isFound: Bool) async throws {
        #expect(try await router(sensitive: true).client.get(target).status == (isFound ? .ok : .notFound))
    }

    @Test("values keep their case either way", arguments: [true, false])
    func values(sensitive: Bool) async throws {
        let router = Router(sensitive: sensitive)
        router.get("/x/:id/v:version") { ctx in ctx.body = .text("\(ctx.params)") }
        #expect(try await router.client.get("/x/AbC/vXyZ").text == "id: AbC, version: XyZ")
    }

    @Test("sensitive and other routes stand in one order")
    func mixed() async throws {
        let sensitive = Router(sensitive: true)
        sensitive.get("/X", mark("sensitive"))
        let router = Router()
        router.get("/x", mark("first"))
        router.use(sensitive.routes())
        router.get("/x", mark("last"))
        #expect(try await router.client.get("/X").order == ["first", "sensitive", "last"])
        #expect(try await router.client.get("/x").order == ["first", "last"])
    }
}

@Suite("The path that a router matches")
struct RoutedPathTests {
    @Test("is routerPath where the router has one")
    func option() async throws {
        let router = Router(routerPath: "/fixed")
        router.get("/fixed", answer("fixed"))
        #expect(try await router.client.get("/anything").text == "fixed")
        #expect(try await router.client.get("/").text == "fixed")
    }

    @Test("is ctx.newRouterPath where a middleware has set one, for all routers that follow")
    func newRouterPath() async throws {
        let (first, second) = (Router(), Router())
        first.get("/new") { ctx, next in
            ctx.append("X-Order", "first")
            ctx.newRouterPath = "/newer"
            try await next()
        }
        second.get("/newer") { ctx in ctx.body = .text("\(ctx.path) \(ctx.newRouterPath ?? "")") }
        let app = Application(silent: true)
        app.use { ctx, next in
            #expect(ctx.newRouterPath == nil)
            ctx.newRouterPath = "/new"
            try await next()
        }
        app.use(first.routes(), second.routes())
        let response = try await app.test.get("/old")
        #expect(response.text == "/old /newer")
        #expect(response.order == ["first"])
    }

    @Test("is the request's path, as a middleware has rewritten it")
    func rewritten() async throws {
        let router = Router()
        router.get("/new", answer("new"))
        let app = Application(silent: true)
        app.use { ctx, next in
            ctx.path = "/new"
            try await next()
        }
        app.use(router.routes())
        #expect(try await app.test.get("/old").text == "new")
    }

    @Test("hasn't the query")
    func query() async throws {
        let router = Router()
        router.get("/:id") { ctx in ctx.body = .text("\(ctx.params) \(ctx.query["a"] ?? "")") }
        #expect(try await router.client.get("/x?a=/b").text == "id: x /b")
    }

    @Test("is that of a whole URL as request target")
    func absoluteForm() async throws {
        let router = Router()
        router.use("/admin", mark("guard"))
        router.get("/admin/x", answer("x"))
        #expect(try await router.client.get("http://example.com/admin/x").order == ["guard", "x"])
    }
}
