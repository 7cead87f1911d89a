import KoaRouter
import KoaTesting
import Testing

@Suite("What a router warns of when the application starts")
struct RouteWarningTests {
    private func warnings(_ routers: Router...) throws -> [String] {
        let log = LogCapture()
        let app = Application(logger: log.logger)
        for router in routers { app.use(router.routes()) }
        try app.prepare()
        return log.warnings
    }

    private let file = "KoaRouterTests/RouteWarningTests.swift"

    @Test("two routes of one name")
    func duplicateNames() throws {
        let router = Router(prefix: "/p")
        let line = #line
        router.get("/a", name: "same", answer("a"))
        router.get("/b", name: "same", answer("b"))
        #expect(
            try warnings(router) == [
                "Two routes are named same: /p/a (\(file):\(line + 1)) and /p/b (\(file):\(line + 2)). "
                    + "URLs are made of the first."
            ])
    }

    @Test("a pattern that no path matches, since it begins without a slash", arguments: ["users", ":id", "v1/users"])
    func noSlash(pattern: String) throws {
        let router = Router()
        let line = #line
        router.get(pattern, answer("a"))
        #expect(
            try warnings(router) == [
                "No path matches \(pattern) (\(file):\(line + 1)): paths begin with a slash, as patterns should."
            ])
    }

    @Test("not of patterns that begin with a slash by a prefix, a group or a wildcard")
    func slash() throws {
        let router = Router(prefix: "/api")
        router.get("users", answer("a"))
        let other = Router()
        other.get("{/:lang}/about", answer("b"))
        other.get("*all", answer("c"))
        #expect(try warnings(router, other).isEmpty)
    }

    @Test("not of the several paths and methods of one route")
    func oneName() throws {
        let router = Router()
        router.get(["/a", "/b"], name: "same", answer("a"))
        let inner = Router()
        inner.get("/x", name: "x", answer("x"))
        router.use(["/c", "/d"], inner.routes())
        #expect(try warnings(router).isEmpty)
    }

    @Test("a route that one before it always answers first")
    func shadowed() throws {
        let router = Router()
        let line = #line
        router.get("/users/:id", answer("a"))
        router.get("/users/:name", answer("b"))
        #expect(
            try warnings(router) == [
                "The route HEAD, GET /users/:name (\(file):\(line + 2)) runs only when "
                    + "/users/:id (\(file):\(line + 1)), which matches the same requests, calls next()."
            ])
    }

    @Test("in an exclusive router, a route that one behind it always answers")
    func exclusive() throws {
        let router = Router(exclusive: true)
        let line = #line
        router.get("/x", answer("a"))
        router.get("/x", answer("b"))
        #expect(
            try warnings(router) == [
                "The route HEAD, GET /x (\(file):\(line + 1)) never runs: /x (\(file):\(line + 2)), which matches the "
                    + "same requests, comes after it in an exclusive router."
            ])
    }

    @Test(
        "patterns of one shape shadow each other",
        arguments: [
            ("/users", "/USERS", true), ("/a{/:b}", "/a{/:c}", true), ("/f/*a", "/f/*b", true),
            ("/v:a.:b", "/v:x.:y", true),
            ("/users/:id", "/users/me", false), ("/users/me", "/users/:id", false), ("/a", "/b", false),
            ("/:a", "/*a", false),
            ("/a", "/a{/:b}", false), ("/a:b", "/:b", false),
        ])
    func shapes(first: String, second: String, isShadowed: Bool) throws {
        let router = Router()
        router.get(first, answer("a"))
        router.get(second, answer("b"))
        #expect(try warnings(router).isEmpty != isShadowed)
    }

    @Test("case tells routes apart where it counts, and slashes do where they count")
    func settings() throws {
        let router = Router(sensitive: true)
        router.get("/users", answer("a"))
        router.get("/USERS", answer("b"))
        #expect(try warnings(router).isEmpty)
    }

    @Test("a route of several methods is shadowed when others take all of them")
    func methods() throws {
        let router = Router()
        router.get("/x", answer("a"))
        router.on("GET", "PUT")("/x", answer("b"))
        #expect(try warnings(router).isEmpty)
        router.put("/x", answer("c"))
        router.on("PUT", "GET")("/x", answer("d"))
        // c by b, and d by a and b.
        #expect(try warnings(router).count == 2)
        let all = Router()
        all.all("/x", answer("a"))
        all.post("/x", answer("b"))
        #expect(try warnings(all).count == 1)
    }

    @Test("not a route behind one with constraints, which may not fit; but one behind both")
    func constraints() throws {
        let router = Router()
        router.get("/:id", where: ["id": .int], answer("a"))
        router.get("/:name", answer("b"))
        #expect(try warnings(router).isEmpty)
        router.get("/:id", where: ["id": .uuid], answer("c"))
        #expect(try warnings(router).count == 1)
    }

    @Test("not a route behind one of other hosts, but one of some hosts behind one of all")
    func hosts() throws {
        let (some, all) = (Router(host: "a.example.com"), Router())
        some.get("/x", answer("some"))
        all.get("/x", answer("all"))
        let specific = Router()
        specific.use(some.routes()).use(all.routes())
        #expect(try warnings(specific).isEmpty)
        let general = Router()
        general.use(all.routes()).use(some.routes())
        #expect(try warnings(general).count == 1)
    }

    @Test("not of a pattern without a slash where the router's own path has none")
    func routerPath() throws {
        let router = Router(routerPath: "fixed")
        router.get("fixed", answer("a"))
        #expect(try warnings(router).isEmpty)
        let other = Router(routerPath: "/fixed")
        other.get("fixed", answer("a"))
        #expect(try warnings(other).count == 1)
    }

    @Test("letters that aren't ASCII tell routes apart by their case, as in paths")
    func otherLetters() throws {
        let router = Router()
        router.get("/é", answer("a"))
        router.get("/É", answer("b"))
        #expect(try warnings(router).isEmpty)
    }

    @Test("not of middleware, and not of regular expressions")
    func others() throws {
        let router = Router()
        router.use("/x", mark("a"))
        router.use("/x", mark("b"))
        router.get("/x", answer("x"))
        router.get(/^\/x/, answer("a"))
        router.get(/^\/x/, answer("b"))
        #expect(try warnings(router).isEmpty)
    }

    @Test("across nested routers, once for the application")
    func nested() throws {
        let (inner, outer) = (Router(), Router())
        inner.get("/x", name: "x", answer("a"))
        outer.get("/p/x", name: "x", answer("b"))
        outer.use("/p", inner.routes())
        #expect(try warnings(outer).count == 2)
    }

    @Test("not again for the next request")
    func once() async throws {
        let log = LogCapture()
        let router = Router()
        router.get("/x", name: "x", answer("a"))
        router.get("/y", name: "x", answer("b"))
        let app = Application(logger: log.logger)
        app.use(router.routes())
        for _ in 0..<3 { #expect(try await app.test.get("/x").text == "a") }
        #expect(log.warnings.filter { $0.contains("named") }.count == 1)
    }
}
