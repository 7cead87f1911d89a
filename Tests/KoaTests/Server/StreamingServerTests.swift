import Koa
import KoaTesting
import NIOCore
import Testing

@Suite("A streamed response on the wire")
struct StreamingServerTests {
    private struct Broken: Error {}

    @Test("is sent in chunks, piece by piece as it is written")
    func chunks() async throws {
        let gate = Gate()
        let app = Application()
        app.use { ctx in
            ctx.body = .stream { writer in
                try await writer.write("one")
                await gate.wait()
                try await writer.write("two")
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let first = try await connection.receive(until: "one\r\n")
            #expect(first.contains("Transfer-Encoding: chunked\r\n") && !first.contains("Content-Length"))
            gate.open()
            #expect(try await connection.receive(until: "0\r\n\r\n") == "3\r\ntwo\r\n0\r\n\r\n")
        }
    }

    @Test("of a known length has it, and the connection goes on")
    func knownLength() async throws {
        let app = Application()
        app.use { ctx in
            ctx.body = .stream(contentLength: 6) { writer in
                try await writer.write("abc")
                try await writer.write("def")
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            for _ in 1...2 {
                try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                let response = try await connection.receiveResponse()
                #expect(response.text == "abcdef")
                #expect(response.get("Content-Length") == "6" && response.get("Transfer-Encoding") == nil)
            }
        }
    }

    @Test("to HTTP/1.0 ends with the connection")
    func http10() async throws {
        let app = Application()
        app.use { ctx in ctx.body = .stream { writer in try await writer.write("until the end") } }
        try await app.test.live { client in
            let text = try await client.raw("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", responses: nil)
            #expect(text.hasSuffix("\r\n\r\nuntil the end"))
            #expect(!text.contains("chunked") && text.contains("Connection: close\r\n"))
        }
    }

    @Test("that fails before its first piece is a proper error response")
    func earlyFailure() async throws {
        let app = Application(silent: true)
        app.use { ctx in ctx.body = .stream { _ in throw HTTPError(.badGateway) } }
        try await app.test.live { client in
            let connection = try await client.connect()
            for _ in 1...2 {
                try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                let response = try await connection.receiveResponse()
                #expect(response.status == 502 && response.text == "Bad Gateway")
            }
        }
    }

    @Test("that fails later breaks the connection, without a clean end")
    func lateFailure() async throws {
        let reported = Shared(0)
        let app = Application()
        app.onError { _, _ in reported.update { $0 += 1 } }
        app.use { ctx in
            ctx.body = .stream { writer in
                try await writer.write("some")
                throw Broken()
            }
        }
        try await app.test.live { client in
            let text = try await client.raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n", responses: nil)
            #expect(text.contains("some") && !text.contains("0\r\n\r\n"))
            #expect(reported.value == 1)
        }
    }

    @Test("whose sequence just ends when its client leaves isn't taken for whole")
    func cancelledSequence() async throws {
        let started = Gate()
        let app = Application(silent: true)
        app.use { ctx in
            let (rows, continuation) = AsyncStream<String>.makeStream()
            continuation.yield("row")
            ctx.body = .stream(rows)
            started.open()
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let start = try await connection.receive(until: "row\r\n")
            #expect(start.contains("chunked"))
            try await connection.closeOutput()
            let rest = try await connection.receiveAll()
            #expect(!rest.contains("0\r\n\r\n"))
        }
    }

    @Test("is out before the work that follows it")
    func flushedBeforeFinish() async throws {
        let gate = Gate()
        let app = Application()
        app.use { ctx in
            ctx.onFinish { await gate.wait() }
            await Task.yield()
            ctx.body = "done"
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let response = try await connection.receiveResponse()
            #expect(response.text == "done")
            gate.open()
        }
    }

    @Test("shorter than its length breaks the connection")
    func tooShort() async throws {
        let app = Application(silent: true)
        app.use { ctx in ctx.body = .stream(contentLength: 10) { writer in try await writer.write("abc") } }
        try await app.test.live { client in
            let text = try await client.raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n", responses: nil)
            #expect(text.hasSuffix("\r\n\r\nabc"))
        }
    }

    @Test("waits while the client is slow, so that memory doesn't grow")
    func backPressure() async throws {
        let written = Shared(0)
        let stuck = Gate()
        let app = Application()
        let total = 24
        app.use { ctx in
            ctx.body = .stream { writer in
                let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 20)
                for number in 1...total {
                    if number == 2 { stuck.open() }
                    try await writer.write(piece)
                    written.update { $0 += 1 }
                }
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await stuck.wait()
            for _ in 0..<200 { _ = try await client.connect().close() }
            #expect(written.value < total)
            #expect(try await connection.receiveResponse().body.readableBytes == total << 20)
        }
    }

    @Test("flushHeaders sends the head at once")
    func flushHeaders() async throws {
        let gate = Gate()
        let app = Application()
        app.use { ctx in
            ctx.status = 200
            ctx.set("X-Early", "1")
            ctx.flushHeaders()
            ctx.set("X-Late", "1")
            await gate.wait()
            ctx.body = "body"
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let head = try await connection.receive(until: "\r\n\r\n")
            #expect(head.contains("X-Early: 1\r\n") && !head.contains("X-Late"))
            gate.open()
            #expect(try await connection.receive(until: "0\r\n\r\n") == "4\r\nbody\r\n0\r\n\r\n")
        }
    }
}
