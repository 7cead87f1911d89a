import KoaRouter
import KoaTesting
import Testing

@Suite("A route that can't be compiled")
struct RouteErrorTests {
    @Test(
        "is an error at start-up that shows the pattern, the place in it, and where it was added",
        arguments: [
            ("/users/:", "/users/:\n        ^", "Missing parameter name at index 8"),
            ("/users/:id?", "/users/:id?\n          ^", "Unexpected ? at index 10"),
            ("/files/*", "/files/*\n        ^", "Missing parameter name at index 8"),
            ("/a{/b", "/a{/b\n     ^", "Unexpected end at index 5, expected }"),
            ("/a(b)", "/a(b)\n  ^", "Unexpected ( at index 2"),
            ("/:a:b", "/:a:b\n   ^", #"Missing text before "b" param"#),
            (#"/:"x"#, "/:\"x\n  ^", "Unterminated quote at index 2"),
        ])
    func shown(pattern: String, place: String, message: String) throws {
        let router = Router()
        let line = #line + 1
        router.get(pattern, name: "broken", answer("x"))
        let error = try #require(#expect(throws: RouteError.self) { try router.application().prepare() })
        #expect(error.description.contains(place))
        #expect(error.description.contains(message))
        #expect(error.description.hasSuffix("\nThe route was added at KoaRouterTests/RouteErrorTests.swift:\(line)."))
        #expect((error.cause as? PatternError)?.pattern == pattern)
    }

    @Test("keeps the server from starting")
    func start() async throws {
        let router = Router()
        router.get("/:", answer("x"))
        await #expect(throws: RouteError.self) { try await router.application().start(0) }
        await #expect(throws: RouteError.self) { try await router.client.get("/") }
    }

    @Test("is told of through nested routers, groups and collections, with the whole pattern")
    func nested() throws {
        struct Broken: RouteCollection {
            func add(to router: Router) { router.get("/:", answer("x")) }
        }
        let inner = Router(prefix: "/inner")
        inner.group("/group") { $0.register("/collection", Broken()) }
        let outer = Router(prefix: "/outer")
        outer.use(inner.routes())
        let error = try #require(#expect(throws: RouteError.self) { try outer.application().prepare() })
        #expect(error.message.hasPrefix("/outer/inner/group/collection/:\n"))
        #expect(error.origin?.hasPrefix("KoaRouterTests/RouteErrorTests.swift:") == true)
    }

    @Test("may be middleware's, or come of a prefix")
    func everywhere() {
        let use = Router()
        use.use("/:", mark("x"))
        #expect(throws: RouteError.self) { try use.application().prepare() }
        let prefix = Router(prefix: "/:")
        prefix.get("/x", answer("x"))
        #expect(throws: RouteError.self) { try prefix.application().prepare() }
        let redirect = Router()
        redirect.redirect("/:", to: "/x")
        #expect(throws: RouteError.self) { try redirect.application().prepare() }
    }

    @Test("the first one is told of; mended, the next start works")
    func mended() throws {
        let router = Router(prefix: "/:")
        router.get("/x", answer("x"))
        let app = router.application()
        #expect(throws: RouteError.self) { try app.prepare() }
        #expect(throws: RouteError.self) { try app.prepare() }
        router.prefix("/p")
        try app.prepare()
    }

    @Test("one that is added while the application serves is an error of each request")
    func later() async throws {
        let router = Router()
        router.get("/x", answer("x"))
        let app = router.application()
        let client = app.test
        #expect(try await client.get("/x").text == "x")
        router.get("/:", answer("broken"))
        let response = try await client.get("/x")
        #expect(response.status == .internalServerError)
        #expect(response.text == "Internal Server Error")
    }

    @Test("makes no URLs")
    func url() {
        let router = Router()
        router.get("/x", name: "x", answer("x")).get("/:", answer("broken"))
        #expect(throws: RouteError.self) { try router.url("x") }
        #expect(throws: RouteError.self) { try router.route("x") }
    }

    @Test("may be one of too many alternatives")
    func alternatives() throws {
        let router = Router()
        router.get("/" + (0..<9).map { "{a\($0)}" }.joined(), answer("x"))
        let error = try #require(#expect(throws: RouteError.self) { try router.application().prepare() })
        #expect((error.cause as? PatternError)?.code == .tooManyAlternatives)
    }

    @Test("a router at a regular expression, which can't be put before paths")
    func nestedAtExpression() throws {
        let inner = Router()
        let line = #line
        inner.get("/x", answer("x"))
        let outer = Router()
        outer.use(/^\/v\d/, inner.routes())
        let error = try #require(#expect(throws: RouteError.self) { try outer.application().prepare() })
        #expect(
            error.message == """
                The router of this route is used at a regular expression (\(#fileID):\(line + 3)), below which no path \
                can be: give it a pattern.
                """)
        #expect(error.origin == "\(#fileID):\(line + 1)")
    }
}
