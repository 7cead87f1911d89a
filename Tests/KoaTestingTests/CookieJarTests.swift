import FoundationEssentials
import KoaTesting
import Testing

@Suite("CookieJar")
struct CookieJarTests {
    private static let start = Date(timeIntervalSince1970: 1_700_000_000)

    /// A Set-Cookie line, where it comes from, and the request whose Cookie field it makes.
    struct Rule: Sendable {
        var line: String
        var from = "/"
        var of = "example.com"
        var to = "/"
        var at = "example.com"
        var sent: String? = "a=1"
    }

    private func sent(_ rule: Rule, secure: Bool = false, to isSecure: Bool = false) -> String? {
        let jar = CookieJar(clock: ManualClock(Self.start))
        jar.store([rule.line], from: rule.from, host: rule.of, isSecure: secure)
        return jar.header(for: rule.to, host: rule.at, isSecure: isSecure)
    }

    static let hosts: [Rule] = [
        Rule(line: "a=1"),
        Rule(line: "a=1", at: "EXAMPLE.com"),
        Rule(line: "a=1", at: "www.example.com", sent: nil),
        Rule(line: "a=1; domain=example.com", at: "www.example.com"),
        Rule(line: "a=1; Domain=.Example.COM", at: "a.b.example.com"),
        Rule(line: "a=1; domain=example.com", at: "badexample.com", sent: nil),
        Rule(line: "a=1; domain=example.com", of: "www.example.com", at: "example.com"),
        Rule(line: "a=1; domain=www.example.com", sent: nil),
        Rule(line: "a=1; domain=other.com", at: "other.com", sent: nil),
        Rule(line: "a=1; domain=com", at: "other.com", sent: nil),
        Rule(line: "a=1; domain=", at: "example.com"),
        Rule(line: "a=1; domain=127.0.0.1", of: "127.0.0.1", at: "127.0.0.1"),
        Rule(line: "a=1; domain=0.0.1", of: "127.0.0.1", at: "127.0.0.1", sent: nil),
        Rule(line: "a=1; domain=localhost", of: "localhost", at: "localhost"),
        Rule(line: "a=1; domain=localhost", of: "localhost", at: "x.localhost", sent: nil),
    ]

    static let paths: [Rule] = [
        Rule(line: "a=1", from: "/docs/api?x=/y/z", to: "/docs"),
        Rule(line: "a=1", from: "/docs/api", to: "/docs/other?q"),
        Rule(line: "a=1", from: "/docs/api", to: "/", sent: nil),
        Rule(line: "a=1", from: "/docs", to: "/"),
        Rule(line: "a=1; path=/", from: "/docs/api", to: "/"),
        Rule(line: "a=1; path=/docs", to: "/docs"),
        Rule(line: "a=1; path=/docs", to: "/docs/"),
        Rule(line: "a=1; path=/docs", to: "/docs?q"),
        Rule(line: "a=1; path=/docs", to: "/docsmore", sent: nil),
        Rule(line: "a=1; path=/docs/", to: "/docs", sent: nil),
        Rule(line: "a=1; path=docs", to: "/other"),
        Rule(line: "a=1; path=/x; path=", from: "/docs/api", to: "/docs"),
    ]

    static let forms: [Rule] = [
        Rule(line: "  a = 1 ; HttpOnly"),
        Rule(line: "a=1;;;unknown=x;samesite=Lax"),
        Rule(line: "a=", sent: "a="),
        Rule(line: "a=b=c", sent: "a=b=c"),
        Rule(line: "a=\"1 2\"", sent: "a=\"1 2\""),
        Rule(line: "=1", sent: nil),
        Rule(line: "a", sent: nil),
        Rule(line: "", sent: nil),
        Rule(line: ";a=1", sent: nil),
    ]

    @Test("goes back to its host, or to those of its domain", arguments: hosts)
    func sendsByHost(_ rule: Rule) {
        #expect(sent(rule) == rule.sent)
    }

    @Test("goes back below its path", arguments: paths)
    func sendsByPath(_ rule: Rule) {
        #expect(sent(rule) == rule.sent)
    }

    @Test("reads what browsers read", arguments: forms)
    func readsForms(_ rule: Rule) {
        #expect(sent(rule) == rule.sent)
    }

    @Test("a secure cookie is taken and sent over encrypted connections alone")
    func secure() {
        let rule = Rule(line: "a=1; Secure")
        #expect(sent(rule, secure: true, to: true) == "a=1")
        #expect(sent(rule, secure: true, to: false) == nil)
        #expect(sent(rule, secure: false, to: true) == nil)
    }

    @Test(
        "a name's prefix holds what it promises",
        arguments: [
            ("__Secure-a=1; secure", true), ("__Secure-a=1", false), ("__host-a=1; secure; path=/", true),
            ("__Host-a=1; secure", false), ("__Host-a=1; secure; path=/x", false),
            ("__Host-a=1; secure; path=/; domain=example.com", false),
        ]
    )
    func prefixes(_ line: String, _ isKept: Bool) {
        let jar = CookieJar(clock: ManualClock(Self.start))
        jar.store([line], from: "/", host: "example.com", isSecure: true)
        #expect(jar.all.count == (isKept ? 1 : 0))
    }

