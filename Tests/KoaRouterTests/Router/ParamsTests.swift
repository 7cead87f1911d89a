import Foundation
import KoaRouter
import KoaTesting
import Testing

private enum Section: String, RouteParameter { case news, sport }

private struct Version: RouteParameter, LosslessStringConvertible, Equatable {
    let major: Int

    init?(_ description: String) {
        guard description.hasPrefix("v"), let major = Int(description.dropFirst()) else { return nil }
        self.major = major
    }

    var description: String { "v\(major)" }
}

@Suite("ctx.params")
struct ParamsTests {
    @Test("are the parameters of the path, in their order")
    func order() async throws {
        let router = Router()
        router.get("/:b/:a/*rest") { ctx in ctx.body = .text("\(ctx.params) \(ctx.params.names)") }
        #expect(try await router.client.get("/1/2/3/4").text == #"b: 1, a: 2, rest: 3/4 ["b", "a", "rest"]"#)
    }

    @Test(
        "are percent-decoded; what can't be stays as it is, and so does a plus",
        arguments: [
            ("a%20b", "a b"), ("a+b", "a+b"), ("%E4%BD%A0", "你"), ("%2F", "/"), ("%2e%2E", ".."), ("100%", "100%"),
            ("%zz", "%zz"), ("%E4", "%E4"), ("a%20b%", "a%20b%"), ("%00", "\0"), ("%C0%80", "%C0%80"),
            ("%25%32%30", "%20"),
        ])
    func decoding(raw: String, value: String) async throws {
        let router = Router()
        let seen = Recording<String?>()
        router.get("/x/:value") { ctx in seen.add(ctx.params["value"]) }
        _ = try await router.client.get("/x/\(raw)")
        #expect(seen.values == [value])
    }

    @Test("are the same on ctx.request, and empty without a router")
    func request() async throws {
        let router = Router()
        router.get("/:id") { ctx in ctx.body = .text("\(ctx.request.params == ctx.params) \(ctx.params)") }
        let app = Application(silent: true)
        app.use { ctx, next in
            #expect(ctx.params.pairs.isEmpty)
            try await next()
        }
        app.use(router.routes())
        #expect(try await app.test.get("/3").text == "true id: 3")
    }

    @Test("one that the path leaves out is none, also where its name is asked")
    func optional() async throws {
        let router = Router()
        router.get("/a{/:b}{/:c}") { ctx in ctx.body = .text("\(ctx.params.names) \(ctx.params["c"] ?? "nil")") }
        #expect(try await router.client.get("/a").text == "[] nil")
        #expect(try await router.client.get("/a/1").text == #"["b"] nil"#)
        #expect(try await router.client.get("/a/1/2").text == #"["b", "c"] 2"#)
    }

    @Test("of earlier routes stay, unless a later one has the same name")
    func merge() async throws {
        let router = Router()
        router.get("/:first/:both", mark("a"))
        router.get("/:both/:second") { ctx in ctx.body = .text("\(ctx.params)") }
        #expect(try await router.client.get("/1/2").text == "first: 1, both: 1, second: 2")
    }

    @Test("of an earlier router stay")
    func routers() async throws {
        let (first, second) = (Router(), Router())
        first.get("/:a/x", mark("first"))
        second.get("/:b/:c") { ctx in ctx.body = .text("\(ctx.params)") }
        let app = Application(silent: true)
        app.use(first.routes(), second.routes())
        #expect(try await app.test.get("/1/x").text == "a: 1, b: 1, c: x")
    }

    @Test("may be changed by a middleware")
    func changed() async throws {
        let router = Router()
        router.use { ctx, next in
            ctx.params["added"] = "1"
            ctx.params["id"] = "replaced by the route"
            try await next()
        }
        router.get("/:id") { ctx in
            ctx.params["gone"] = "x"
            ctx.params["gone"] = nil
            ctx.params["never"] = nil
            ctx.body = .text("\(ctx.params)")
        }
        #expect(try await router.client.get("/3").text == "added: 1, id: 3")
    }

