import KoaRouter
import KoaTesting
import Testing

@Suite("router.url")
struct RouterURLTests {
    private func router() -> Router {
        let router = Router(prefix: "/api")
        router.get("/plain", name: "plain", answer("x"))
        router.get("/users/:id", name: "user", answer("x"))
        router.get("/users/:user/posts/:post", name: "post", answer("x"))
        router.get("/files/*path", name: "file", answer("x"))
        router.get("/docs/:page{/:part}", name: "doc", answer("x"))
        router.get("/twice/:id/:id", name: "twice", answer("x"))
        return router
    }

    @Test("is the path of a route, with the router's prefix, its parameters by name")
    func named() throws {
        #expect(try router().url("plain") == "/api/plain")
        #expect(try router().url("user", ["id": 3]) == "/api/users/3")
        #expect(try router().url("post", ["post": "p", "user": "u"]) == "/api/users/u/posts/p")
        let id = "x"
        #expect(try router().url("user", ["id": "\(id)-1"]) == "/api/users/x-1")
        #expect(try router().url("user", ["id": .text(id)]) == "/api/users/x")
    }

    @Test("or in their order")
    func positional() throws {
        #expect(try router().url("user", 3) == "/api/users/3")
        #expect(try router().url("post", "u", "p") == "/api/users/u/posts/p")
        #expect(try router().url("file", ["a", "b"]) == "/api/files/a/b")
        #expect(try router().url("doc", "start") == "/api/docs/start")
        #expect(try router().url("doc", "start", 2) == "/api/docs/start/2")
        #expect(try router().url("twice", 1) == "/api/twice/1/1")
    }

    @Test(
        "percent-encodes values as encodeURIComponent does",
        arguments: [
            ("a b", "a%20b"), ("a/b", "a%2Fb"), ("?#&=", "%3F%23%26%3D"), ("ü", "%C3%BC"), ("-_.!~*'()", "-_.!~*'()"),
            ("100%", "100%25"),
        ])
    func encoding(value: String, encoded: String) throws {
        #expect(try router().url("user", ["id": .text(value)]) == "/api/users/\(encoded)")
        #expect(try router().url("file", ["path": .list(["x", value])]) == "/api/files/x/\(encoded)")
    }

    @Test("has a query of pairs, which are percent-encoded, of a Query, or of text as it is")
    func query() throws {
        #expect(try router().url("plain", query: ["tab": "a b", "tab": "ü"]) == "/api/plain?tab=a%20b&tab=%C3%BC")
        #expect(try router().url("user", ["id": 3], query: ["a": "1", "b": ""]) == "/api/users/3?a=1&b=")
        #expect(try router().url("user", 3, query: "raw=a b") == "/api/users/3?raw=a b")
        #expect(try router().url("plain", query: RouteQuery(Query("a=1&b=2&a=%20"))) == "/api/plain?a=1&b=2&a=%20")
        #expect(try router().url("plain", query: "") == "/api/plain")
        #expect(try router().url("plain", query: [:]) == "/api/plain")
    }

    @Test("leaves a group out when a value of it is missing")
    func groups() throws {
        #expect(try router().url("doc", ["page": "start"]) == "/api/docs/start")
        #expect(try router().url("doc", ["page": "start", "part": 2]) == "/api/docs/start/2")
    }

    @Test("leaves all values out where the path has parameters in groups alone, as the reference does")
    func onlyGroups() throws {
        let router = Router()
        router.get("/docs{/:page}", name: "docs", answer("docs"))
        #expect(try router.url("docs", ["page": 2]) == "/docs")
        #expect(try RoutePattern("/docs{/:page}").path(["page": 2]) == "/docs/2")
    }

    @Test("takes no notice of values for which the path has no parameter")
    func surplus() throws {
        #expect(try router().url("user", ["id": 3, "other": 4]) == "/api/users/3")
        #expect(try router().url("plain", ["other": 4]) == "/api/plain")
    }

    @Test("refuses more values than the path has parameters")
    func tooMany() throws {
        let error = try #require(#expect(throws: RouteError.self) { try router().url("user", 3, 4) })
        #expect(error.message == "2 values were given for /api/users/:id, which has 1 parameters.")
        #expect(error.origin == nil)
        #expect(throws: RouteError.self) { try router().url("plain", 1) }
    }

