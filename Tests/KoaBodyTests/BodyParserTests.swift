import KoaBody
import KoaTesting
import Testing

@Suite("bodyParser")
struct BodyParserTests {
    @Test(
        "reads JSON of its media types",
        arguments: [
            "application/json", "application/json; charset=utf-8", "application/json;charset=utf-8;",
            "application/json-patch+json", "application/vnd.api+json", "application/csp-report",
            "application/reports+json", "application/scim+json", "APPLICATION/JSON",
        ]
    )
    func json(type: String) async throws {
        let response = try await parsing().test.post("/", headers: ["Content-Type": type], body: #"{"foo":"bär"}"#)
        #expect(response.text == #"[{"foo":"bär"},"{\"foo\":\"bär\"}"]"#)
    }

    @Test("reads JSON around white space, and a byte order mark")
    func whiteSpace() async throws {
        let response = try await parsing().test.post("/", headers: jsonType, body: "\u{FEFF} \n{\"x\":1}\t")
        #expect(try response.json[0] == ["x": 1])
    }

    @Test(
        "reads a form",
        arguments: [
            ("foo=bar&foo=baz", #"{"foo":["bar","baz"]}"#), ("q=hello+world%21", #"{"q":"hello world!"}"#),
            ("user[name]=tobi&user[tags][]=a&user[tags][]=b", #"{"user":{"name":"tobi","tags":["a","b"]}}"#),
            ("", "{}"),
        ]
    )
    func form(text: String, value: String) async throws {
        let response = try await parsing().test.post("/", headers: formType, body: .text(text))
        #expect(try response.json == [JSON(parsing: value), JSON(text)])
    }

    @Test("reads text, XML and HTML as text where it is told to")
    func text() async throws {
        let app = parsing(bodyParser(types: [.text, .xml], extendTypes: [.text: ["text/html"]]))
        for type in ["text/plain", "text/xml", "application/xml", "text/html"] {
            let response = try await app.test.post("/", headers: ["Content-Type": type], body: "<b>")
            #expect(try response.json == ["<b>", "<b>"])
        }
    }

    @Test(
        "leaves text and XML alone by default, and other types",
        arguments: ["text/plain", "application/xml", "image/png"])
    func notRead(type: String) async throws {
        let response = try await parsing().test.post("/", headers: ["Content-Type": type], body: "x")
        #expect(try response.json == [[:], nil])
    }

    @Test("leaves a body without a type, and a request without a body, alone")
    func nothing() async throws {
        let app = parsing()
        #expect(try await app.test.post("/", headers: ["Content-Type": ""], body: "x").json == [[:], nil])
        #expect(try await app.test.get("/", headers: jsonType).json == [[:], nil])
    }

    @Test("adds media types to those that it reads")
    func extended() async throws {
        let app = parsing(bodyParser(extendTypes: [.json: ["application/x-javascript", "text/*"]]))
        for type in ["application/x-javascript", "application/json", "text/anything", "application/csp-report"] {
            let response = try await app.test.post("/", headers: ["Content-Type": type], body: "[1]")
            #expect(try response.json[0] == [1])
        }
    }

    @Test("extends only the kinds that it reads")
    func extendedButOff() async throws {
        let app = parsing(bodyParser(types: [.form], extendTypes: [.json: ["text/plain"]]))
        #expect(try await app.test.post("/", body: "[1]").json == [[:], nil])
    }

    @Test("reads of any method, or of those that it is told")
    func methods() async throws {
        for method in [HTTPRequest.Method.get, .delete, .patch] {
            let response = try await parsing().test.request(method, "/", headers: jsonType, body: "[1]")
            #expect(try response.json[0] == [1])
        }
        let app = parsing(bodyParser(methods: [.post]))
        #expect(try await app.test.post("/", headers: jsonType, body: "[1]").json[0] == [1])
        #expect(try await app.test.delete("/", headers: jsonType, body: "[1]").json == [[:], nil])
    }

    @Test("takes what a function says for JSON")
    func detected() async throws {
        let app = parsing(bodyParser(detectJSON: { $0.path.hasSuffix(".json") }))
        #expect(try await app.test.post("/foo.json", body: "[1]").json[0] == [1])
        #expect(try await app.test.post("/foo", body: "[1]").json == [[:], nil])
    }

    @Test("reads other JSON than objects and arrays where it isn't strict")
    func notStrict() async throws {
        let app = parsing(bodyParser(strict: false))
        #expect(try await app.test.post("/", headers: jsonType, body: "3").json == [3, "3"])
        #expect(try await app.test.post("/", headers: jsonType, body: #""a""#).json[0] == "a")
        #expect(try await app.test.post("/", headers: jsonType, body: "").json == ["", ""])
    }

    @Test("doesn't read when it is disabled, or the body was set before")
    func disabled() async throws {
        let app = Application()
        app.use { ctx, next in
            if ctx.path == "/off" { ctx.disableBodyParser = true } else { ctx.request.body = ["set": true] }
            try await next()
        }
        app.use(bodyParser())
        app.use { ctx in
            ctx.body = .json([ctx.request.body, JSON(try await ctx.request.stream.collect(upTo: 9).readableBytes)])
        }
        #expect(try await app.test.post("/off", headers: jsonType, body: "[1]").json == [[:], 3])
        #expect(try await app.test.post("/set", headers: jsonType, body: "[1]").json == [["set": true], 3])
    }

    @Test("keeps the bytes as they came")
    func bytes() async throws {
        let app = Application()
        app.use(bodyParser(types: [.text]))
        app.use { ctx in ctx.body = .bytes(ctx.request.rawBytes ?? ByteBuffer()) }
        let response = try await app.test.post(
            "/", headers: ["Content-Type": "text/plain"], body: .bytes([0xFF, 0, 0xEF]))
        #expect(response.bytes == [0xFF, 0, 0xEF])
    }

    @Test("tells of a limit below 0 and of a type that nobody knows when the application starts")
    func setup() {
        for parser in [bodyParser(jsonLimit: -1), bodyParser(extendTypes: [.json: ["nonsense"]])] {
            let app = Application()
            app.use(parser)
            #expect(throws: KoaError.self) { try app.prepare() }
        }
    }
}
