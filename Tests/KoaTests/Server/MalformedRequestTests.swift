import Koa
import KoaTesting
import Testing

@testable import Koa

@Suite("A malformed request")
struct MalformedRequestTests {
    @Test("gets its status and a closed connection, and never reaches the application", arguments: Samples.refused)
    func refused(request: String, status: Int) async throws {
        let app = Application()
        let reached = Shared(false)
        app.use { ctx in
            reached.value = true
            ctx.body = "reached"
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(request)
            let text = try await connection.receiveAll()
            #expect(text.hasPrefix("HTTP/1.1 \(status) "))
            #expect(text.contains("Connection: close\r\n"))
            #expect(!reached.value)
        }
    }

    @Test("behind a good one: the good one is answered first")
    func afterGoodOne() async throws {
        let app = Application()
        app.use { ctx in ctx.body = "good" }
        try await app.test.live { client in
            let text = try await client.raw("GET / HTTP/1.1\r\nHost: x\r\n\r\nBAD\r\n\r\n", responses: nil)
            #expect(text.hasPrefix("HTTP/1.1 200 OK"))
            #expect(text.contains("goodHTTP/1.1 400 Bad Request"))
        }
    }

    @Test("body: a reader gets an error that answers 400, and the connection closes")
    func malformedBody() async throws {
        let app = Application()
        app.use { ctx in
            let body = try await ctx.request.stream.collect(upTo: 100)
            ctx.body = .bytes(body)
        }
        try await app.test.live { client in
            let text = try await client.raw(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX\r\n", responses: nil)
            #expect(text.hasPrefix("HTTP/1.1 400 Bad Request"))
            #expect(text.contains("Connection: close\r\n"))
        }
    }

    @Test("body that nobody reads: the response goes out, then the connection closes")
    func malformedUnreadBody() async throws {
        let app = Application()
        app.use { ctx in ctx.body = "answered" }
        try await app.test.live { client in
            let text = try await client.raw(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n", responses: nil)
            #expect(text.hasPrefix("HTTP/1.1 200 OK"))
            #expect(text.hasSuffix("answered"))
        }
    }

    @Test("limits are options of the server")
    func limits() async throws {
        var options = ServerOptions()
        options.maxTargetLength = 10
        options.maxHeaderCount = 2
        options.maxHeaderSize = 100
        let app = Application()
        app.use { ctx in ctx.body = "ok" }
        let client = try await app.test.live(options: options)
        let cases = [
            ("GET /123456789 HTTP/1.1\r\nHost: x\r\n\r\n", 200), ("GET /1234567890 HTTP/1.1\r\nHost: x\r\n\r\n", 414),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: 1\r\n\r\n", 200),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: 1\r\nB: 1\r\n\r\n", 431),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: \(String(repeating: "a", count: 200))\r\n\r\n", 431),
        ]
        for (request, status) in cases {
            #expect(try await client.raw(request).hasPrefix("HTTP/1.1 \(status) "))
        }
        await client.stop()
    }
}
