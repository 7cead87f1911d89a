import KoaRouter
import KoaTesting
import Testing

@Suite("router.get, router.post and the other verbs")
struct VerbTests {
    static let verbs: [(method: String, verb: @Sendable (Router) -> Verb)] = [
        ("GET", { $0.get }), ("HEAD", { $0.head }), ("POST", { $0.post }), ("PUT", { $0.put }),
        ("PATCH", { $0.patch }), ("DELETE", { $0.delete }), ("DELETE", { $0.del }), ("OPTIONS", { $0.options }),
        ("TRACE", { $0.trace }), ("CONNECT", { $0.connect }),
    ]

    @Test("answer their method, and no other", arguments: verbs.indices)
    func one(index: Int) async throws {
        let (method, verb) = Self.verbs[index]
        let router = Router()
        verb(router)("/x") { ctx in ctx.status = .accepted }
        let client = router.client
        #expect(try await client.request(.init(method)!, "/x").status == .accepted)
        for other in ["GET", "PUT", "TRACE", "PURGE"] where other != method {
            #expect(try await client.request(.init(other)!, "/x").status == .notFound, "\(other)")
        }
    }

    @Test("on() answers any method, also one that nobody knows", arguments: ["PURGE", "COPY", "LINK", "BREW", "M-SEARCH"])
    func any(method: String) async throws {
        let router = Router()
        router.on(method)("/x", answer("it"))
        #expect(try await router.client.request(.init(method)!, "/x").text == "it")
        #expect(try await router.client.get("/x").status == .notFound)
    }

    @Test("on() of several methods answers each of them")
    func several() async throws {
        let router = Router()
        router.on("PUT", "PATCH")("/x", answer("it"))
        #expect(try await router.client.put("/x").text == "it")
        #expect(try await router.client.patch("/x").text == "it")
        #expect(try await router.client.post("/x").status == .notFound)
        #expect(try router.describe().hasPrefix("PUT, PATCH  /x"))
    }

    @Test("on(\"GET\") answers HEAD too; the case of a method counts")
    func named() async throws {
        let router = Router()
        router.on("GET")("/x", answer("it")).on("get")("/y", answer("it"))
        #expect(try await router.client.head("/x").status == .ok)
        #expect(try await router.client.get("/y").status == .notFound)
    }

    @Test("all answers every method", arguments: ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "PURGE", "TRACE", "BREW"])
    func all(method: String) async throws {
        let router = Router()
        router.all("/x") { ctx in ctx.set("X-Method", ctx.method.rawValue) }
        #expect(try await router.client.request(.init(method)!, "/x").get("X-Method") == method)
    }

    @Test("return the router, so that calls chain")
    func chaining() async throws {
        let router = Router()
        let same = router.get("/a", answer("a")).post("/b", answer("b")).all("/c", answer("c"))
            .use(mark("x")).param("y") { _, _, next in try await next() }.redirect("/d", to: "/a").prefix("/p")
        #expect(same === router)
        #expect(try await router.client.get("/p/a").text == "a")
        #expect(try await router.client.post("/p/b").text == "b")
        #expect(try await router.client.delete("/p/c").text == "c")
    }

    @Test("a path that no route has is passed on")
    func unknown() async throws {
        let router = Router()
        router.get("/x", answer("it"))
        let app = router.application()
        app.use { ctx in ctx.body = "behind" }
        #expect(try await app.test.get("/y").text == "behind")
        #expect(try await app.test.post("/x").text == "behind")
        #expect(try await app.test.get("/x").text == "it")
    }

    @Test("an empty path is the router's prefix alone")
    func empty() async throws {
        let router = Router()
        router.get("", answer("root"))
        #expect(try await router.client.get("/").text == "root")
        #expect(try await router.client.get("/x").status == .notFound)
        let prefixed = Router(prefix: "/api", strict: true)
        prefixed.get("", answer("api"))
        #expect(try await prefixed.client.get("/api").text == "api")
        #expect(try await prefixed.client.get("/api/").status == .notFound)
    }

    @Test("several paths are given as an array, also of patterns and of expressions")
    func paths() async throws {
        let router = Router()
        router.get(["/one", "/two/:id"], name: "both") { ctx in ctx.body = .text(ctx.matchedRoute ?? "") }
        router.get([/^\/re\/a$/, /^\/re\/b$/], answer("expression"))
        router.get([try RoutePattern("/p"), try RoutePattern("/q")], answer("pattern"))
        let client = router.client
        #expect(try await client.get("/one").text == "/one")
        #expect(try await client.get("/two/3").text == "/two/:id")
        #expect(try await client.get("/re/b").text == "expression")
        #expect(try await client.get("/q").text == "pattern")
        #expect(try await client.get("/re/c").status == .notFound)
        #expect(try router.url("both") == "/one")
    }

    @Test("an empty array of paths is no route")
    func noPaths() async throws {
        let router = Router()
        router.get([String](), answer("none"))
        #expect(try router.describe().isEmpty)
        #expect(try await router.client.get("/").status == .notFound)
    }
}