    @Test("a name in quotes may be any text")
    func quoted() async throws {
        let router = Router()
        router.get(#"/:"user-id"/*"the rest""#) { ctx in
            ctx.body = .text("\(ctx.params["user-id"] ?? "") \(ctx.params["the rest"] ?? "")")
        }
        #expect(try await router.client.get("/3/a/b").text == "3 a/b")
    }
}

@Suite("ctx.params.require(_:as:)")
struct TypedParamsTests {
    private func client() -> TestClient {
        let router = Router()
        router.get("/int/:value") { ctx in ctx.body = "\(try ctx.params.require("value", as: Int.self) + 1)" }
        router.get("/uuid/:value") { ctx in
            ctx.body = .text(try ctx.params.require("value", as: UUID.self).uuidString)
        }
        router.get("/enum/:value") { ctx in ctx.body = .text(try ctx.params.require("value", as: Section.self).rawValue)
        }
        router.get("/own/:value") { ctx in ctx.body = "\(try ctx.params.require("value", as: Version.self).major)" }
        router.get("/bool/:value") { ctx in ctx.body = "\(try ctx.params.require("value", as: Bool.self))" }
        router.get("/double/:value") { ctx in ctx.body = "\(try ctx.params.require("value", as: Double.self))" }
        router.get("/byte/:value") { ctx in ctx.body = "\(try ctx.params.require("value", as: UInt8.self))" }
        router.get("/text/:value") { ctx in ctx.body = .text(try ctx.params.require("value")) }
        router.get("/missing/:value") { ctx in ctx.body = .text(try ctx.params.require("other")) }
        router.get("/get/:value") { ctx in
            let number: Int? = ctx.params.get("value")
            ctx.body = .text("\(number.map(String.init) ?? "nil") \(ctx.params.get("none", as: Int.self) == nil)")
        }
        return router.client
    }

    @Test(
        "is the value as that type",
        arguments: [
            ("/int/41", "42"), ("/int/-2", "-1"), ("/enum/sport", "sport"), ("/own/v12", "12"), ("/bool/true", "true"),
            ("/double/1.5", "1.5"), ("/byte/255", "255"), ("/text/a%20b", "a b"), ("/get/3", "3 true"),
            ("/get/x", "nil true"),
            (
                "/uuid/e621e1f8-c36c-495a-93fc-0c247a3e6e5f", "E621E1F8-C36C-495A-93FC-0C247A3E6E5F"
            ),
        ])
    func fits(target: String, text: String) async throws {
        let response = try await client().get(target)
        #expect(response.status == .ok)
        #expect(response.text == text)
    }

    @Test(
        "is a 404 where the value doesn't fit, or there is none",
        arguments: [
            "/int/x", "/int/1.5", "/int/9223372036854775808", "/int/%201", "/uuid/1", "/enum/Sport", "/enum/weather",
            "/own/12", "/bool/yes", "/byte/256", "/byte/-1", "/missing/x",
        ])
    func unfit(target: String) async throws {
        let response = try await client().get(target)
        #expect(response.status == .notFound)
        #expect(response.text == "Not Found")
    }

    @Test("leaves initializers of the standard library as they are")
    func initializers() {
        let number: Int? = Optional("12").flatMap(Int.init)
        #expect(number == 12)
        #expect(["1", "x"].compactMap(Double.init) == [1])
        #expect(["true"].compactMap(Bool.init) == [true])
    }

    @Test("types give back the texts that they were read from")
    func texts() throws {
        #expect(Section.news.parameter == "news")
        #expect(Version.value(ofParameter: "v3")?.parameter == "v3")
        #expect(Int.value(ofParameter: "12")?.parameter == "12")
        #expect(Character.value(ofParameter: "é")?.parameter == "é")
        #expect(Substring.value(ofParameter: "ab")?.parameter == "ab")
        #expect(Float.value(ofParameter: "0.5")?.parameter == "0.5")
        let id = UUID()
        #expect(UUID.value(ofParameter: id.parameter) == id)
        #expect(UUID.value(ofParameter: id.parameter.lowercased()) == id)
    }
}

