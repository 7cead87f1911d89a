import KoaRouter
import KoaTesting
import Testing

@Suite("Nested routers")
struct NestedRouterTests {
    /// Three routers in each other, each with a prefix, a parameter and a middleware.
    private func threeLevels() -> Router {
        let comments = Router(prefix: "/comments")
        comments.use(mark("comments"))
        comments.get("/", name: "comments", answer("all comments"))
        comments.get("/:comment", name: "comment") { ctx in ctx.body = .text("\(ctx.params)") }
        let posts = Router(prefix: "/posts")
        posts.use(mark("posts"))
        posts.get("/:post", name: "post") { ctx in ctx.body = .text("\(ctx.params)") }
        posts.use("/:post", comments.routes())
        let users = Router(prefix: "/users")
        users.use(mark("users"))
        users.use("/:user", posts.routes())
        users.get("/", answer("all users"))
        return users
    }

    @Test("answer below all prefixes, with the parameters of all levels")
    func depth() async throws {
        let client = threeLevels().client
        #expect(try await client.get("/users").order == ["users", "all users"])
        #expect(try await client.get("/users/1/posts/2").text == "user: 1, post: 2")
        #expect(try await client.get("/users/1/posts/2").order == ["users", "posts"])
        #expect(try await client.get("/users/1/posts/2/comments/3").text == "user: 1, post: 2, comment: 3")
        #expect(try await client.get("/users/1/posts/2/comments").order == ["users", "posts", "comments", "all comments"])
    }

    @Test("don't answer elsewhere", arguments: ["/posts/2", "/comments/3", "/users/1/comments/3", "/users/1/2", "/1/2/3"])
    func elsewhere(target: String) async throws {
        #expect(try await threeLevels().client.get(target).status == .notFound)
    }

    @Test("give URLs by the names of all levels")
    func urls() throws {
        let router = threeLevels()
        #expect(try router.url("post", 1, 2) == "/users/1/posts/2")
        #expect(try router.url("comment", ["user": 1, "post": 2, "comment": 3]) == "/users/1/posts/2/comments/3")
        #expect(try router.route("comments")?.path == "/users/:user/posts/:post/comments")
    }

    @Test("without a path the routes move below the outer prefix alone")
    func withoutPath() async throws {
        let inner = Router(prefix: "/inner")
        inner.get("/x", answer("x"))
        let outer = Router(prefix: "/outer")
        outer.use(inner.routes())
        #expect(try await outer.client.get("/outer/inner/x").text == "x")
        #expect(try await outer.client.get("/inner/x").status == .notFound)
    }

    @Test("at / and at an empty path the routes stay where they are", arguments: ["/", ""])
    func root(path: String) async throws {
        let inner = Router()
        inner.use(mark("inner"))
        inner.get("/", answer("root")).get("/x", answer("x"))
        let outer = Router()
        outer.use(path, inner.routes())
        #expect(try await outer.client.get("/x").order == ["inner", "x"])
        #expect(try await outer.client.get("/").order == ["inner", "root"])
        #expect(try await outer.client.get("//x").status == .notFound)
    }

    @Test("an inner / is the path itself, with or without a slash")
    func innerRoot() async throws {
        let inner = Router()
        inner.get("/", answer("root"))
        let outer = Router(prefix: "/a")
        outer.use("/b", inner.routes())
        #expect(try await outer.client.get("/a/b").text == "root")
        #expect(try await outer.client.get("/a/b/").text == "root")
        #expect(try await outer.client.get("/a").status == .notFound)
    }

    @Test("a path with parameters, or several paths, mount them at each")
    func paths() async throws {
        let inner = Router()
        inner.get("/x") { ctx in ctx.body = .text("\(ctx.matchedRoute ?? "") \(ctx.params)") }
        let outer = Router()
        outer.use(["/a/:id", "/b"], inner.routes())
        #expect(try await outer.client.get("/a/3/x").text == "/a/:id/x id: 3")
        #expect(try await outer.client.get("/b/x").text == "/b/x ")
    }

    @Test("several routers and middleware may share a path")
    func shared() async throws {
        let (first, second) = (Router(), Router())
        first.get("/one", answer("one"))
        second.get("/two", answer("two"))
        let outer = Router()
        outer.use("/v1", mark("v1"))
        outer.use("/v1", first.routes(), second.routes())
        #expect(try await outer.client.get("/v1/one").order == ["v1", "one"])
        #expect(try await outer.client.get("/v1/two").order == ["v1", "two"])
    }

