import KoaMiddleware
import KoaTesting
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

private func basic(_ text: String, scheme: String = "Basic") -> String {
    "\(scheme) \(Data(text.utf8).base64EncodedString())"
}

private func serving(_ guarded: any MiddlewareProtocol) -> TestClient {
    let app = Application()
    app.silent = true
    app.use(guarded)
    app.use { ctx in ctx.body = .text("in: \(ctx.state.basicAuthName ?? ctx.state.bearerToken ?? "?")") }
    return app.test
}

@Suite("basicAuth")
struct BasicAuthTests {
    @Test("lets in who knows name and password, and says who it is")
    func valid() async throws {
        let client = serving(basicAuth(name: "tobi", password: "fer:ret"))
        #expect(try await client.get("/", headers: ["Authorization": basic("tobi:fer:ret")]).text == "in: tobi")
    }

    @Test("answers others with 401 and a challenge")
    func invalid() async throws {
        let client = serving(basicAuth(name: "tobi", password: "ferret"))
        for field in [
            nil, "", basic("tobi:ferre"), basic("tobi:ferrett"), basic("tob:ferret"), basic("tobi:"), basic(":ferret"),
            basic("tobiferret"), basic("tobi:ferret", scheme: "Bearer"), "Basic", "Basic !!!", "Basic dG9iaQ==",
            basic("tobi:ferret") + " x", basic("TOBI:ferret"),
        ] {
            let response = try await client.get("/", headers: field.map { ["Authorization": $0] } ?? [:])
            #expect(response.status == 401)
            #expect(response.get("WWW-Authenticate") == "Basic realm=\"Secure Area\"")
            #expect(response.text == "Unauthorized")
        }
    }