@Suite("where: what a route's parameters have to be")
struct ConstraintTests {
    @Test("lets another route answer what doesn't fit")
    func another() async throws {
        let router = Router()
        router.get("/users/:id", where: ["id": .int], answer("by number"))
        router.get("/users/:id", where: ["id": .uuid], answer("by UUID"))
        router.get("/users/:id", where: ["id": .as(Section.self)], answer("by section"))
        router.get("/users/:name", answer("by name"))
        let client = router.client
        #expect(try await client.get("/users/12").text == "by number")
        #expect(try await client.get("/users/E621E1F8-C36C-495A-93FC-0C247A3E6E5F").text == "by UUID")
        #expect(try await client.get("/users/news").text == "by section")
        #expect(try await client.get("/users/ada").text == "by name")
    }

    @Test("a route that doesn't fit doesn't count: no middleware, no method")
    func unmatched() async throws {
        let router = Router()
        router.use(mark("use"))
        router.get("/users/:id", where: ["id": .int], answer("user"))
        let app = router.application(allowedMethods: true)
        let response = try await app.test.get("/users/x")
        #expect(response.status == .notFound)
        #expect(response.order.isEmpty)
        #expect(try await app.test.post("/users/x").status == .notFound)
        #expect(try await app.test.post("/users/1").status == .methodNotAllowed)
    }

    @Test("sees the value percent-decoded")
    func decoded() async throws {
        let router = Router()
        router.get("/:word", where: ["word": .one(of: "a b", "ü")], answer("word"))
        #expect(try await router.client.get("/a%20b").text == "word")
        #expect(try await router.client.get("/%C3%BC").text == "word")
        #expect(try await router.client.get("/a+b").status == .notFound)
    }

    @Test("an expression has to match the whole value")
    func expression() async throws {
        let router = Router()
        router.get("/:year", where: ["year": .matching(/\d{4}/)], answer("year"))
        #expect(try await router.client.get("/2024").text == "year")
        #expect(try await router.client.get("/20245").status == .notFound)
    }

    @Test("a function of one's own says")
    func own() async throws {
        let router = Router()
        router.get(
            "/:n", where: ["n": ParameterConstraint("even") { Int($0).map { $0 % 2 == 0 } ?? false }], answer("even"))
        #expect(try await router.client.get("/4").text == "even")
        #expect(try await router.client.get("/3").status == .notFound)
    }

    @Test("several have to hold together; wildcards may have one, too")
    func several() async throws {
        let router = Router()
        router.get(
            "/:a/:b/*rest", where: ["a": .int, "b": .int, "rest": .matching(/[a-z\/]+/)], answer("all"))
        #expect(try await router.client.get("/1/2/a/b").text == "all")
        #expect(try await router.client.get("/1/x/a/b").status == .notFound)
        #expect(try await router.client.get("/1/2/a/3").status == .notFound)
    }

    @Test("a parameter that the path leaves out isn't asked")
    func optional() async throws {
        let router = Router()
        router.get("/page{/:number}", where: ["number": .int], answer("page"))
        #expect(try await router.client.get("/page").text == "page")
        #expect(try await router.client.get("/page/2").text == "page")
        #expect(try await router.client.get("/page/x").status == .notFound)
    }

    @Test("go with a route into an outer router, and may be for a parameter of a prefix")
    func nested() async throws {
        let inner = Router(prefix: "/:team")
        inner.get("/:player", where: ["team": .one(of: "red", "blue"), "player": .int], answer("player"))
        let outer = Router()
        outer.use("/:league", inner.routes())
        #expect(try await outer.client.get("/x/red/7").text == "player")
        #expect(try await outer.client.get("/x/green/7").status == .notFound)
    }

    @Test("for a parameter that the path hasn't is an error when the application starts")
    func unknown() {
        let router = Router()
        router.get("/users/:id", where: ["ID": .int], answer("user"))
        let error = #expect(throws: RouteError.self) { try router.application().prepare() }
        #expect(error?.message == "The route /users/:id has no parameter `ID` that could be constrained.")
        #expect(error?.origin?.hasPrefix("KoaRouterTests/ParamsTests.swift:") == true)
    }
}