    @Test("one router at several paths answers at each, its middleware once")
    func manyPaths() async throws {
        let inner = Router()
        inner.use(mark("inner"))
        inner.get("/x", answer("x"))
        let outer = Router()
        outer.use("/a", inner.routes()).use("/b", inner.routes()).use("/c/d", inner.routes())
        for path in ["/a/x", "/b/x", "/c/d/x"] { #expect(try await outer.client.get(path).order == ["inner", "x"]) }
    }

    @Test("stand in the order of the outer routes")
    func order() async throws {
        let inner = Router()
        inner.get("/x", mark("inner"))
        let outer = Router()
        outer.get("/x", mark("before"))
        outer.use(inner.routes())
        outer.get("/x", answer("after"))
        #expect(try await outer.client.get("/x").order == ["before", "inner", "after"])
    }

    @Test("outer middleware run before inner ones, also those of paths with parameters")
    func outerFirst() async throws {
        let inner = Router()
        inner.use(mark("inner"))
        inner.get("/x", answer("x"))
        let outer = Router()
        outer.use(mark("outer"))
        outer.use("/:id", mark("of the path"))
        outer.use("/:id", inner.routes())
        #expect(try await outer.client.get("/3/x").order == ["outer", "of the path", "inner", "x"])
    }

    @Test("inner middleware without a path run for what is below the router's path alone")
    func innerMiddleware() async throws {
        let inner = Router()
        inner.use(mark("inner"))
        inner.get("/x", answer("x"))
        let outer = Router()
        outer.use("/a", inner.routes())
        outer.get("/a/y", answer("y")).get("/b", answer("b"))
        #expect(try await outer.client.get("/b").order == ["b"])
        // Below the path it does, as the reference's does.
        #expect(try await outer.client.get("/a/y").order == ["inner", "y"])
    }

    @Test("one with a static prefix may be in one with parameters, and the other way round")
    func mixedPrefixes() async throws {
        let inner = Router(prefix: "/:inner")
        inner.use(mark("inner"))
        inner.get("/x") { ctx in ctx.body = .text("\(ctx.params)") }
        let middle = Router(prefix: "/static")
        middle.use(mark("middle"))
        middle.use(inner.routes())
        let outer = Router(prefix: "/:outer")
        outer.use(mark("outer"))
        outer.use(middle.routes())
        let response = try await outer.client.get("/1/static/2/x")
        #expect(response.text == "outer: 1, rest: x, inner: 2")
        #expect(response.order == ["outer", "middle", "inner"])
    }

    @Test("keep their strict and sensitive settings")
    func options() async throws {
        let inner = Router(strict: true, sensitive: true)
        inner.get("/Inner", answer("inner"))
        let outer = Router()
        outer.use("/o", inner.routes())
        outer.get("/Outer", answer("outer"))
        #expect(try await outer.client.get("/o/Inner").text == "inner")
        #expect(try await outer.client.get("/o/Inner/").status == .notFound)
        #expect(try await outer.client.get("/o/inner").status == .notFound)
        #expect(try await outer.client.get("/outer/").text == "outer")
    }

    @Test("keep their host rule")
    func host() async throws {
        let inner = Router(host: "admin.example.com")
        inner.use(mark("admin"))
        inner.get("/x", answer("admin x"))
        let middle = Router(host: .matching(/example\.com$/))
        middle.use("/m", inner.routes())
        let outer = Router()
        outer.use(middle.routes())
        outer.get("/m/x", answer("public x"))
        let client = outer.client
        #expect(try await client.get("/m/x", headers: ["Host": "admin.example.com"]).order == ["admin", "admin x"])
        #expect(try await client.get("/m/x", headers: ["Host": "www.example.com"]).order == ["public x"])
        let other = try await outer.application(allowedMethods: true).test.post("/m/x", headers: ["Host": "a.org"])
        #expect(other.get("Allow") == "HEAD, GET")
    }

    @Test("answer OPTIONS and 405 by the routes of all levels")
    func allowed() async throws {
        let app = threeLevels().application(allowedMethods: true)
        let response = try await app.test.delete("/users/1/posts/2/comments/3")
        #expect(response.status == .methodNotAllowed)
        #expect(response.get("Allow") == "HEAD, GET")
    }

    @Test("a middleware that is a value is looked at before serving, at any depth")
    func prepared() throws {
        struct Broken: MiddlewareProtocol {
            struct Problem: Error {}
            var middleware: Middleware { { _, next in try await next() } }
            func prepare(for app: Application) throws { throw Problem() }
        }
        let inner = Router()
        inner.use("/x", Broken())
        let outer = Router()
        outer.use("/outer", inner.routes())
        #expect(throws: Broken.Problem.self) { try outer.application().prepare() }
    }
}

@Suite("A nested router is a copy")
struct ClonedRouterTests {
    @Test("what is added to the inner one afterwards isn't seen")
    func laterAdditions() async throws {
        let inner = Router()
        inner.get("/early", answer("early"))
        let outer = Router()
        outer.use("/o", inner.routes())
        inner.get("/late", answer("late"))
        #expect(try await outer.client.get("/o/early").text == "early")
        #expect(try await outer.client.get("/o/late").status == .notFound)
        #expect(try await inner.client.get("/late").text == "late")
    }

    @Test("what the outer one has doesn't reach the inner one")
    func leaks() async throws {
        let inner = Router()
        inner.get("/:id", name: "inner") { ctx in
            ctx.append("X-Order", "handler")
            ctx.body = .text(ctx.matchedRoute ?? "")
        }
        let outer = Router(prefix: "/outer")
        outer.use(mark("outer"))
        outer.param("id") { _, ctx, next in
            ctx.append("X-Order", "param")
            try await next()
        }
        outer.use("/o", inner.routes())
        outer.get("/more", answer("more"))
        let alone = try await inner.client.get("/3")
        #expect(alone.text == "/:id")
        #expect(alone.order == ["handler"])
        #expect(try inner.url("inner", 3) == "/3")
        #expect(try await inner.client.get("/outer/more").status == .notFound)
        let nested = try await outer.client.get("/outer/o/3")
        #expect(nested.text == "/outer/o/:id")
        #expect(nested.order == ["outer", "param", "handler"])
    }

    @Test("a prefix that the inner one gets afterwards isn't seen, one that the outer one gets is")
    func laterPrefixes() async throws {
        let inner = Router()
        inner.get("/x", answer("x"))
        let outer = Router()
        outer.use("/o", inner.routes())
        inner.prefix("/late")
        outer.prefix("/outer")
        #expect(try await outer.client.get("/outer/o/x").text == "x")
        #expect(try await inner.client.get("/late/x").text == "x")
    }

    @Test("a router within itself ends")
    func recursion() async throws {
        let router = Router()
        router.get("/x", answer("x"))
        router.use("/again", router.routes())
        router.use("/again", router.routes())
        #expect(try await router.client.get("/again/again/x").text == "x")
        #expect(try await router.client.get("/again/again/again/x").status == .notFound)
    }
}
