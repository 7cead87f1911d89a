import KoaMiddleware
import KoaTesting
import Testing

@Suite("cors")
struct CORSTests {
    private func app(_ crossOrigin: CORS, _ handler: @escaping Handler = { ctx in ctx.body = "in" }) -> Application {
        let app = Application()
        app.silent = true
        app.use(crossOrigin)
        app.use(handler)
        return app
    }

    private let origin: Headers = ["Origin": "https://a.com"]
    private let preflight: Headers = [
        "Origin": "https://a.com", "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "X-A, X-B",
    ]

    @Test("allows all origins by default, whether the request has one or not, and varies by it")
    func defaults() async throws {
        for headers in [[:], origin] {
            let response = try await app(cors()).test.get("/", headers: headers)
            #expect(response.get("Access-Control-Allow-Origin") == "*")
            #expect(response.get("Access-Control-Allow-Credentials") == nil)
            #expect(response.get("Access-Control-Allow-Methods") == nil)
            #expect(response.get("Vary") == "Origin")
            #expect(response.text == "in")
        }
    }

    @Test("answers a preflight with 204, what it asks for, and nothing from downstream")
    func answersPreflight() async throws {
        let response = try await app(cors(maxAge: .seconds(3600))).test.options("/", headers: preflight)
        #expect(response.status == 204)
        #expect(response.get("Access-Control-Allow-Origin") == "*")
        #expect(response.get("Access-Control-Allow-Methods") == "GET,HEAD,PUT,POST,DELETE,PATCH")
        #expect(response.get("Access-Control-Allow-Headers") == "X-A, X-B")
        #expect(response.get("Access-Control-Max-Age") == "3600")
        #expect(response.get("Vary") == "Origin")
    }

    @Test("takes OPTIONS without Access-Control-Request-Method for a request like any other, without headers")
    func options() async throws {
        let response = try await app(cors()).test.options("/", headers: origin)
        #expect(response.text == "in")
        #expect(response.get("Access-Control-Allow-Origin") == nil)
        #expect(response.get("Vary") == "Origin")
    }

    @Test("sends the methods and headers of its options, and no empty ones")
    func lists() async throws {
        let full = cors(allowMethods: ["GET", "POST"], allowHeaders: ["X-C", "X-D"], exposeHeaders: ["X-E", "X-F"])
        let response = try await app(full).test.options("/", headers: preflight)
        #expect(response.get("Access-Control-Allow-Methods") == "GET,POST")
        #expect(response.get("Access-Control-Allow-Headers") == "X-C,X-D")
        #expect(response.get("Access-Control-Expose-Headers") == nil)
        #expect(try await app(full).test.get("/").get("Access-Control-Expose-Headers") == "X-E,X-F")
        let empty = try await app(cors(allowMethods: [])).test.options(
            "/", headers: ["Access-Control-Request-Method": "PUT"])
        #expect(empty.get("Access-Control-Allow-Methods") == nil)
        #expect(empty.get("Access-Control-Allow-Headers") == nil)
        #expect(empty.get("Access-Control-Max-Age") == nil)
    }

    @Test("names its one origin, whoever asks")
    func oneOrigin() async throws {
        for headers in [[:], origin, ["Origin": "https://b.com"]] {
            let response = try await app(cors(origin: "https://b.com")).test.get("/", headers: headers)
            #expect(response.get("Access-Control-Allow-Origin") == "https://b.com")
        }
        #expect(try await app(cors(origin: "*")).test.get("/").get("Access-Control-Allow-Origin") == "*")
    }

    @Test("names an origin of its list, byte by byte, and else has no headers, but varies")
    func list() async throws {
        let app = app(cors(origin: ["https://a.com", "https://b.com:8443"], credentials: true))
        for known in ["https://a.com", "https://b.com:8443"] {
            let response = try await app.test.get("/", headers: ["Origin": known])
            #expect(response.get("Access-Control-Allow-Origin") == known)
            #expect(response.get("Access-Control-Allow-Credentials") == "true")
        }
        for other in [
            "https://b.com", "http://a.com", "https://a.com.evil.com", "https://xa.com", "https://A.com", "null",
            "https://a.com:443", "https://a.com/", "https://a.com, https://b.com:8443",
        ] {
            for response in [
                try await app.test.get("/", headers: ["Origin": other]),
                try await app.test.options("/", headers: ["Origin": other, "Access-Control-Request-Method": "PUT"]),
            ] {
                #expect(response.text == "in")
                #expect(response.get("Access-Control-Allow-Origin") == nil)
                #expect(response.get("Access-Control-Allow-Credentials") == nil)
                #expect(response.get("Vary") == "Origin")
            }
        }
        #expect(try await app.test.get("/").get("Access-Control-Allow-Origin") == nil)
    }