    @Test("names its realm, with quotes escaped")
    func realm() async throws {
        let response = try await serving(basicAuth(name: "a", password: "b", realm: #"The "den" \"#)).get("/")
        #expect(response.get("WWW-Authenticate") == #"Basic realm="The \"den\" \\""#)
    }

    @Test("asks for a name alone, or a password alone")
    func either() async throws {
        let name = serving(basicAuth(name: "a", password: nil))
        #expect(try await name.get("/", headers: ["Authorization": basic("a:any")]).status == 200)
        #expect(try await name.get("/", headers: ["Authorization": basic("b:any")]).status == 401)
        let password = serving(basicAuth(name: nil, password: "b"))
        #expect(try await password.get("/", headers: ["Authorization": basic("any:b")]).status == 200)
        #expect(try await password.get("/", headers: ["Authorization": basic("any:c")]).status == 401)
    }

    @Test("asks a closure, which may put the user into the state")
    func verifying() async throws {
        let app = Application()
        app.use(
            basicAuth(realm: "den") { credentials, ctx in
                ctx.state["user"] = credentials.name + "!"
                return credentials.password == "right"
            })
        app.use { ctx in ctx.body = .text(ctx.state["user"] as? String ?? "") }
        #expect(try await app.test.get("/", headers: ["Authorization": basic("ada:right")]).text == "ada!")
        let refused = try await app.test.get("/", headers: ["Authorization": basic("ada:wrong")])
        #expect(refused.get("WWW-Authenticate") == "Basic realm=\"den\"")
    }

    @Test(
        "reads credentials as RFC 7617 has them",
        arguments: [
            (basic("foo:bar"), "foo", "bar"), (basic("foo:"), "foo", ""), (basic(":bar"), "", "bar"),
            (basic(":"), "", ""),
            (basic("foo:pass:word"), "foo", "pass:word"), (basic("foo:bar", scheme: "BASIC"), "foo", "bar"),
            (basic("foo:bar", scheme: "BaSiC"), "foo", "bar"), (basic("jürgen:größe"), "jürgen", "größe"),
        ])
    func parsing(field: String, name: String, password: String) {
        #expect(BasicCredentials(authorization: field) == BasicCredentials(name: name, password: password))
    }

    @Test(
        "reads nothing else as credentials",
        arguments: ["", "Something", "basic_ Zm9v", "basic", "basic foo", "Basic Zm9vcg=="])
    func malformed(field: String) {
        #expect(BasicCredentials(authorization: field) == nil)
    }

    @Test(
        "refuses to start with what lets everybody in, or nobody",
        arguments: [
            ("tobi", ""), (nil, ""), ("", nil), ("", ""), ("to:bi", "ferret"), (":", nil), ("to:\u{301}bi", "ferret"),
        ] as [(String?, String?)])
    func useless(name: String?, password: String?) async throws {
        let app = Application()
        let guarded = basicAuth(name: name, password: password)
        app.use(guarded)
        let error = #expect(throws: KoaError.self) { try app.prepare() }
        #expect(error?.code == .invalidSetup)
        let field = basic("\(name ?? "any"):\(password ?? "any")")
        let unprepared = Application(silent: true)
        unprepared.use(guarded.middleware)
        unprepared.use { ctx in ctx.body = "in" }
        #expect(try await unprepared.test.get("/", headers: ["Authorization": field]).status == 401)
    }

    @Test("starts with an empty name where there is a password")
    func emptyName() async throws {
        let client = serving(basicAuth(name: "", password: "key"))
        #expect(try await client.get("/", headers: ["Authorization": basic(":key")]).status == 200)
        #expect(try await client.get("/", headers: ["Authorization": basic("x:key")]).status == 401)
    }

    @Test("refuses to start without a name and a password, and lets nobody in then")
    func setup() async throws {
        let open = basicAuth(name: nil, password: nil)
        let app = Application()
        app.use(open)
        let error = #expect(throws: KoaError.self) { try app.prepare() }
        #expect(error?.message.contains("name and/or password is required") == true)
        let unprepared = Application()
        unprepared.silent = true
        unprepared.use(open.middleware)
        unprepared.use { ctx in ctx.body = "in" }
        #expect(try await unprepared.test.get("/", headers: ["Authorization": basic("a:b")]).status == 401)
        let odd = Application()
        odd.use(basicAuth(realm: "a\r\nb") { _, _ in true })
        #expect(throws: KoaError.self) { try odd.prepare() }
    }
}

@Suite("bearerAuth")
struct BearerAuthTests {
    @Test("lets in who bears one of its tokens, whatever the scheme's case")
    func valid() async throws {
        let client = serving(bearerAuth(tokens: ["one", "two"]))
        for field in ["Bearer one", "bearer two", "BEARER  two"] {
            let response = try await client.get("/", headers: ["Authorization": field])
            #expect(response.text == "in: \(field.suffix(3))")
        }
    }

    @Test("takes every token that RFC 6750 has", arguments: ["a", "aZ09-._~+/", "YQ==", "a-long-random-text"])
    func syntax(token: String) async throws {
        let client = serving(bearerAuth(tokens: [token]))
        #expect(try await client.get("/", headers: ["Authorization": "Bearer \(token)"]).text == "in: \(token)")
    }

    @Test("asks others for a token, and says when it is invalid")
    func invalid() async throws {
        let client = serving(bearerAuth(tokens: ["one"], realm: "api"))
        for (field, challenge) in [
            ("", #"Bearer realm="api""#), ("Basic one", #"Bearer realm="api""#), ("Bearer", #"Bearer realm="api""#),
            ("Bearer one two", #"Bearer realm="api""#), ("Bearer on", #"Bearer realm="api", error="invalid_token""#),
            ("Bearer onee", #"Bearer realm="api", error="invalid_token""#),
        ] {
            let response = try await client.get("/", headers: field.isEmpty ? [:] : ["Authorization": field])
            #expect(response.status == 401)
            #expect(response.get("WWW-Authenticate") == challenge)
        }
    }

    @Test("asks a closure, which may put the user into the state")
    func verifying() async throws {
        let app = Application()
        app.use(
            bearerAuth { token, ctx in
                ctx.state["user"] = "ada"
                return token == "right"
            })
        app.use { ctx in ctx.body = .text(ctx.state["user"] as? String ?? "") }
        #expect(try await app.test.get("/", headers: ["Authorization": "Bearer right"]).text == "ada")
        #expect(try await app.test.get("/", headers: ["Authorization": "Bearer wrong"]).status == 401)
    }

    @Test(
        "refuses to start without a token, or with one that is empty or that nobody can send, and lets nobody in then",
        arguments: [
            [], ["a", ""], ["a", "b c"], ["a", "ä"], ["a", "b,"], ["a", "="], ["a", "b=c"], ["a", "\"b\""],
            ["a", "b\n"],
        ])
    func setup(tokens: [String]) async throws {
        let app = Application()
        app.use(bearerAuth(tokens: tokens))
        #expect(throws: KoaError.self) { try app.prepare() }
        let unprepared = Application()
        unprepared.silent = true
        unprepared.use(bearerAuth(tokens: tokens).middleware)
        unprepared.use { ctx in ctx.body = "in" }
        #expect(try await unprepared.test.get("/", headers: ["Authorization": "Bearer a"]).status == 401)
    }
}
