import Foundation
import KoaTesting
import NIOCore
import Testing

@testable import Koa

@Suite("A response over a socket")
struct ResponseLiveTests {
    private func serving(_ handler: @escaping Handler) -> Application {
        let app = Application(silent: true)
        app.use(handler)
        return app
    }

    @Test("is writable for each of several requests on one connection")
    func writable() async throws {
        try await serving { ctx in
            #expect(ctx.writable)
            ctx.body = "Hello"
        }.test.live { client in
            let text = try await client.raw(
                String(repeating: "GET / HTTP/1.1\r\nHost: x\r\n\r\n", count: 3), responses: 3)
            #expect(text.split(separator: "HTTP/1.1 200 OK", omittingEmptySubsequences: false).count == 4)
        }
    }

    @Test("isn't writable when the client went away before")
    func goneClient() async throws {
        let isWritable = Shared<Bool?>(nil)
        let (started, done) = (Gate(), Gate())
        try await serving { ctx in
            defer { done.open() }
            started.open()
            await waitForCancellation()
            isWritable.value = ctx.writable
            ctx.body = "unread"
        }.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await started.wait()
            await connection.reset()
            await done.wait()
        }
        #expect(isWritable.value == false)
    }

    @Test("isn't writable when it is finished")
    func finished() async throws {
        let isWritable = Shared<Bool?>(nil)
        try await serving { ctx in
            ctx.respond = false
            try await ctx.res.end("x")
            isWritable.value = ctx.writable
        }.test.live { client in
            let response = try await client.get("/")
            #expect(response.text == "x")
        }
        #expect(isWritable.value == false)
    }

    @Test("sends its flushed head before its data comes")
    func flushed() async throws {
        let gate = Gate()
        try await serving { ctx in
            ctx.type = "json"
            ctx.status = 200
            ctx.set("Link", "</css/mycss.css>; as=style; rel=preload")
            ctx.flushHeaders()
            await gate.wait()
            ctx.body = ["a": 1]
        }.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let head = try await connection.receive(until: "\r\n\r\n")
            #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(head.contains("\r\nLink: </css/mycss.css>; as=style; rel=preload\r\n"))
            #expect(head.contains("\r\nTransfer-Encoding: chunked\r\n"))
            gate.open()
            #expect(try await connection.receive(until: "0\r\n\r\n") == "7\r\n{\"a\":1}\r\n0\r\n\r\n")
        }
    }

    @Test("with a refused header is a 500 of its own, and nothing of the header is sent")
    func refused() async throws {
        try await serving { ctx in
            if ctx.path == "/bad" { ctx.set("X-A", "a\r\nX-Injected: 1") }
            ctx.body = "ok"
        }.test.live { client in
            let text = try await client.raw(
                "GET /bad HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", responses: 2)
            #expect(text.hasPrefix("HTTP/1.1 500 Internal Server Error\r\n"))
            #expect(!text.contains("X-Injected"))
            #expect(!text.contains("X-A"))
            #expect(text.hasSuffix("\r\n\r\nok"))
        }
    }

    @Test("of a file is sent whole, and on HEAD has its length")
    func file() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("koa-\(UUID().uuidString).txt").path
        let content = String(repeating: "0123456789abcdef", count: 20_000)
        try Data(content.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await serving { ctx in ctx.body = .file(ctx.path == "/" ? path : path + "-missing") }.test.live { client in
            let response = try await client.get("/")
            #expect(response.text == content)
            #expect(response.type == "text/plain")
            #expect(response.get("Content-Length") == "320000")
            let head = try await client.head("/")
            #expect(head.get("Content-Length") == "320000")
            #expect(head.bytes.isEmpty)
            let missing = try await client.get("/missing")
            #expect(missing.status == 404)
            #expect(missing.text == "Not Found")
        }
    }

    @Test("whose handler sets framing fields has the server's own")
    func framing() async throws {
        try await serving { ctx in
            ctx.set("Transfer-Encoding", "gzip")
            ctx.set("Connection", "upgrade")
            ctx.body = "hello"
            ctx.set("Content-Length", "3")
        }.test.live { client in
            let text = try await client.raw("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", responses: nil)
            #expect(text.contains("\r\nContent-Length: 5\r\n"))
            #expect(!text.contains("Transfer-Encoding"))
            #expect(!text.contains("upgrade"))
            #expect(text.hasSuffix("\r\n\r\nhello"))
        }
    }

    @Test("with an attachment tells its name to a client")
    func attachment() async throws {
        try await serving { ctx in
            ctx.attachment("include-no-ascii-char-中文名-ok.json")
            ctx.body = ["foo": "bar"]
        }.test.live { client in
            let response = try await client.get("/")
            let header = try #require(response.get("Content-Disposition"))
            let parsed = try ContentDisposition(parsing: header)
            #expect(parsed.type == "attachment")
            #expect(parsed["filename"] == "include-no-ascii-char-中文名-ok.json")
            #expect(try response.json == ["foo": "bar"])
        }
    }
}
