import KoaCompress
import KoaMiddleware
import KoaTesting
import NIOCore
import Testing

@Suite("compress")
struct CompressTests {
    private func get(
        _ compression: Compress = compress(),
        accept: String? = "gzip",
        _ handler: @escaping Handler
    ) async throws -> TestResponse {
        let app = Application()
        app.use(compression)
        app.use(handler)
        return try await app.test.get("/", headers: accept.map { ["Accept-Encoding": $0] } ?? [:])
    }

    @Test("compresses text, JSON and bytes of a type that compresses well, with the length of what is sent")
    func known() async throws {
        let bodies: [(Handler, String)] = [
            ({ ctx in ctx.body = .text(Coded.text) }, Coded.text),
            ({ ctx in ctx.body = ["text": Coded.text] }, #"{"text":"\#(Coded.text)"}"#),
            ({ ctx in ctx.body = .json([Coded.text]) }, #"["\#(Coded.text)"]"#),
            (
                { ctx in
                    ctx.type = "css"
                    ctx.body = .bytes(ByteBuffer(string: Coded.text))
                }, Coded.text
            ),
        ]
        for (handler, text) in bodies {
            let response = try await get(compress(), handler)
            #expect(response.get("Content-Encoding") == "gzip")
            #expect(response.get("Vary") == "Accept-Encoding")
            #expect(response.get("Content-Length") == "\(response.body.readableBytes)")
            #expect(response.body.readableBytes < text.utf8.count / 4)
            #expect(try Coded.text(response) == text)
        }
    }

    @Test("keeps the type that the body has")
    func types() async throws {
        #expect(try await get { ctx in ctx.body = .text("<p>" + Coded.text) }.type == "text/html")
        #expect(try await get { ctx in ctx.body = .json([Coded.text]) }.type == "application/json")
        #expect(try await get { ctx in ctx.body = .json(["a"]) }.type == "application/json")
    }

    @Test("compresses streams and files, whose length isn't known", arguments: [true, false])
    func streams(live: Bool) async throws {
        let app = Application()
        app.use(compress())
        app.use { ctx in
            ctx.type = "text"
            if ctx.path == "/file" {
                ctx.body = .file(#filePath)
            } else {
                ctx.body = .stream(contentLength: Coded.text.utf8.count) { writer in
                    for piece in Coded.text.split(separator: " ") { try await writer.write("\(piece) ") }
                }
            }
        }
        let client = live ? try await app.test.live() : app.test
        let headers: Headers = ["Accept-Encoding": "gzip"]
        let stream = try await client.get("/stream", headers: headers)
        #expect(stream.get("Content-Length") == nil)
        #expect(try Coded.text(stream) == Coded.text)
        let file = try await client.get("/file", headers: headers)
        #expect(file.get("Content-Encoding") == "gzip")
        #expect(try Coded.text(file).hasPrefix("import KoaCompress\n"))
        await client.stop()
    }

    @Test(
        "compresses large bodies whole, those on the event loop and those beside it",
        arguments: [65_535, 65_537, 3_000_000])
    func large(count: Int) async throws {
        let response = try await get { ctx in ctx.body = .text(String(repeating: "0123456789abcdef", count: count / 16))
        }
        #expect(try Coded.text(response).utf8.count == count / 16 * 16)
    }

    @Test("compresses at the threshold, and not below", arguments: [(1023, false), (1024, true)])
    func threshold(count: Int, isCoded: Bool) async throws {
        let text = String(repeating: "x", count: count)
        let responses = [
            try await get { ctx in ctx.body = .text(text) },
            try await get { ctx in ctx.body = .json(String(text.dropLast(2))) },
            try await get { ctx in
                ctx.type = "text"
                ctx.body = .stream(contentLength: count) { try await $0.write(text) }
            },
        ]
        for response in responses { #expect((response.get("Content-Encoding") == "gzip") == isCoded) }
        #expect(responses[0].get("Vary") == "Accept-Encoding")
        let small = try await get(compress(threshold: 0)) { ctx in ctx.body = "x" }
        #expect(small.get("Content-Encoding") == "gzip")
    }

    @Test("leaves alone what can't or mustn't be compressed")
    func skipped() async throws {
        let handlers: [(String, Handler)] = [
            ("no body", { ctx in ctx.status = 200 }),
            ("204", { ctx in ctx.status = 204 }),
            ("304", { ctx in ctx.status = 304 }),
            ("png", { ctx in (ctx.type, ctx.body) = ("png", .text(Coded.text)) }),
            ("unknown type", { ctx in (ctx.type, ctx.body) = ("application/x-nothing", .text(Coded.text)) }),
            ("switched off", { ctx in (ctx.compress, ctx.body) = (false, .text(Coded.text)) }),
            (
                "coded before",
                { ctx in
                    ctx.set("Content-Encoding", "identity")
                    ctx.body = .text(Coded.text)
                }
            ),
            (
                "in transfer",
                { ctx in
                    ctx.set("Transfer-Encoding", "chunked")
                    ctx.body = .text(Coded.text)
                }
            ),
            (
                "a range",
                { ctx in
                    ctx.status = 206
                    ctx.set("Content-Range", "bytes 0-3599/9999")
                    ctx.body = .text(Coded.text)
                }
            ),
            (
                "ranges",
                { ctx in
                    (ctx.status, ctx.compress) = (206, true)
                    ctx.type = "multipart/byteranges; boundary=x"
                    ctx.body = .text(Coded.text)
                }
            ),
            (
                "sent before",
                { ctx in
                    ctx.type = "text"
                    ctx.flushHeaders()
                    ctx.body = .text(Coded.text)
                }
            ),
        ]
        for (name, handler) in handlers {
            let response = try await get(compress(), handler)
            #expect(response.get("Content-Encoding") ?? "identity" == "identity", "\(name)")
            #expect(response.get("Vary") == "Accept-Encoding", "\(name)")
        }
    }

    private func headed(_ rules: CompressionRules, live: Bool = false) async throws -> [String] {
        let app = Application(silent: true)
        app.use(compress(rules: rules))
        app.use { ctx in
            ctx.etag = "\"a\""
            switch ctx.path {
            case "/json": ctx.body = ["text": Coded.text]
            case "/file": (ctx.type, ctx.body) = ("text", .file(#filePath))
            case "/none": (ctx.type, ctx.body) = ("text", .file("/no/such/file"))
            case "/stream": (ctx.type, ctx.body) = ("text", .stream(contentLength: 3000) { _ in })
            case "/small": ctx.body = "small"
            default: ctx.body = .text(Coded.text)
            }
        }
        let client = live ? try await app.test.live() : app.test
        var found: [String] = []
        for path in ["/", "/json", "/file", "/stream", "/none", "/small"] {
            let response = try await client.head(path, headers: ["Accept-Encoding": "gzip"])
            let names = ["Content-Encoding", "Content-Length", "ETag"]
            found.append("\(response.status.code) \(names.map { response.get($0) ?? "-" }.joined(separator: " "))")
        }
        await client.stop()
        return found
    }

    @Test(
        "answers HEAD with the headers of GET, without the length that only compressing tells",
        arguments: [true, false])
    func head(live: Bool) async throws {
        let found = try await headed(.rfc9110, live: live)
        #expect(
            found.prefix(4) == ["200 gzip - W/\"a\"", "200 gzip - W/\"a\"", "200 gzip - W/\"a\"", "200 gzip - W/\"a\""])
        #expect(found[4].hasPrefix("404 - "))
        #expect(found[5] == "200 - 5 \"a\"")
    }

    @Test("leaves HEAD alone by the reference's rules, which says the length of the plain body")
    func plainHead() async throws {
        let found = try await headed(.koaCompress)
        #expect(found[0] == "200 - \(Coded.text.utf8.count) \"a\"")
        #expect(found[3] == "200 - 3000 \"a\"")
    }

    @Test(
        "gives a 304 the weak tag that its 200 had, where the client names it so",
        arguments: [
            ("W/\"a\"", "W/\"a\""), ("\"a\"", "\"a\""), ("\"a\", W/\"a\"", "\"a\""), ("*", "\"a\""),
            ("W/\"b\", W/\"a\"", "W/\"a\""),
        ])
    func notModified(condition: String, sent: String) async throws {
        for rules in [CompressionRules.rfc9110, .koaCompress] {
            let app = Application()
            app.use(compress(rules: rules))
            app.use(conditionalGet())
            app.use { ctx in
                ctx.etag = "\"a\""
                ctx.body = .text(Coded.text)
            }
            let headers: Headers = ["Accept-Encoding": "gzip", "If-None-Match": condition]
            let response = try await app.test.get("/", headers: headers)
            #expect(response.status == 304)
            #expect(response.get("ETag") == (rules == .rfc9110 ? sent : "\"a\""))
        }
    }

    @Test(
        "obeys no-transform as a directive of its own",
        arguments: [
            ("no-transform", false), ("public, No-Transform , max-age=3", false), ("not-no-transform", true),
            ("public", true), ("no-transform=1", true),
        ])
    func cacheControl(value: String, isCoded: Bool) async throws {
        let response = try await get { ctx in
            ctx.set("Cache-Control", value)
            ctx.body = .text(Coded.text)
        }
        #expect((response.get("Content-Encoding") != nil) == isCoded)
    }

    @Test("compresses any type when ctx.compress is true, and asks the filter for the whole type otherwise")
    func filter() async throws {
        let forced = try await get { ctx in (ctx.compress, ctx.type, ctx.body) = (true, "png", .text(Coded.text)) }
        #expect(forced.get("Content-Encoding") == "gzip")
        let picky = compress { $0 == "text/plain; charset=utf-8" }
        #expect(try await get(picky) { ctx in ctx.body = .text(Coded.text) }.get("Content-Encoding") == "gzip")
        #expect(try await get(picky) { ctx in ctx.body = .text("<p>" + Coded.text) }.get("Content-Encoding") == nil)
    }

    @Test(
        "makes the ETag a weak one, unless by the reference's rules",
        arguments: [
            ("\"abc\"", CompressionRules.rfc9110, "W/\"abc\""), ("W/\"abc\"", .rfc9110, "W/\"abc\""),
            ("\"abc\"", .koaCompress, "\"abc\""),
        ])
    func etag(tag: String, rules: CompressionRules, sent: String) async throws {
        let response = try await get(compress(rules: rules)) { ctx in
            ctx.etag = tag
            ctx.body = .text(Coded.text)
        }
        #expect(response.get("ETag") == sent)
        let plain = try await get(compress(rules: rules), accept: "identity") { ctx in
            ctx.etag = tag
            ctx.body = .text(Coded.text)
        }
        #expect(plain.get("ETag") == tag)
    }

    @Test("takes Accept-Ranges back, and adds to Vary what was overwritten")
    func headers() async throws {
        let response = try await get { ctx in
            ctx.set("Accept-Ranges", "bytes")
            ctx.set("Vary", "Cookie")
            ctx.body = .text(Coded.text)
        }
        #expect(response.get("Accept-Ranges") == nil)
        #expect(response.get("Vary") == "Cookie, Accept-Encoding")
        let small = try await get { ctx in
            ctx.set("Vary", "Cookie")
            ctx.body = "small"
        }
        #expect(small.get("Vary") == "Cookie, Accept-Encoding")
    }

    @Test("says nothing of a coding where compressing failed")
    func failed() async throws {
        let app = Application(silent: true)
        app.use { ctx, next in
            do {
                try await next()
            } catch {
                ctx.body = .text("\(ctx.response.has("Content-Encoding")) \(ctx.response.has("Accept-Ranges"))")
            }
        }
        app.use(compress())
        app.use { ctx in
            ctx.set("Accept-Ranges", "bytes")
            ctx.type = "text"
            // Compressed on the thread pool, which refuses the works of a cancelled task.
            withUnsafeCurrentTask { $0?.cancel() }
            ctx.body = .text(String(repeating: Coded.text, count: 100))
        }
        let response = try await app.test.get("/", headers: ["Accept-Encoding": "gzip"])
        #expect(response.text == "false true")
    }

    @Test("answers 406 where nothing is acceptable, and not for what it wouldn't compress")
    func notAcceptable() async throws {
        let only = compress([.gzip, .deflate])
        let response = try await get(only, accept: "identity;q=0") { ctx in ctx.body = .text(Coded.text) }
        #expect(response.status == 406)
        #expect(response.text == "Please accept gzip, deflate, or identity.")
        #expect(try await get(only, accept: "identity;q=0") { ctx in ctx.body = "small" }.status == 200)
    }

    @Test(
        "takes requests without the field for those of the default, and an empty one for none by the reference's rules only"
    )
    func defaults() async throws {
        #expect(try await get(accept: nil) { ctx in ctx.body = .text(Coded.text) }.get("Content-Encoding") == nil)
        let gzip = compress(defaultEncoding: "gzip")
        #expect(
            try await get(gzip, accept: nil) { ctx in ctx.body = .text(Coded.text) }.get("Content-Encoding") == "gzip")
        #expect(try await get(gzip, accept: "") { ctx in ctx.body = .text(Coded.text) }.get("Content-Encoding") == nil)
        let reference = compress(defaultEncoding: "gzip", rules: .koaCompress)
        #expect(
            try await get(reference, accept: "") { ctx in ctx.body = .text(Coded.text) }.get("Content-Encoding")
                == "gzip")
        #expect(
            try await get(gzip, accept: "sdch") { ctx in ctx.body = .text(Coded.text) }.get("Content-Encoding") == nil)
    }

    @Test("sends each coding of this build", arguments: Compression.standard)
    func codings(compression: Compression) async throws {
        let response = try await get(compress([compression]), accept: compression.name) { ctx in
            ctx.body = .text(Coded.text)
        }
        #expect(response.get("Content-Encoding") == compression.name)
        #expect(try Coded.text(response) == Coded.text)
    }

    @Test("answers one request after the other as each accepts")
    func repeatedly() async throws {
        let app = Application()
        app.use(compress())
        app.use { ctx in ctx.body = .text(Coded.text + ctx.path) }
        for (index, accept) in ["gzip", "deflate", "gzip", "identity", "gzip, deflate"].enumerated() {
            let response = try await app.test.get("/\(index)", headers: ["Accept-Encoding": accept])
            #expect(response.get("Content-Encoding") == ["gzip", "deflate", "gzip", nil, "gzip"][index])
            #expect(try Coded.text(response) == Coded.text + "/\(index)")
        }
    }

    @Test("leaves errors alone, whose headers are their own")
    func errors() async throws {
        let response = try await get { ctx in
            ctx.body = .text(Coded.text)
            try ctx.throw(.badRequest, Coded.text)
        }
        #expect(response.status == 400)
        #expect(response.get("Content-Encoding") == nil)
        #expect(response.text == Coded.text)
    }
}
