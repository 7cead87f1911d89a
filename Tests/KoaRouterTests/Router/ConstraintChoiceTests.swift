import KoaRouter
import KoaTesting
import Testing

@Suite("Which alternative and parameter a constraint is for: one")
struct ConstraintChoiceTests {
    private let show: Handler = { ctx in ctx.body = .text("\(ctx.params)") }

    @Test(
        "that one alternative of a pattern doesn't meet leaves the others",
        arguments: [
            ("/docs/v2/intro", "version: v2, page: intro"), ("/docs/guide/intro", "page: guide/intro"),
            ("/docs/intro", "page: intro"),
        ])
    func alternatives(target: String, params: String) async throws {
        let router = Router()
        router.get("/docs{/:version}/*page", where: ["version": .matching(/v\d+/)], show)
        #expect(try await router.client.get(target).text == params)
    }

    @Test("that no alternative meets leaves the request to the next route")
    func none() async throws {
        let router = Router()
        router.get("/:a{/:b}{/:c}", where: ["a": .int, "b": .int], answer("numbers"))
        router.get("/*any", answer("any"))
        #expect(try await router.client.get("/x").order == ["any"])
        #expect(try await router.client.get("/1/x").order == ["numbers"])
        #expect(try await router.client.get("/1/x/y").order == ["any"])
    }

    @Test("decides by the first alternative that meets it, and the layer runs once")
    func first() async throws {
        let router = Router()
        router.get("/x{/:a}{/:b}{/:c}", where: ["a": .one(of: "a")]) { ctx, next in
            ctx.append("X-Order", "\(ctx.params)")
            try await next()
        }
        router.get("/x/*rest", answer("rest"))
        #expect(try await router.client.get("/x/a/1").order == ["a: a, b: 1", "rest"])
        #expect(try await router.client.get("/x/1/2").order == ["b: 1, c: 2", "rest"])
    }

    @Test("is for the last parameter of a name, which is the one that handlers read")
    func sameName() async throws {
        let router = Router()
        router.group("/teams/:id") { teams in
            teams.get(Route("/:id", Int.self)) { ctx, id in ctx.body = .text("\(id + 1)") }
        }
        #expect(try await router.client.get("/teams/alpha/5").text == "6")
        #expect(try await router.client.get("/teams/5/alpha").status == .notFound)
    }

    @Test("is so in each alternative")
    func sameNameInAlternatives() async throws {
        let router = Router()
        router.get("/:id{/x/:id}", where: ["id": .int], show)
        #expect(try await router.client.get("/5").text == "id: 5")
        #expect(try await router.client.get("/a").status == .notFound)
        #expect(try await router.client.get("/a/x/5").text == "id: 5")
        #expect(try await router.client.get("/5/x/a").status == .notFound)
    }
}
