import KoaTesting
import Testing

@testable import Koa

@Suite("Each limit holds at n and refuses at n + 1")
struct LimitTests {
    private func status(_ request: String, _ options: ServerOptions) async throws -> String {
        let app = Application(silent: true)
        app.use { ctx in
            for try await _ in ctx.request.stream {}
            ctx.body = "ok"
        }
        return try await app.test.live(options: options) { client in
            let answer = try await client.raw(request)
            return String(answer.dropFirst(9).prefix(3))
        }
    }

    private func request(_ fields: String = "", target: String = "/") -> String {
        "GET \(target) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n"
    }

    @Test("request target: 414", arguments: [(0, "200"), (1, "414")])
    func target(extra: Int, expected: String) async throws {
        var options = ServerOptions()
        options.maxTargetLength = 100
        let target = "/" + String(repeating: "a", count: 99 + extra)
        #expect(try await status(request(target: target), options) == expected)
    }

    @Test("header field: 431", arguments: [(0, "200"), (1, "431")])
    func field(extra: Int, expected: String) async throws {
        var options = ServerOptions()
        options.maxFieldLength = 100
        #expect(try await status(request("A: \(String(repeating: "a", count: 97 + extra))\r\n"), options) == expected)
    }

    @Test("header section: 431", arguments: [(0, "200"), (1, "431")])
    func section(extra: Int, expected: String) async throws {
        var options = ServerOptions()
        // `Host: x` CRLF takes 9 bytes, the other field 5 and its value.
        options.maxHeaderSize = 114
        #expect(try await status(request("A: \(String(repeating: "a", count: 100 + extra))\r\n"), options) == expected)
    }

    @Test("header count: 431", arguments: [(0, "200"), (1, "431")])
    func count(extra: Int, expected: String) async throws {
        var options = ServerOptions()
        options.maxHeaderCount = 10
        #expect(try await status(request(String(repeating: "A: 1\r\n", count: 9 + extra)), options) == expected)
    }

    @Test("body with a length: 413 before a byte is read", arguments: [(0, "200"), (1, "413")])
    func body(extra: Int, expected: String) async throws {
        var options = ServerOptions()
        options.maxBodySize = 100
        let body = String(repeating: "a", count: 100 + extra)
        let request = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.count)\r\n\r\n\(body)"
        #expect(try await status(request, options) == expected)
    }

    @Test("body in chunks: 413", arguments: [(0, "200"), (1, "413")])
    func chunked(extra: Int, expected: String) async throws {
        var options = ServerOptions()
        options.maxBodySize = 100
        let last = String(repeating: "b", count: 50 + extra)
        let request =
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "32\r\n\(String(repeating: "a", count: 50))\r\n\(String(last.count, radix: 16))\r\n\(last)\r\n0\r\n\r\n"
        #expect(try await status(request, options) == expected)
    }

    @Test("a request may allow itself another body")
    func ownBodySize() async throws {
        var options = ServerOptions()
        options.maxBodySize = 10
        let app = Application(silent: true)
        app.use { ctx in
            if ctx.path == "/more" { ctx.req.setMaxBodySize(20) }
            let body = try await ctx.request.stream.collect(upTo: 1000)
            ctx.body = .bytes(body)
        }
        try await app.test.live(options: options) { client in
            let refused = try await client.post("/", body: "eleven bytes")
            #expect(refused.status == 413)
            let allowed = try await client.post("/more", body: "eleven bytes")
            #expect(allowed.text == "eleven bytes")
        }
    }

    @Test("chunk extensions: 400", arguments: [(0, "200"), (1, "400")])
    func extensions(extra: Int, expected: String) async throws {
        var options = ServerOptions()
        options.maxChunkExtensions = 50
        let request =
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "1;\(String(repeating: "e", count: 49 + extra))\r\na\r\n0\r\n\r\n"
        #expect(try await status(request, options) == expected)
    }

    @Test("trailers: refused", arguments: [(0, "200"), (1, "400")])
    func trailers(extra: Int, expected: String) async throws {
        var options = ServerOptions()
        // The field takes 5 bytes beside its value, the empty line 2.
        options.maxTrailerSize = 57
        let request =
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "1\r\na\r\n0\r\nT: \(String(repeating: "t", count: 50 + extra))\r\n\r\n"
        #expect(try await status(request, options) == expected)
    }

    @Test("unread body: drained up to the limit, beyond it the connection closes", arguments: [(0, true), (1, false)])
    func drained(extra: Int, survives: Bool) async throws {
        var options = ServerOptions()
        options.maxDrainedBody = 100
        let app = Application()
        app.use { ctx in ctx.body = "early" }
        try await app.test.live(options: options) { client in
            let body = String(repeating: "a", count: 100 + extra)
            let chunks = "\(String(body.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
            let answer = try await client.raw(
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                responses: 2)
            #expect(answer.split(separator: "early", omittingEmptySubsequences: false).count == (survives ? 3 : 2))
        }
    }
}