    @Test(
        "lives until it expires by the clock; Max-Age counts before Expires",
        arguments: [
            ("a=1", nil), ("a=1; max-age=60", 60), ("a=1; Max-Age=60; expires=Thu, 01 Jan 1970 00:00:00 GMT", 60),
            ("a=1; expires=Tue, 14 Nov 2023 22:14:20 GMT", 60), ("a=1; expires=Tuesday, 14-Nov-23 22:14:20 GMT", 60),
            ("a=1; expires=nonsense", nil), ("a=1; max-age=soon", nil), ("a=1; max-age=99999999999999999999", nil),
            ("a=1; max-age=0", 0), ("a=1; max-age=-5", 0), ("a=1; max-age=-99999999999999999999", 0),
            ("a=1; expires=Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ] as [(String, Int?)]
    )
    func expiry(_ line: String, _ seconds: Int?) {
        let clock = ManualClock(Self.start)
        let jar = CookieJar(clock: clock)
        jar.store([line], from: "/", host: "example.com")
        guard let seconds else {
            clock.advance(by: .days(1000))
            #expect(jar["a"] == "1")
            return
        }
        guard seconds > 0 else {
            #expect(jar.all.isEmpty)
            return
        }
        #expect(jar.all.first?.expires == Self.start.addingTimeInterval(Double(seconds)))
        clock.advance(by: .seconds(seconds - 1))
        #expect(jar["a"] == "1")
        clock.advance(by: .seconds(1))
        #expect(jar["a"] == nil)
        #expect(jar.header(for: "/", host: "example.com") == nil)
    }

    @Test("replaces a cookie of the same name, host and path, and keeps its place")
    func replaces() {
        let jar = CookieJar()
        jar.store(["a=1", "b=2", "a=3", "a=4; path=/x"], from: "/", host: "example.com")
        #expect(jar.all.map { "\($0.name)=\($0.value) \($0.path)" } == ["a=3 /", "b=2 /", "a=4 /x"])
        jar.store(["a=; expires=Thu, 01 Jan 1970 00:00:00 GMT"], from: "/", host: "example.com")
        #expect(jar.all.map(\.value) == ["2", "4"])
    }

    @Test("sends those of longer paths first, then the older")
    func order() {
        let jar = CookieJar()
        jar.store(["a=1", "b=2; path=/x/y", "c=3; path=/x", "d=4"], from: "/", host: "example.com")
        #expect(jar.header(for: "/x/y/z", host: "example.com") == "b=2; c=3; a=1; d=4")
    }

    @Test("a cookie of the test goes everywhere")
    func byHand() {
        let jar = CookieJar()
        jar["a"] = "1"
        #expect(jar.header(for: "/any/where", host: "any.host") == "a=1")
        jar["a"] = "2"
        #expect(jar.all.count == 1)
        jar["a"] = nil
        #expect(jar.header(for: "/", host: "any.host") == nil)
        jar["b"] = "1"
        jar.removeAll()
        #expect(jar.all.isEmpty)
    }

    @Test("tells the attributes")
    func attributes() throws {
        let jar = CookieJar()
        jar.store(["a=1; HttpOnly; SameSite=Strict; domain=example.com"], from: "/", host: "www.example.com")
        let cookie = try #require(jar.all.first)
        #expect(cookie.isHTTPOnly && !cookie.isHostOnly && !cookie.isSecure)
        #expect(cookie.sameSite == "strict" && cookie.host == "example.com" && cookie.expires == nil)
    }

    @Test("has a limit, and drops the oldest")
    func limit() {
        let jar = CookieJar()
        jar.store((0..<501).map { "c\($0)=1" }, from: "/", host: "example.com")
        #expect(jar.all.count == 500)
        #expect(jar["c0"] == nil && jar["c500"] == "1")
    }
}

@Suite("a client's cookies", .timeLimit(.minutes(10)))
struct ClientCookieTests {
    private func makeApp(_ clock: ManualClock) -> Application {
        let app = Application(silent: true, clock: clock)
        app.use { ctx in
            if ctx.path == "/in" { ctx.cookies.set("user", "ada", .init(maxAge: .minutes(1))) }
            if ctx.path == "/out" { ctx.cookies.set("user", nil) }
            ctx.body = .text(ctx.get("Cookie"))
        }
        return app
    }

    @Test("are kept on request, and expire by the application's clock", arguments: [false, true])
    func keeps(isLive: Bool) async throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 1_700_000_000))
        let app = makeApp(clock)
        let base = isLive ? try await app.test.live() : app.test
        let client = base.keepingCookies()
        #expect(try await client.get("/in").text == "")
        #expect(client.cookies["user"] == "ada")
        #expect(try await client.get("/").text == "user=ada")
        #expect(try await client.get("/", headers: ["Cookie": "own=1"]).text == "own=1")
        #expect(try await client.get("/", headers: ["Host": "other.example"]).text == "")
        clock.advance(by: .seconds(61))
        #expect(try await client.get("/").text == "")

        #expect(try await client.get("/in").status == 200)
        #expect(try await client.get("/out").text == "user=ada")
        #expect(try await client.get("/").text == "")
        await client.stop()
    }

    @Test("are not kept by default, but sent when the test has set some")
    func doesNotKeep() async throws {
        let client = makeApp(ManualClock(Date(timeIntervalSince1970: 0))).test
        _ = try await client.get("/in")
        #expect(client.cookies.all.isEmpty)
        client.cookies["a"] = "1"
        #expect(try await client.get("/").text == "a=1")
    }

    @Test("a secure cookie needs a client that counts as encrypted")
    func secure() async throws {
        let app = Application()
        app.use { ctx in
            if ctx.secure { ctx.cookies.set("s", "1", .init(secure: true)) }
            ctx.body = .text(ctx.get("Cookie"))
        }
        var client = app.test.keepingCookies()
        client.isSecure = true
        _ = try await client.get("/")
        #expect(try await client.get("/").text == "s=1")
        client.isSecure = false
        #expect(try await client.get("/").text == "")
    }
}
