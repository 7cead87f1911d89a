import Koa
import KoaTesting
import NIOCore
import Testing

@Suite("A request's body on the wire")
struct RequestBodyServerTests {
    private func counting() -> Application {
        let app = Application()
        app.use { ctx in
            if ctx.path == "/unread" {
                ctx.body = "unread"
                return
            }
            var count = 0
            for try await chunk in ctx.request.stream { count += chunk.readableBytes }
            ctx.body = .text("\(count)")
        }
        return app
    }

    @Test("is asked for by 100 Continue when it is first read")
    func continues() async throws {
        try await counting().test.live { client in
            let connection = try await client.connect()
            try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
            #expect(try await connection.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.send("hello")
            #expect(try await connection.receiveResponse().text == "5")
        }
    }

    @Test("isn't asked for when nobody reads it: the answer is final, and the connection closes")
    func refusesToContinue() async throws {
        try await counting().test.live { client in
            let text = try await client.raw(
                "POST /unread HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n", responses: nil)
            #expect(text.hasPrefix("HTTP/1.1 200 OK"))
            #expect(text.contains("Connection: close\r\n"))
            #expect(!text.contains("100 Continue"))
        }
    }

    @Test("that came unasked needs no 100 Continue")
    func impatient() async throws {
        try await counting().test.live { client in
            let text = try await client.raw(
                "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello")
            #expect(text.hasPrefix("HTTP/1.1 200 OK"))
            #expect(text.hasSuffix("\r\n\r\n5"))
        }
    }

    @Test("that nobody read is drained, and the connection goes on", arguments: [5, 100_000])
    func drained(size: Int) async throws {
        try await counting().test.live { client in
            let connection = try await client.connect()
            let body = String(repeating: "x", count: size)
            try await connection.send("POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: \(size)\r\n\r\n\(body)")
            #expect(try await connection.receiveResponse().text == "unread")
            try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi")
            #expect(try await connection.receiveResponse().text == "2")
        }
    }

    @Test("that nobody read and is too long to drain closes the connection")
    func tooLongToDrain() async throws {
        var options = ServerOptions()
        options.maxDrainedBody = 10
        let client = try await counting().test.live(options: options)
        let text = try await client.raw(
            "POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nhello", responses: nil)
        #expect(text.contains("Connection: close\r\n"))
        await client.stop()
    }

    @Test("in chunks that nobody read is drained up to the limit")
    func chunksTooLongToDrain() async throws {
        var options = ServerOptions()
        options.maxDrainedBody = 10
        let client = try await counting().test.live(options: options)
        let head = "POST /unread HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        let short = try await client.raw(
            head + "5\r\nhello\r\n0\r\n\r\nGET /unread HTTP/1.1\r\nHost: x\r\n\r\n", responses: 2)
        #expect(short.components("HTTP/1.1 200 OK") == 2)
        let long = try await client.raw(
            head + "14\r\n01234567890123456789\r\n0\r\n\r\nGET /unread HTTP/1.1\r\nHost: x\r\n\r\n", responses: nil)
        #expect(long.components("HTTP/1.1 200 OK") == 1)
        await client.stop()
    }

    @Test("arrives whatever the size of the buffer that it waits in", arguments: [0, 1, 1024])
    func smallBuffer(size: Int) async throws {
        var options = ServerOptions()
        options.requestBufferSize = size
        let client = try await counting().test.live(options: options)
        let connection = try await client.connect()
        try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        try await connection.send("5\r\nhello\r\n0\r\nX-Trailer: \(String(repeating: "t", count: 2000))")
        try await connection.send("\r\n\r\n")
        let response = try await connection.receiveResponse()
        #expect(response.text == "5")
        await client.stop()
    }

    @Test("can't be asked for behind the response's head")
    func lateContinue() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            ctx.status = 200
            ctx.flushHeaders()
            _ = try await ctx.request.stream.collect(upTo: 10)
        }
        try await app.test.live { client in
            let text = try await client.raw(
                "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n", responses: nil)
            #expect(text.hasPrefix("HTTP/1.1 200 OK") && !text.contains("100 Continue"))
        }
    }

    @Test("larger than memory should hold arrives piece by piece")
    func large() async throws {
        try await counting().test.live { client in
            let connection = try await client.connect()
            let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 16)
            try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(100 << 16)\r\n\r\n")
            for _ in 0..<100 { try await connection.send(piece) }
            #expect(try await connection.receiveResponse().text == "\(100 << 16)")
        }
    }

    @Test("waits in the client while its reader is slow")
    func backPressure() async throws {
        let gate = Gate()
        let reading = Gate()
        let sent = Shared(0)
        let app = Application()
        app.use { ctx in
            reading.open()
            await gate.wait()
            var count = 0
            for try await chunk in ctx.request.stream { count += chunk.readableBytes }
            ctx.body = .text("\(count)")
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            let total = 24 << 20
            try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(total)\r\n\r\n")
            await reading.wait()
            let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 20)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for _ in 0..<(total >> 20) {
                        try await connection.send(piece)
                        sent.update { $0 += 1 }
                    }
                }
                // The sender gets stuck in the kernel's buffers; a second connection's round trips give it time to.
                for _ in 0..<200 { _ = try await client.connect().close() }
                #expect(sent.value < total >> 20)
                gate.open()
                try await group.waitForAll()
            }
            #expect(try await connection.receiveResponse().text == "\(total)")
        }
    }

    @Test("ends with an error when the client goes away in the middle")
    func truncated() async throws {
        let failure = Shared<KoaError.Code?>(nil)
        let done = Gate()
        let app = Application(silent: true)
        app.use { ctx in
            defer { done.open() }
            do {
                _ = try await ctx.request.stream.collect(upTo: 100)
            } catch let error as KoaError {
                failure.value = error.code
                throw error
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhello")
            await connection.close()
            await done.wait()
            #expect(failure.value == .disconnected)
        }
    }
}

extension String {
    /// How often a text stands in this one.
    func components(_ part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}
