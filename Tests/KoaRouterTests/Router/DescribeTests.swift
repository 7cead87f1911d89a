import KoaRouter
import KoaTesting
import Testing

@Suite("router.describe()")
struct DescribeTests {
    @Test("is the table of routes, one a line, in columns, with the place of each")
    func table() throws {
        let router = Router(prefix: "/api")
        let line = #line
        router.use(mark("a"))
        router.get("/users/:id", name: "user", where: ["id": .int], mark("a"), handler: answer("b"))
        router.all("/any", answer("any"))
        router.redirect("/old", to: "/new")
        router.get(/^\/x/, answer("x"))
        #expect(
            try router.describe() == """
                (use)      /api                                  KoaRouterTests/DescribeTests.swift:\(line + 1)
                HEAD, GET  /api/users/:id        user  id: Int   2 handlers  KoaRouterTests/DescribeTests.swift:\(line + 2)
                """)
    }

    @Test("is empty without routes")
    func empty() throws {
        #expect(try Router().describe().isEmpty)
    }

    @Test("shows constraints, the number of handlers and parameter handlers, and redirects")
    func cells() throws {
        let router = Router()
        router.param("id") { _, _, next in try await next() }
        router.get("/users/:id/:kind", where: ["kind": .one(of: "a", "b"), "id": .uuid], mark("a"), handler: answer("b"))
        router.redirect("/old", to: "https://example.org")
        let lines = try router.describe().split(separator: "\n")
        #expect(lines[0].contains("id: UUID, kind: a|b  3 handlers"))
        #expect(lines[1].contains("(all)      /old"))
        #expect(lines[1].contains("redirects to https://example.org"))
    }

    @Test("throws for a route that can't be compiled")
    func broken() {
        let router = Router()
        router.get("/:", answer("x"))
        #expect(throws: RouteError.self) { try router.describe() }
    }
}