    @Test("asks a closure, which may say none")
    func chosen() async throws {
        let choosing = cors(
            origin: .of { ctx in ctx.path == "/no" ? nil : ctx.path == "/empty" ? "" : "https://c.com" })
        let client = app(choosing).test
        #expect(try await client.get("/yes").get("Access-Control-Allow-Origin") == "https://c.com")
        #expect(try await client.get("/no").get("Access-Control-Allow-Origin") == nil)
        #expect(try await client.get("/empty").get("Access-Control-Allow-Origin") == nil)
        #expect(try await client.get("/no").get("Vary") == "Origin")
    }

    @Test("allows credentials to its origins, by a flag or a closure, in preflights too")
    func credentials() async throws {
        let client = app(cors(origin: "https://a.com", credentials: .when { ctx in ctx.path == "/yes" })).test
        for (path, expected) in [("/yes", "true"), ("/no", nil)] {
            #expect(try await client.get(path).get("Access-Control-Allow-Credentials") == expected)
            let response = try await client.options(path, headers: preflight)
            #expect(response.get("Access-Control-Allow-Credentials") == expected)
        }
    }

    @Test("never allows credentials beside a star, even one of a closure")
    func star() async throws {
        let client = app(cors(origin: .of { _ in "*" }, credentials: true)).test
        let response = try await client.get("/", headers: origin)
        #expect(response.get("Access-Control-Allow-Origin") == "*")
        #expect(response.get("Access-Control-Allow-Credentials") == nil)
    }

    @Test("refuses to start with credentials for all origins, and to serve without having been started")
    func refusesCredentials() async throws {
        for crossOrigin in [cors(credentials: true), cors(origin: "*", credentials: .when { _ in true })] {
            let app = app(crossOrigin)
            let error = #expect(throws: KoaError.self) { try app.prepare() }
            #expect(error?.code == .invalidSetup)
            #expect(error?.message.contains("credentials") == true)
            let unprepared = Application()
            unprepared.silent = true
            unprepared.use(crossOrigin.middleware)
            let response = try await unprepared.test.get("/", headers: origin)
            #expect(response.status == 500)
            #expect(response.get("Access-Control-Allow-Origin") == nil)
        }
    }

    @Test(
        "refuses to start with what is no origin",
        arguments: [
            "a.com", "https://a.com/", "https://a.com/x", "https://", "https://A.com", "//a.com", "https://a b", "",
        ]
    )
    func refusesOrigins(text: String) {
        for origin in [CORSOrigin.one(text), .list(["https://a.com", text])] {
            let error = #expect(throws: KoaError.self) { try app(cors(origin: origin)).prepare() }
            #expect(error?.message.contains("\"\(text)\"") == true)
        }
        #expect(throws: KoaError.self) { try app(cors(origin: ["https://a.com", "*"])).prepare() }
        #expect(throws: KoaError.self) { try app(cors(maxAge: .seconds(-1))).prepare() }
        #expect(throws: Never.self) { try app(cors(origin: ["null", "app://local"])).prepare() }
    }

