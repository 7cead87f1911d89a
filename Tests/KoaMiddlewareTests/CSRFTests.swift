import KoaBody
import KoaKeygrip
import KoaTesting
import Testing

@testable import KoaMiddleware

@Suite("csrf")
struct CSRFTests {
    private func app(_ protection: CSRF = csrf()) -> Application {
        let app = Application()
        app.silent = true
        app.keys = ["some secret hurr"]
        app.use(protection)
        app.use { ctx in
            if ctx.path == "/renew" { try ctx.renewCSRFToken() }
            ctx.body = .text(ctx.path == "/plain" ? "" : try ctx.csrfToken)
        }
        return app
    }

    /// A browser that has been given a secret, and a token of it.
    private func visitor(_ app: Application) async throws -> (client: TestClient, token: String) {
        var client = app.test.keepingCookies()
        client.headers = ["Host": "example.com"]
        return (client, try await client.get("/").text)
    }

    private func failure(of app: Application, _ request: (TestClient) async throws -> TestResponse) async throws
        -> CSRFFailure?
    {
        let failures = Recording<CSRFFailure?>()
        app.onError { error, _ in failures.add((error as? HTTPError)?.cause as? CSRFFailure) }
        let response = try await request(app.test)
        guard let failure = failures.values.first else { return nil }
        #expect(response.status == 403)
        #expect(response.text == "Invalid CSRF token")
        return failure
    }

