import KoaTesting
import Testing

@Suite("live connections by hand", .timeLimit(.minutes(10)))
struct TestConnectionTests {
    /// Answers with the method, the path and the body.
    private func makeApp() -> Application {
        let app = Application(silent: true)
        app.use { ctx in
            let body = try await ctx.request.stream.collect(upTo: 1_000_000)
            ctx.body = .text("\(ctx.method) \(ctx.path) \(String(buffer: body))")
        }
        return app
    }

    @Test("raw returns one response as it was sent")
    func raw() async throws {
        try await makeApp().test.live { client in
            let answer = try await client.raw("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.hasSuffix("\r\n\r\nGET /a "))
        }
    }

    @Test("raw writes in pieces of any size", arguments: [1, 2, 7, 1000])
    func split(size: Int) async throws {
        try await makeApp().test.live { client in
            let answer = try await client.raw(
                "POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
                splitEvery: size
            )
            #expect(answer.hasSuffix("\r\n\r\nPOST /p abc"))
        }
    }

    @Test("raw reads as many responses as are asked for, or all until the end")
    func pipelined() async throws {
        try await makeApp().test.live { client in
            let two = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let first = try await client.raw(two)
            #expect(first.hasSuffix("GET /1 "))
            let both = try await client.raw(two, responses: 2)
            #expect(both.contains("GET /1 HTTP/1.1 200 OK") && both.hasSuffix("GET /2 "))
            #expect(try await client.raw(two, responses: nil).hasSuffix("GET /2 "))
            // It doesn't wait for a response that can't come.
            #expect(try await client.raw(two, responses: 5).hasSuffix("GET /2 "))
        }
    }

    @Test("raw knows that a response to HEAD has no body")
    func head() async throws {
        try await makeApp().test.live { client in
            let answer = try await client.raw("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.contains("Content-Length: 8\r\n") && answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test(
        "raw sends what no client would, and the server refuses it",
        arguments: [
            ("nonsense\r\n\r\n", "400"), ("GET /\u{1} HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
            ("GET / HTTP/1.1\r\n\r\n", "400"), ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", "400"),
            ("GET / HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n", "400"),
        ]
    )
    func hostile(_ text: String, _ status: String) async throws {
        try await makeApp().test.live { client in
            let answer = try await client.raw(text, responses: nil)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        }
    }

    @Test("send and receive step by step")
    func byHand() async throws {
        try await makeApp().test.live { client in
            let connection = try await client.connect()
            try await connection.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n")
            #expect(try await connection.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await connection.send("ab")
            try await connection.send("cd")
            #expect(try await connection.receive(until: "HTTP/1.1 ") == "HTTP/1.1 ")
            #expect(String(buffer: try await connection.receive(count: 3)) == "200")
            #expect(try await connection.receive(until: "\r\n\r\nPOST").hasSuffix("POST"))
            #expect(String(buffer: try await connection.receive(count: 7)) == " / abcd")

            try await connection.send("GET /again HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await connection.receiveResponse().text == "GET /again ")
            try await connection.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET /last HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await connection.receiveResponse(to: .head).bytes.isEmpty)
            #expect(try await connection.receiveResponse().text == "GET /last ")
            await connection.close()
            await #expect(throws: TestError.self) { try await connection.send("more") }
        }
    }

    @Test("a half-closed connection still gets its answer, then the end")
    func halfClose() async throws {
        let app = Application()
        app.use { ctx in ctx.body = "answer" }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await connection.receiveResponse().text == "answer")
            try await connection.closeOutput()
            #expect(try await connection.receiveAll() == "")
            let error = await #expect(throws: TestError.self) { try await connection.receiveResponse() }
            #expect(error?.code == .noResponse)
            let missing = await #expect(throws: TestError.self) { try await connection.receive(count: 1) }
            #expect(missing?.code == .disconnected)
        }
    }

    @Test("a close or a reset cancels the request that runs", arguments: [false, true])
    func disconnects(byReset: Bool) async throws {
        let app = Application(silent: true)
        let (entered, didEnter) = AsyncStream.makeStream(of: Void.self)
        let (ends, ended) = AsyncStream.makeStream(of: Bool.self)
        app.use { ctx in
            didEnter.yield()
            let (never, continuation) = AsyncStream.makeStream(of: Void.self)
            for await _ in never {}
            _ = continuation
            ended.yield(Task.isCancelled && ctx.isDisconnected)
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = await entered.first { true }
            if byReset { await connection.reset() } else { await connection.close() }
            #expect(await ends.first { _ in true } == true)
        }
    }

    @Test("a client that doesn't receive is slow, and the server waits for it")
    func slowClient() async throws {
        let app = Application(silent: true)
        let (entered, didEnter) = AsyncStream.makeStream(of: Void.self)
        let total = 64 * 1024 * 1024
        app.use { ctx in
            ctx.body = .stream(contentLength: total) { writer in
                let piece = ByteBuffer(repeating: 0x61, count: 64 * 1024)
                for _ in 0..<(total / piece.readableBytes) { try await writer.write(piece) }
                didEnter.yield()
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await connection.receive(until: "\r\n\r\n").contains("Content-Length: \(total)"))
            // Other requests go on, and the stream isn't at its end.
            #expect(try await client.head("/").status == 200)
            #expect(try await connection.receive(count: total).readableBytes == total)
            #expect(await entered.first { true } != nil)
        }
    }

    @Test("each step has a deadline, and says what is there")
    func deadlines() async throws {
        let client = try await makeApp().test.live()
        let connection = try await client.connect()
        try await connection.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\nGET /y HTTP/1.1\r\nHost: a\r\n\r\n")
        _ = try await connection.receive(until: "\r\n\r\nGET /x HTTP")
        connection.deadline = .milliseconds(50)
        let error = await #expect(throws: TestError.self) { try await connection.receive(until: "never") }
        #expect(error?.code == .deadlineExceeded)
        #expect(error?.message.contains("GET /y") == true)
        #expect(try await connection.receive(until: "GET /y ").hasPrefix("/1.1 200 OK"))
        for read in 0..<3 {
            let error = await #expect(throws: TestError.self) {
                switch read {
                case 0: _ = try await connection.receiveResponse()
                case 1: _ = try await connection.receive(count: 1)
                default: _ = try await connection.receiveAll()
                }
            }
            #expect(error?.code == .deadlineExceeded)
        }
        await client.stop()
    }

    @Test("sending to a server that doesn't read meets the deadline")
    func sendDeadline() async throws {
        let app = Application(silent: true)
        let gate = Gate()
        app.use { ctx in await gate.enterAndWait() }
        let client = try await app.test.live()
        let connection = try await client.connect()
        try await connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n")
        await gate.waitUntilEntered()
        connection.deadline = .milliseconds(100)
        let error = await #expect(throws: TestError.self) {
            try await connection.send(ByteBuffer(repeating: 0x61, count: 100_000_000))
        }
        #expect(error?.code == .deadlineExceeded)
        gate.open()
        await client.stop()
    }

    @Test("a client in memory has no connections")
    func notLive() async throws {
        let client = makeApp().test
        for error in [
            await #expect(throws: TestError.self) { try await client.connect() },
            await #expect(throws: TestError.self) { try await client.raw("GET / HTTP/1.1\r\n\r\n") },
        ] {
            #expect(error?.code == .notLive)
        }
        await client.stop()
    }

    @Test("stopping closes what the test left open")
    func stops() async throws {
        let client = try await makeApp().test.live()
        let connection = try await client.connect()
        try await connection.send("GET / HTTP/1.1\r\n")
        await client.stop()
        #expect(client.server?.connectionCount == 0)
        await #expect(throws: TestError.self) { try await connection.receiveAll() }
        await #expect(throws: TestError.self) { try await client.connect() }
    }
}
