import Foundation
import KoaRouter
import KoaTesting
import Testing

private enum Paths {
    static let home = Route("/")
    static let user = Route("/users/:id", Int.self)
    static let post = Route("/users/:user/posts/:post", Int.self, String.self)
    static let file = Route("/files/v:version/:id.txt", UInt8.self, UUID.self)
}

@Suite("Route<each Value>")
struct TypedRouteTests {
    private func client() -> TestClient {
        let router = Router()
        router.get(Paths.home) { ctx in ctx.body = "home" }
        router.get(Paths.user, name: "user", mark("before")) { ctx, id in ctx.body = "\(id + 1)" }
        router.post(Paths.post) { ctx, user, slug in ctx.body = "\(slug) of \(user)" }
        router.get(Paths.file) { ctx, version, id in ctx.body = "\(version) \(id.uuidString.prefix(4))" }
        router.get("/users/:name", answer("by name"))
        return router.application(allowedMethods: true).test
    }

    @Test("gives the handler its parameters as their types")
    func values() async throws {
        #expect(try await client().get("/").text == "home")
        #expect(try await client().get("/users/41").text == "42")
        #expect(try await client().get("/users/41").order == ["before"])
        #expect(try await client().post("/users/3/posts/hello%20world").text == "hello world of 3")
        #expect(
            try await client().get("/files/v255/e621e1f8-c36c-495a-93fc-0c247a3e6e5f.txt").text == "255 E621")
    }

    @Test("doesn't match where a parameter doesn't fit")
    func unfit() async throws {
        #expect(try await client().get("/users/ada").text == "by name")
        #expect(try await client().post("/users/ada/posts/x").status == .notFound)
        #expect(try await client().get("/files/v256/e621e1f8-c36c-495a-93fc-0c247a3e6e5f.txt").status == .notFound)
    }

    @Test("makes the path of values, percent-encoded, with a query")
    func url() {
        #expect(Paths.home.url() == "/")
        #expect(Paths.user.url(3) == "/users/3")
        #expect(Paths.post.url(3, "hello world/ü") == "/users/3/posts/hello%20world%2F%C3%BC")
        #expect(Paths.post.url(3, "x", query: ["tab": "a b"]) == "/users/3/posts/x?tab=a%20b")
        #expect(Paths.user.url(3, query: "raw=1") == "/users/3?raw=1")
        #expect(Paths.user.pattern == "/users/:id")
    }

    @Test("leads where its own URLs lead", arguments: ["x", "a/b", "100%", "?#[]", "你好", " ", "..", "%2F"])
    func roundTrip(slug: String) async throws {
        #expect(try await client().post(Paths.post.url(7, slug)).text == "\(slug) of 7")
    }

    @Test("escaped signs are plain in its URLs")
    func escaped() {
        #expect(Route("/a\\:b/:id", Int.self).url(1) == "/a:b/1")
    }

    @Test(
        "with another number of parameters than of types is an error when the application starts",
        arguments: [
            (Route("/users/:id/:more", Int.self), "The typed route /users/:id/:more has 2 parameters, but 1 type."),
            (Route("/users", Int.self), "The typed route /users has 0 parameters, but 1 type."),
            (
                Route("/files/*path", Int.self),
                "The typed route /files/*path has a wildcard or a group, which has no one type."
            ),
            (
                Route("/users{/:id}", Int.self),
                "The typed route /users{/:id} has a wildcard or a group, which has no one type."
            ),
        ])
    func mismatch(route: Route<Int>, message: String) {
        let router = Router()
        router.get(route) { ctx, id in ctx.body = "\(id)" }
        let error = #expect(throws: RouteError.self) { try router.application().prepare() }
        #expect(error?.message == message)
        #expect(error?.origin?.hasPrefix("KoaRouterTests/TypedRouteTests.swift:") == true)
        _ = route.url(1)
    }

    @Test("with one name twice is an error when the application starts")
    func twice() {
        let router = Router()
        router.get(Route("/:id/:id", Int.self, String.self)) { ctx, _, _ in ctx.status = .ok }
        let error = #expect(throws: RouteError.self) { try router.application().prepare() }
        #expect(error?.message == "The typed route /:id/:id has two parameters of one name.")
    }

    @Test("with a pattern that is none is the pattern's own error")
    func broken() {
        let router = Router()
        router.get(Route("/users/:id?", Int.self)) { ctx, id in ctx.body = "\(id)" }
        let error = #expect(throws: RouteError.self) { try router.application().prepare() }
        #expect(error?.cause is PatternError)
    }

    @Test("moves below prefixes, whose parameters come on top")
    func prefixed() async throws {
        let inner = Router(prefix: "/:team")
        inner.get(Paths.user) { ctx, id in ctx.body = "\(ctx.params["team"] ?? "") \(id)" }
        let outer = Router(prefix: "/api")
        outer.use(inner.routes())
        #expect(try await outer.client.get("/api/red/users/3").text == "red 3")
        #expect(try await outer.client.get("/api/red/users/x").status == .notFound)
    }

    @Test("may return what the body is made of, behind middleware")
    func returning() async throws {
        let router = Router()
        router.get(
            Route("/sums/:a/:b", Int.self, Int.self),
            { ctx, next in
                ctx.set("X-Before", "1")
                try await next()
            },
            returning: { _, a, b in ["sum": a + b] })
        let response = try await router.client.get("/sums/3/4")
        #expect(response.text == #"{"sum":7}"#)
        #expect(response.headers["X-Before"] == "1")
        #expect(try await router.client.get("/sums/3/x").status == .notFound)
    }
}