    @Test("refuses missing values, a list for a parameter, and a text for a wildcard")
    func refused() throws {
        let missing = #expect(throws: PatternPathError.self) { try router().url("post", ["user": 1]) }
        #expect(missing?.names == ["post"])
        #expect(throws: PatternPathError.self) { try router().url("post") }
        #expect(throws: PatternPathError.self) { try router().url("post", 1) }
        #expect(throws: PatternPathError.self) { try router().url("user", ["id": ["a"]]) }
        #expect(throws: PatternPathError.self) { try router().url("file", ["path": "a"]) }
        #expect(throws: PatternPathError.self) { try router().url("file", ["path": []]) }
    }

    @Test("refuses a name that no route has")
    func unknown() {
        let error = #expect(throws: RouteError.self) { try router().url("nobody") }
        #expect(error?.message == "No route found for name: nobody")
    }

    @Test("is of the first route of a name")
    func first() throws {
        let router = Router()
        router.get("/a", name: "same", answer("a")).get("/b", name: "same", answer("b"))
        #expect(try router.url("same") == "/a")
    }

    @Test("leads to the route that it was made of", arguments: ["x", "a b", "a/b", "ü", "?", "%2F", "..", "+"])
    func roundTrip(value: String) async throws {
        let router = Router()
        router.get("/v:value/end", name: "v") { ctx in ctx.body = .text(ctx.params["value"] ?? "") }
        #expect(try await router.client.get(try router.url("v", ["value": .text(value)])).text == value)
    }

    @Test("sees routes that were added after the last request")
    func later() async throws {
        let router = router()
        #expect(try await router.client.get("/api/plain").text == "x")
        router.get("/late", name: "late", answer("late"))
        #expect(try router.url("late") == "/api/late")
    }
}

@Suite("Router.url")
struct StaticURLTests {
    @Test("is the path of a pattern")
    func path() throws {
        #expect(try Router.url("/users/:id", ["id": 3]) == "/users/3")
        #expect(try Router.url("/users/:id/:tab", 3, "a b") == "/users/3/a%20b")
        #expect(try Router.url("/files/*path", ["a", "b c"]) == "/files/a/b%20c")
        #expect(try Router.url("/plain") == "/plain")
    }

    @Test("has a query")
    func query() throws {
        #expect(try Router.url("/users/:id", ["id": 3], query: ["a": "b c"]) == "/users/3?a=b%20c")
        #expect(try Router.url("/users/:id", 3, query: "a=b") == "/users/3?a=b")
        #expect(try Router.url("/plain", query: ["a": "1"]) == "/plain?a=1")
    }

    @Test("refuses what is no pattern, and missing values")
    func refused() {
        #expect(throws: PatternError.self) { try Router.url("/users/:") }
        #expect(throws: PatternPathError.self) { try Router.url("/users/:id") }
        #expect(throws: RouteError.self) { try Router.url("/users/:id", 1, 2) }
    }
}

@Suite("router.route")
struct NamedRouteTests {
    @Test("is the first route of a name: its path and methods")
    func named() throws {
        let router = Router(prefix: "/api")
        router.get("/users/:id", name: "user", answer("x"))
        router.on("PUT", "PATCH")("/users/:id", name: "user", answer("y"))
        let route = try #require(try router.route("user"))
        #expect(route.path == "/api/users/:id")
        #expect(route.name == "user")
        #expect(route.methods == ["HEAD", "GET"])
    }

    @Test("finds those of nested routers")
    func nested() throws {
        let inner = Router()
        inner.get("/x", name: "x", answer("x"))
        let outer = Router()
        outer.use("/inner", inner.routes())
        #expect(try outer.route("x")?.path == "/inner/x")
    }

    @Test("is nil for a name that no route has")
    func unknown() throws {
        #expect(try Router().route("nobody") == nil)
    }

    @Test("has no path when it is a regular expression")
    func expression() throws {
        let router = Router()
        router.get(/^\/x/, name: "x", answer("x"))
        let route = try #require(try router.route("x"))
        #expect(route.path == nil)
    }
}
