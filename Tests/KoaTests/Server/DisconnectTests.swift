import Koa
import KoaTesting
import Testing

@Suite("A client that goes away")
struct DisconnectTests {
    enum Leaving: String, CaseIterable, Sendable {
        case close, reset, halfClose
    }

    @Test("cancels its request's task", arguments: Leaving.allCases)
    func cancelled(leaving: Leaving) async throws {
        let started = Gate()
        let cancelled = Gate()
        let app = Application()
        app.use { ctx in
            started.open()
            await waitForCancellation()
            #expect(ctx.isDisconnected)
            cancelled.open()
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await started.wait()
            try await leave(connection, leaving)
            await cancelled.wait()
        }
    }

    @Test("isn't reported as an error")
    func unreported() async throws {
        let started = Gate()
        let finished = Gate()
        let errors = Shared(0)
        let app = Application()
        app.onError { _, _ in errors.update { $0 += 1 } }
        app.use { ctx in
            ctx.onFinish { finished.open() }
            started.open()
            await waitForCancellation()
            try Task.checkCancellation()
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await started.wait()
            await connection.close()
            await finished.wait()
            #expect(errors.value == 0)
        }
    }

    @Test("doesn't cancel the work for the end of its request")
    func finishing() async throws {
        let started = Gate()
        let finished = Gate()
        let wasCancelled = Shared(true)
        let app = Application()
        app.use { ctx in
            ctx.onFinish {
                wasCancelled.value = Task.isCancelled
                finished.open()
            }
            started.open()
            await waitForCancellation()
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await started.wait()
            await connection.close()
            await finished.wait()
            #expect(!wasCancelled.value)
        }
    }

    @Test("stops the stream that is sent to it")
    func streamStops() async throws {
        let stopped = Gate()
        let app = Application(silent: true)
        app.use { ctx in
            ctx.body = .stream { writer in
                defer { stopped.open() }
                while true { try await writer.write("more and more ") }
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await connection.receive(until: "more and more")
            await connection.reset()
            await stopped.wait()
        }
    }

    @Test("by closing only its half still gets what was asked before", arguments: [1, 3])
    func halfClosed(count: Int) async throws {
        let app = Application()
        app.use { ctx in ctx.body = "answer" }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(String(repeating: "GET / HTTP/1.1\r\nHost: x\r\n\r\n", count: count))
            try await connection.closeOutput()
            let text = try await connection.receiveAll()
            #expect(text.components("answer") == count)
        }
    }

    @Test(
        "in any state leaves the server in order",
        arguments: [
            "", "G", "GET / HTTP/1.1\r\nHo", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab",
            "POST /unread HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab", "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n", "BAD\r\n\r\n",
        ], Leaving.allCases)
    func anyState(request: String, leaving: Leaving) async throws {
        let app = Application(silent: true)
        app.use { ctx in
            switch ctx.path {
            case "/slow": await waitForCancellation()
            case "/stream":
                ctx.body = .stream { writer in
                    while true { try await writer.write("more") }
                }
            case "/unread": ctx.body = "unread"
            case "/ok": ctx.body = "ok"
            default: ctx.body = .bytes(try await ctx.request.stream.collect(upTo: 100))
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            if !request.isEmpty { try await connection.send(request) }
            try await leave(connection, leaving)
            #expect(try await client.get("/ok").text == "ok")
        }
    }

    private func leave(_ connection: TestConnection, _ leaving: Leaving) async throws {
        switch leaving {
        case .close: await connection.close()
        case .reset: await connection.reset()
        case .halfClose: try await connection.closeOutput()
        }
    }
}
