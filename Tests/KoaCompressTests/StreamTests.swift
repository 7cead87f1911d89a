import KoaCodings
import KoaCompress
import KoaTesting
import NIOCore
import Testing

private struct Broken: Error {}

@Suite("compressed streams")
struct StreamTests {
    private let headers: Headers = ["Accept-Encoding": "gzip"]

    private func app(_ compression: Compress = compress(), _ handler: @escaping Handler) -> Application {
        let app = Application()
        app.silent = true
        app.use(compression)
        app.use(handler)
        return app
    }

    @Test(
        "that fail break the connection, and are an error response where nothing was written", arguments: [true, false])
    func failing(live: Bool) async throws {
        let app = app { ctx in
            ctx.type = "text"
            let isLate = ctx.path == "/late"
            ctx.body = .stream { writer in
                if isLate { try await writer.write(Coded.text) }
                throw Broken()
            }
        }
        let client = live ? try await app.test.live() : app.test
        let late = try await client.get("/late", headers: headers)
        #expect(late.status == 200)
        #expect(late.isBroken)
        #expect(throws: CodingError.truncated(.gzip)) { try Coded.text(late) }
        let early = try await client.get("/early", headers: headers)
        #expect(early.status == 500)
        #expect(early.get("Content-Encoding") == nil)
        #expect(early.text == "Internal Server Error")
        await client.stop()
    }

    @Test(
        "that are shorter or longer than the length they declared break the connection", arguments: [true, false])
    func length(live: Bool) async throws {
        let app = app { ctx in
            ctx.type = "text"
            let count = Coded.text.utf8.count
            let declared =
                switch ctx.path {
                case "/short": count + 1
                case "/long": count - 1
                case "/header": count + 2
                default: count
                }
            let body = { (writer: BodyWriter) in
                for _ in 0..<3 { try await writer.write(Coded.text.prefix(count / 3).utf8) }
            }
            if ctx.path == "/header" {
                ctx.body = .stream(body)
                ctx.length = declared
            } else {
                ctx.body = .stream(contentLength: declared, body)
            }
        }
        let client = live ? try await app.test.live() : app.test
        for path in ["/short", "/long", "/header"] {
            let response = try await client.get(path, headers: headers)
            // All that was kept back is lost, so it may be an error response.
            #expect(response.isBroken || response.status == 500, "\(path)")
            #expect(response.isBroken || response.get("Content-Encoding") == nil, "\(path)")
        }
        let whole = try await client.get("/", headers: headers)
        #expect(try Coded.text(whole).utf8.count == Coded.text.utf8.count)
        await client.stop()
    }

    @Test("of a file that isn't there are a 404")
    func missingFile() async throws {
        let app = app { ctx in (ctx.type, ctx.body) = ("text", .file("/no/such/file")) }
        #expect(try await app.test.get("/", headers: headers).status == 404)
    }

    @Test("send an event at once: before the next one is written, it can be decoded")
    func events() async throws {
        let (asked, ask) = AsyncStream<Void>.makeStream()
        let app = app { ctx in
            ctx.type = "text/event-stream"
            ctx.body = .stream { writer in
                var count = 0
                for await _ in asked {
                    count += 1
                    try await writer.write("data: \(count)\n\n")
                }
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
            ask.yield()
            let head = try await connection.receive(until: "\r\n\r\n")
            #expect(head.lowercased().contains("content-encoding: gzip"))
            let decoder = try ContentCoding.gzip.makeDecoder()
            for count in 1...3 {
                if count > 1 { ask.yield() }
                #expect(try await next("data: \(count)\n\n".utf8.count, decoder, connection) == "data: \(count)\n\n")
            }
            ask.finish()
            await connection.close()
        }
    }

    /// The next text of a number of bytes, out of as many chunks as it takes.
    private func next(_ count: Int, _ decoder: any ContentDecoder, _ connection: TestConnection) async throws -> String
    {
        var plain = ByteBuffer()
        while plain.readableBytes < count {
            let size = try await connection.receive(until: "\r\n").prefix(while: \.isHexDigit)
            let length = try #require(Int(size, radix: 16))
            var chunk = try await connection.receive(count: length)
            _ = try await connection.receive(until: "\r\n")
            while let piece = try decoder.decode(&chunk, limit: 100) { plain.writeImmutableBuffer(piece) }
        }
        return String(buffer: plain)
    }

    @Test("keep small pieces together, unless they are flushed by hand or by the option")
    func flushing() async throws {
        func size(_ compression: Compress, flush: Bool) async throws -> Int {
            let app = app(compression) { ctx in
                ctx.type = "text"
                ctx.body = .stream { writer in
                    for _ in 1...100 {
                        try await writer.write("compress me ")
                        if flush { try await writer.flush() }
                    }
                }
            }
            let response = try await app.test.get("/", headers: headers)
            #expect(try Coded.text(response) == String(repeating: "compress me ", count: 100))
            return response.body.readableBytes
        }
        let together = try await size(compress(), flush: false)
        #expect(together < 100)
        #expect(try await size(compress(), flush: true) > 500)
        #expect(try await size(compress(flushesEachWrite: true), flush: false) > 500)
    }

    @Test("flush without compression, which does nothing")
    func plainFlush() async throws {
        let app = app { ctx in
            ctx.body = .stream { writer in
                try await writer.write("a")
                try await writer.flush()
                try await writer.write("b")
            }
        }
        let response = try await app.test.get("/")
        #expect(response.text == "ab")
    }

    @Test("are compressed through a stream that wraps them")
    func nested() async throws {
        let app = Application()
        app.use(compress([.deflate]))
        app.use(compress([.gzip]))
        app.use { ctx in
            ctx.type = "text"
            ctx.body = .stream { try await $0.write(Coded.text) }
        }
        let response = try await app.test.get("/", headers: ["Accept-Encoding": "gzip, deflate"])
        #expect(response.get("Content-Encoding") == "gzip")
        #expect(try Coded.text(response) == Coded.text)
    }

    @Test("in one large piece are whole")
    func largePiece() async throws {
        let text = String(repeating: Coded.text, count: 300)
        let app = app { ctx in
            ctx.type = "text"
            ctx.body = .stream { try await $0.write(text) }
        }
        #expect(try Coded.text(try await app.test.get("/", headers: headers)) == text)
    }
}