    @Test("makes tokens that differ in each response and not within one, of letters, digits, - and _")
    func tokens() async throws {
        let app = app()
        let (client, first) = try await visitor(app)
        let second = try await client.get("/").text
        #expect(first != second)
        #expect(first.utf8.count == 48)
        #expect(
            first.utf8.allSatisfy {
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8.contains($0)
            })
        let twice = Application()
        twice.keys = ["k"]
        twice.use(csrf())
        twice.use { ctx in ctx.body = .text("\(try ctx.csrfToken == ctx.csrfToken)") }
        #expect(try await twice.test.get("/").text == "true")
    }

    @Test("sets a signed cookie that scripts can't read with the first token alone, and varies by it")
    func cookie() async throws {
        let app = app()
        let response = try await app.test.get("/")
        let cookies = response.headers.all("Set-Cookie")
        #expect(cookies.count == 2)
        #expect(cookies.allSatisfy { $0.contains("httponly") && $0.lowercased().contains("path=/") })
        #expect(cookies.first?.lowercased().contains("samesite=lax") == true)
        #expect(cookies.last?.hasPrefix("csrf.sig=") == true)
        #expect(response.get("Vary") == "Cookie")
        #expect(try await app.test.get("/plain").headers.all("Set-Cookie").isEmpty)
        #expect(try await app.test.get("/plain").get("Vary") == nil)
        let (client, _) = try await visitor(app)
        #expect(try await client.get("/").headers.all("Set-Cookie").isEmpty)
    }

    @Test(
        "takes each token of the browser's secret from any of four headers",
        arguments: ["CSRF-Token", "XSRF-Token", "X-CSRF-Token", "X-XSRF-Token"])
    func headers(name: String) async throws {
        let app = app()
        let (client, first) = try await visitor(app)
        let second = try await client.get("/").text
        for token in [first, second, first] {
            #expect(try await client.post("/", headers: [name: token]).status == 200)
        }
    }

    @Test("takes the token from the query unless that is off, and from where a closure finds it")
    func sources() async throws {
        let (client, token) = try await visitor(app())
        #expect(try await client.post("/?_csrf=\(token)").status == 200)
        let (strict, other) = try await visitor(app(csrf(readsQuery: false)))
        #expect(try await strict.post("/?_csrf=\(other)").status == 403)
        let (form, third) = try await visitor(app(csrf(formToken: { ctx in ctx.get("X-Form") })))
        #expect(try await form.post("/", headers: ["X-Form": third]).status == 200)
        #expect(try await form.post("/", headers: ["X-Form": token]).status == 403)
    }

    @Test(
        "takes the token from a field of a form or of JSON that a body parser has read, and from no file or list",
        arguments: [
            ("application/x-www-form-urlencoded", "_csrf=TOKEN", 200),
            ("application/json", #"{"_csrf":"TOKEN"}"#, 200),
            ("application/json", #"{"_csrf":["TOKEN"]}"#, 403),
            ("application/json", #"["TOKEN"]"#, 403),
            ("application/x-www-form-urlencoded", "_csrf=", 403),
            ("text/plain", "_csrf=TOKEN", 403),
        ])
    func parsedBody(type: String, body: String, status: Int) async throws {
        let app = Application()
        app.keys = ["a"]
        app.use(bodyParser())
        app.use(csrf())
        app.use { ctx in ctx.body = .text(try ctx.csrfToken) }
        let (client, token) = try await visitor(app)
        let text = body.replacing("TOKEN", with: token)
        let response = try await client.post("/", headers: ["Content-Type": type], body: .text(text))
        #expect(response.status.code == status)
    }

    @Test(
        "refuses every method that may change something", arguments: [HTTPRequest.Method.post, .put, .patch, .delete])
    func methods(method: HTTPRequest.Method) async throws {
        let (client, token) = try await visitor(app())
        #expect(try await client.request(method, "/").status == 403)
        #expect(try await client.request(method, "/", headers: ["X-CSRF-Token": token]).status == 200)
    }

    @Test("refuses without a secret, a token, or the right one, and says why as the error's cause")
    func failures() async throws {
        let app = app()
        let (client, token) = try await visitor(app)
        let (other, _) = try await visitor(app)
        #expect(try await failure(of: app) { try await $0.post("/", headers: ["X-CSRF-Token": token]) } == .noSecret)
        for (jar, headers, expected): (TestClient, Headers, CSRFFailure) in [
            (client, [:], .noToken), (client, ["X-CSRF-Token": ""], .noToken),
            (client, ["X-CSRF-Token": "x"], .wrongToken), (client, ["X-CSRF-Token": token + "AAAA"], .wrongToken),
            (client, ["X-CSRF-Token": String(token.dropLast())], .wrongToken),
            (client, ["X-CSRF-Token": String(repeating: "A", count: 48)], .wrongToken),
            (client, ["X-CSRF-Token": String(repeating: "A", count: 4_000)], .wrongToken),
            (other, ["X-CSRF-Token": token], .wrongToken),
        ] {
            let failures = Recording<CSRFFailure?>()
            let app = self.app()
            app.onError { error, _ in failures.add((error as? HTTPError)?.cause as? CSRFFailure) }
            var sender = app.test
            sender.cookies = jar.cookies
            sender.headers = jar.headers
            #expect(try await sender.post("/", headers: headers).text == "Invalid CSRF token")
            #expect(failures.values == [expected])
        }
    }

    @Test("doesn't take a secret whose signature is missing or wrong: nobody else can plant one")
    func planted() async throws {
        let app = app()
        let (_, _) = try await visitor(app)
        let planted = CSRFToken()
        for cookie in [
            "csrf=\(planted.secretText)", "csrf=\(planted.secretText); csrf.sig=AAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ] {
            let response = try await app.test.post("/", headers: ["Cookie": cookie, "X-CSRF-Token": planted.make()])
            #expect(response.status == 403)
        }
    }

    @Test(
        "refuses what a browser says another site sent, even with a good token",
        arguments: [
            (["Sec-Fetch-Site": "cross-site"], false), (["Sec-Fetch-Site": "same-site"], false),
            (["Sec-Fetch-Site": "odd"], false), (["Sec-Fetch-Site": "same-origin"], true),
            (["Sec-Fetch-Site": "none"], true), (["Origin": "https://evil.com"], false), (["Origin": "null"], false),
            (["Origin": "https://example.com"], true), (["Origin": "http://EXAMPLE.com"], true),
            (["Origin": "https://example.com:8443"], false), (["Origin": "https://example.com.evil.com"], false),
            (["Origin": "https://evil.com", "Sec-Fetch-Site": "same-origin"], true),
            (["Origin": "https://app.com"], true),
            (["Origin": "https://app.com", "Sec-Fetch-Site": "cross-site"], true),
            ([:], true),
        ] as [(Headers, Bool)])
    func origins(given: Headers, isTaken: Bool) async throws {
        let (client, token) = try await visitor(app(csrf(trustedOrigins: ["https://app.com"])))
        var headers = given
        headers.set("X-CSRF-Token", token)
        #expect(try await client.post("/", headers: headers).status == (isTaken ? 200 : 403))
        headers.remove("X-CSRF-Token")
        #expect(try await client.post("/", headers: headers).status == 403)
    }

    @Test("lets exempt requests and methods of its options through")
    func exempt() async throws {
        let client = app(csrf(excludedMethods: ["POST"], isExempt: { ctx in ctx.path == "/hook" })).test
        #expect(try await client.post("/plain").status == 200)
        #expect(try await client.put("/hook").status == 200)
        #expect(try await client.put("/plain").status == 403)
        #expect(try await client.get("/plain").status == 403)
    }

    @Test("begins with a new secret when asked to, and the old tokens are worthless")
    func renewing() async throws {
        let (client, token) = try await visitor(app())
        let fresh = try await client.get("/renew").text
        #expect(try await client.post("/", headers: ["X-CSRF-Token": token]).status == 403)
        #expect(try await client.post("/", headers: ["X-CSRF-Token": fresh]).status == 200)
    }

    @Test("keeps the secret where another store has it")
    func stores() async throws {
        let kept = Recording<String>()
        struct Held: CSRFSecretStore {
            let kept: Recording<String>
            func secret(_ ctx: Context) -> String? { kept.values.last }
            func save(_ secret: String, _ ctx: Context) { kept.add(secret) }
        }
        let app = Application()
        app.use(csrf(store: Held(kept: kept)))
        app.use { ctx in ctx.body = .text(try ctx.csrfToken) }
        try app.prepare()
        let response = try await app.test.get("/")
        #expect(response.headers.all("Set-Cookie").isEmpty)
        #expect(kept.values.count == 1)
        #expect(try await app.test.post("/", headers: ["X-CSRF-Token": response.text]).status == 200)
    }

    @Test("refuses to start without keys or with a trusted origin that is none, and never serves unprotected")
    func setup() async throws {
        let keyless = Application()
        keyless.silent = true
        keyless.use(csrf())
        keyless.use { ctx in ctx.body = "in" }
        let error = #expect(throws: KoaError.self) { try keyless.prepare() }
        #expect(error?.message.contains("app.keys") == true)
        // As a function it isn't looked at before.
        let unprepared = Application()
        unprepared.silent = true
        unprepared.use(csrf().middleware)
        unprepared.use { ctx in ctx.body = .text(ctx.method == .get ? try ctx.csrfToken : "in") }
        #expect(try await unprepared.test.get("/").status == 500)
        #expect(try await unprepared.test.post("/").status == 403)
        #expect(try await unprepared.test.post("/", headers: ["Cookie": "csrf=a; csrf.sig=b"]).status == 500)
        #expect(throws: KoaError.self) { try app(csrf(trustedOrigins: ["a.com"])).prepare() }
        #expect(throws: KoaError.self) { try app(csrf(trustedOrigins: ["https://a.com", "null"])).prepare() }
        #expect(throws: KoaError.self) { try app(csrf(store: CSRFCookie(name: ""))).prepare() }
        #expect(throws: Never.self) { try app().prepare() }
    }

    @Test("says what is missing where a token is read without it")
    func missing() async throws {
        let app = Application()
        app.silent = true
        let errors = Recording<String>()
        app.onError { error, _ in errors.add("\(error)") }
        app.use { ctx in ctx.body = .text(try ctx.csrfToken) }
        #expect(try await app.test.get("/").status == 500)
        #expect(errors.values.first?.contains("app.use(csrf())") == true)
    }

    @Test("makes secrets and tokens that never repeat, and knows its own tokens alone")
    func secrets() {
        let secrets = (0..<200).map { _ in CSRFToken() }
        #expect(Set(secrets.map(\.secretText)).count == 200)
        let tokens = secrets.map { $0.make() }
        #expect(Set(tokens).count == 200)
        for (index, secret) in secrets.enumerated() {
            #expect(secret.matches(tokens[index]))
            #expect(!secret.matches(tokens[(index + 1) % 200]))
            #expect(secret.secretText.utf8.count == 24)
            #expect(CSRFToken(secret: secret.secretText)?.matches(tokens[index]) == true)
        }
    }

    @Test(
        "takes no other text for a secret or a token",
        arguments: ["", "a", "AAAA", "*", String(repeating: "A", count: 47), String(repeating: "é", count: 24)])
    func malformed(text: String) {
        #expect(CSRFToken(secret: text) == nil)
        #expect(!CSRFToken().matches(text))
    }

    @Test("refuses a token of which any one letter is another")
    func changed() {
        let secret = CSRFToken()
        let token = Array(secret.make().utf8)
        for index in token.indices {
            var other = token
            other[index] = other[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(!secret.matches(String(decoding: other, as: UTF8.self)))
        }
    }

    @Test("compares in constant time, and rightly")
    func comparing() {
        for (given, expected, isEqual) in [
            ("", "", true), ("a", "", false), ("", "a", false), ("abc", "abc", true), ("abd", "abc", false),
            ("ab", "abc", false), ("abcabc", "abc", false), ("\u{0}", "", false),
        ] {
            #expect(ConstantTime.isEqual(given.utf8, to: expected.utf8) == isEqual)
        }
    }
}
