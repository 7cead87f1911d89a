import KoaBody
import KoaTesting
import Testing

@Suite("Body parser, uploads and decoding together")
struct CombinationTests {
    @Test("a body parser leaves multipart bodies to an upload behind it")
    func parserThenUpload() async throws {
        let app = Application()
        app.use(bodyParser())
        app.use(Upload(storage: .memory).single("f"))
        app.use { ctx in
            ctx.body = .json([ctx.request.body, JSON(ctx.file?.size ?? -1), JSON(ctx.request.rawBody ?? "none")])
        }
        let form = Made.body(Made.field("a[b]", "1"), Made.file("f", "x", "abc"))
        #expect(try await app.test.post("/", headers: Made.headers, body: form).json == [["a": ["b": "1"]], 3, "none"])
        #expect(try await app.test.post("/", headers: jsonType, body: #"{"a":1}"#).json == [["a": 1], -1, #"{"a":1}"#])
    }

    @Test("an upload keeps a body parser behind it from reading")
    func uploadThenParser() async throws {
        let app = Application()
        app.use(Upload(storage: .memory).any())
        app.use(bodyParser(extendTypes: [.json: ["multipart/*"]]))
        app.use { ctx in ctx.body = .json(ctx.request.body) }
        #expect(
            try await app.test.post("/", headers: Made.headers, body: Made.body(Made.field("a", "1"))).json == [
                "a": "1"
            ])
    }

    @Test("what an upload took can be decoded: its fields, as they nest there")
    func uploadThenDecode() async throws {
        struct Form: Decodable { var title: String, tags: [Int] }
        let app = Application()
        app.use(Upload(storage: .memory).any())
        app.use { ctx in
            let form = try await ctx.decode(Form.self)
            ctx.body = ["title": form.title, "sum": form.tags.reduce(0, +), "files": ctx.files.count]
        }
        let body = Made.body(
            Made.field("title", "T"), Made.field("tags[]", "1"), Made.field("tags[]", "2"), Made.file("f", "x", ""))
        #expect(
            try await app.test.post("/", headers: Made.headers, body: body).json == [
                "title": "T", "sum": 3, "files": 1,
            ])
    }

    @Test("the first of two body parsers reads what it knows, the second the rest")
    func twoParsers() async throws {
        let app = Application(silent: true)
        app.use(bodyParser(types: [.json], jsonLimit: 5))
        app.use(bodyParser(types: [.json, .text], jsonLimit: 100))
        app.use { ctx in ctx.body = .json(ctx.request.body) }
        #expect(try await app.test.post("/", body: "some text").json == "some text")
        #expect(try await app.test.post("/", headers: jsonType, body: "[1]").json == [1])
        #expect(try await app.test.post("/", headers: jsonType, body: "[1,2,3]").status == 413)
    }

    @Test("a body parser's own limits of forms count")
    func formLimits() async throws {
        let app = parsing(bodyParser(form: FormLimits(fields: 2, depth: 1, listIndex: 0, dots: false)))
        func parsed(_ text: String) async throws -> TestResponse {
            try await app.test.post("/", headers: formType, body: .text(text))
        }
        #expect(try await parsed("a=1&b=2&c=3").status == 413)
        #expect(try await parsed("a[b][c]=1&d.e=2").json[0] == ["a": ["b": ["[c]": "1"]], "d.e": "2"])
        #expect(try await parsed("a[0]=1&b[1]=2").json[0] == ["a": ["1"], "b": ["1": "2"]])
    }

    @Test("limits of decoding count for multipart bodies")
    func decodeLimits() async throws {
        let app = decoding(JSON.self, limits: DecodeLimits(multipart: MultipartLimits(fieldBytes: 3)))
        #expect(
            try await app.test.post("/", headers: Made.headers, body: Made.body(Made.field("a", "123"))).json == [
                "a": "123"
            ])
        #expect(
            try await app.test.post("/", headers: Made.headers, body: Made.body(Made.field("a", "1234"))).status == 413)
    }

    @Test("a body that somebody read before can't be decoded, and the client isn't told why")
    func readBefore() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            _ = try await ctx.request.stream.collect(upTo: 100)
            ctx.body = .json(try await ctx.decode(JSON.self))
        }
        let response = try await app.test.post("/", headers: jsonType, body: "[1]")
        #expect(response.status == 500)
        #expect(response.text == "Internal Server Error")
    }

    @Test("bodies of requests that follow each other on a connection don't meet")
    func keepAlive() async throws {
        let app = Application(silent: true)
        app.use(bodyParser())
        app.use { ctx in ctx.body = .json([ctx.request.body, JSON(ctx.files.count)]) }
        try await app.test.live { client in
            let connection = try await client.connect()
            for (body, answer) in [("[1]", "[[1],0]"), ("", "[{},0]"), (#"{"a":2}"#, #"[{"a":2},0]"#)] {
                let type = body.isEmpty ? "text/plain" : "application/json"
                try await connection.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                )
                let response = try await connection.receiveResponse()
                #expect(response.text == answer)
            }
        }
    }

    @Test("a body is read within a mounted path, and known outside of it")
    func scopes() async throws {
        let inner = compose(bodyParser().middleware, { ctx, next in try await next() })
        let app = Application()
        app.use { ctx, next in
            try await next()
            ctx.set("X-Seen", ctx.request.body.description)
        }
        app.use(inner)
        app.use { ctx in ctx.body = "ok" }
        #expect(try await app.test.post("/", headers: jsonType, body: "[1,2]").get("X-Seen") == "[1,2]")
    }
}
