import KoaRouter
import KoaTesting
import RegexBuilder
import Testing

@Suite("A route of a regular expression")
struct RegularExpressionTests {
    @Test("matches where the expression is found in the path")
    func found() async throws {
        let router = Router()
        router.get(/\/blog\/\d{4}/, answer("blog"))
        router.get(/^\/exact$/, answer("exact"))
        let client = router.client
        #expect(try await client.get("/blog/2024").text == "blog")
        #expect(try await client.get("/old/blog/2024/more").text == "blog")
        #expect(try await client.get("/blog/24").status == .notFound)
        #expect(try await client.get("/exact").text == "exact")
        #expect(try await client.get("/exact/").status == .notFound)
    }

    @Test("groups are parameters by their numbers from 0, named ones by their names")
    func groups() async throws {
        let router = Router()
        router.get(/^\/(?<section>\w+)\/(\d+)$/) { ctx in ctx.body = .text("\(ctx.params)") }
        #expect(try await router.client.get("/news/12").text == "section: news, 1: 12")
    }

    @Test("a group that took no part or is empty is no parameter, but a capture")
    func absent() async throws {
        let router = Router()
        router.get(/^\/a(b)?(c*)(d)/) { ctx in
            ctx.body = .text("\(ctx.params) \(ctx.captures)")
        }
        #expect(try await router.client.get("/ad").text == #"2: d [nil, Optional(""), Optional("d")]"#)
    }

    @Test("values are percent-decoded, captures aren't")
    func decoding() async throws {
        let router = Router()
        router.get(/^\/x\/(?<rest>.+)$/) { ctx in ctx.body = .text("\(ctx.params["rest"]!) \(ctx.captures[0]!)") }
        #expect(try await router.client.get("/x/a%20b").text == "a b a%20b")
        #expect(try await router.client.get("/x/100%").text == "100% 100%")
    }

    @Test("may have a name, of which no URL can be made")
    func named() async throws {
        let router = Router()
        router.get(/^\/x/, name: "x") { ctx in ctx.body = .text(ctx.matchedRouteName ?? "") }
        #expect(try await router.client.get("/x").text == "x")
        let error = #expect(throws: RouteError.self) { try router.url("x") }
        #expect(
            error?.message == "Cannot generate URL for routes defined with RegExp paths. "
                + "Use string paths with named parameters instead.")
    }

    @Test("stands in the order of the other routes")
    func order() async throws {
        let router = Router()
        router.get("/x", mark("first"))
        router.get(/^\/x/, mark("second"))
        router.get("/:any", answer("third"))
        #expect(try await router.client.get("/x").order == ["first", "second", "third"])
    }

    @Test("doesn't move below a prefix, nor below a router's")
    func prefix() async throws {
        let router = Router(prefix: "/api")
        router.get(/^\/x$/, answer("x"))
        let outer = Router()
        outer.use("/outer", router.routes())
        #expect(try await router.client.get("/x").text == "x")
        #expect(try await outer.client.get("/x").text == "x")
        #expect(try await outer.client.get("/outer/api/x").status == .notFound)
    }

    @Test("may be built, and take a type from a capture")
    func builder() async throws {
        let router = Router()
        router.get(
            Regex {
                Anchor.startOfSubject
                "/n/"
                Capture { OneOrMore(.digit) }
                Anchor.endOfSubject
            }, answer("number"))
        #expect(try await router.client.get("/n/12").text == "number")
        #expect(try await router.client.get("/n/x").status == .notFound)
    }

    @Test("an expression that looks at the case does so whatever the router's sensitive says")
    func insensitive() async throws {
        let router = Router()
        router.get(/^\/Case$/, answer("sensitive"))
        router.get(/^\/any$/.ignoresCase(), answer("any"))
        #expect(try await router.client.get("/case").status == .notFound)
        #expect(try await router.client.get("/ANY").text == "any")
    }

    @Test("constraints are for its groups")
    func constraints() async throws {
        let router = Router()
        router.get(/^\/u\/(?<id>[^\/]+)\/(\w+)$/, where: ["id": .int, "1": .one(of: "a", "b")], answer("constrained"))
        router.get(/^\/v(\d)?$/, where: ["0": .int], answer("optional"))
        let client = router.client
        #expect(try await client.get("/u/12/a").text == "constrained")
        #expect(try await client.get("/u/x/a").status == .notFound)
        #expect(try await client.get("/u/12/c").status == .notFound)
        #expect(try await client.get("/v").text == "optional")
    }

    @Test("with a constraint for a group that it hasn't, it matches nothing")
    func unknownConstraint() async throws {
        let router = Router()
        router.get(/^\/u\/(?<id>.+)$/, where: ["ID": .int], answer("x"))
        #expect(try await router.client.get("/u/12").status == .notFound)
    }

    @Test("middleware of an expression fill in its groups for the routes behind it")
    func middleware() async throws {
        let router = Router()
        router.use(/^\/teams\/(?<team>\w+)/, mark("team"))
        router.get("/teams/*rest") { ctx in ctx.body = .text("\(ctx.params)") }
        let response = try await router.client.get("/teams/red/players")
        #expect(response.text == "team: red, rest: red/players")
        #expect(response.order == ["team"])
    }
}