    @Test("refuses to start with credentials for the origin that every sandboxed frame has")
    func refusesNull() {
        for origin in [CORSOrigin.one("null"), ["https://a.com", "null"]] {
            for credentials in [CORSCredentials.allowed, .when { _ in true }] {
                let error = #expect(throws: KoaError.self) {
                    try app(cors(origin: origin, credentials: credentials)).prepare()
                }
                #expect(error?.code == .invalidSetup)
            }
            #expect(throws: Never.self) { try app(cors(origin: origin)).prepare() }
        }
    }

    @Test("varies by the origin on errors too, whoever asks, so that no cache gives one's to another")
    func variesOnErrors() async throws {
        let failing: Handler = { ctx in
            if ctx.path == "/vary" { throw HTTPError(404, "no", headers: ["Vary": "Accept"]) }
            throw HTTPError(404)
        }
        let crossOrigin = cors(origin: ["https://a.com"])
        for headers in [[:], origin, ["Origin": "https://evil.com"]] as [Headers] {
            let client = app(crossOrigin, failing).test
            #expect(try await client.get("/", headers: headers).get("Vary") == "Origin")
            #expect(try await client.get("/vary", headers: headers).get("Vary") == "Accept, Origin")
        }
        let dropping = cors(origin: ["https://a.com"], keepHeadersOnError: false)
        #expect(try await app(dropping, failing).test.get("/vary").get("Vary") == "Accept")
    }

    @Test("leaves an error where it was made")
    func location() async throws {
        let lines = Recording<ErrorLocation?>()
        let app = app(cors()) { _ in throw HTTPError(418, headers: ["Vary": "Accept"]) }
        let line = #line - 1
        app.onError { error, _ in lines.add((error as? HTTPError)?.location) }
        #expect(try await app.test.get("/").status == 418)
        #expect(lines.values.first??.line == line)
        #expect(lines.values.first??.file.hasSuffix("CORSTests.swift") == true)
    }

    @Test("isolates the page with secureContext, on requests and preflights")
    func secureContext() async throws {
        let client = app(cors(secureContext: true)).test
        for response in [try await client.get("/"), try await client.options("/", headers: preflight)] {
            #expect(response.get("Cross-Origin-Opener-Policy") == "same-origin")
            #expect(response.get("Cross-Origin-Embedder-Policy") == "require-corp")
        }
        #expect(try await app(cors()).test.get("/").get("Cross-Origin-Opener-Policy") == nil)
    }

    @Test("allows a private network where it is asked for, and the option is on")
    func privateNetwork() async throws {
        var asking = preflight
        asking.set("Access-Control-Request-Private-Network", "true")
        let name = "Access-Control-Allow-Private-Network"
        let on = app(cors(privateNetworkAccess: true)).test
        #expect(try await on.options("/", headers: asking).get(name) == "true")
        #expect(try await on.options("/", headers: preflight).get(name) == nil)
        #expect(try await on.get("/", headers: asking).get(name) == nil)
        #expect(try await app(cors()).test.options("/", headers: asking).get(name) == nil)
    }

    @Test("keeps its headers on errors, and no others")
    func errors() async throws {
        let failing: Handler = { ctx in
            ctx.set("X-Other", "1")
            throw Boom()
        }
        let crossOrigin = cors(origin: "https://a.com", exposeHeaders: ["X-E"], credentials: true, secureContext: true)
        let response = try await app(crossOrigin, failing).test.get("/")
        #expect(response.status == 500)
        #expect(response.get("Access-Control-Allow-Origin") == "https://a.com")
        #expect(response.get("Access-Control-Allow-Credentials") == "true")
        #expect(response.get("Access-Control-Expose-Headers") == "X-E")
        #expect(response.get("Cross-Origin-Opener-Policy") == "same-origin")
        #expect(response.get("Vary") == "Origin")
        #expect(response.get("X-Other") == nil)
        let dropping = try await app(cors(keepHeadersOnError: false), failing).test.get("/")
        #expect(dropping.get("Access-Control-Allow-Origin") == nil)
        #expect(dropping.get("Vary") == nil)
    }

    @Test(
        "adds Origin to the Vary of others, and of an error",
        arguments: [
            ("Accept", "Accept, Origin"), ("*", "*"), ("origin", "origin"), ("Origin, Accept", "Origin, Accept"),
        ])
    func vary(given: String, expected: String) async throws {
        let error = app(cors()) { _ in throw HTTPError(418, "no", headers: ["Vary": given]) }
        let response = try await error.test.get("/")
        #expect(response.get("Vary") == expected)
        #expect(response.text == "no")
        #expect(response.get("Access-Control-Allow-Origin") == "*")
        let plain = app(cors()) { ctx in
            ctx.vary("Accept")
            ctx.body = "in"
        }
        #expect(try await plain.test.get("/").get("Vary") == "Origin, Accept")
    }
}
