import Koa
import KoaTesting
import Testing

@Suite("A client that leaves")
struct ConnectionStateTests {
    enum Leaving: String, CaseIterable, Sendable {
        case close, reset, halfClose
    }

    /// Counts what its handlers do.
    private final class Handlers: Sendable {
        let begun = Shared(0)
        let ended = Shared(0)
        let cancelled = Shared(0)

        func application() -> Application {
            let app = Application(silent: true)
            app.use { ctx in
                self.begun.update { $0 += 1 }
                defer { self.ended.update { $0 += 1 } }
                switch ctx.path {
                case "/read": for try await _ in ctx.request.stream {}
                case "/wait": await self.waitForCancellation()
                case "/stream":
                    ctx.body = .stream { writer in
                        try await writer.write("piece")
                        await self.waitForCancellation()
                    }
                case "/flood":
                    ctx.body = .stream { writer in
                        while true { try await writer.write(String(repeating: "flood", count: 10_000)) }
                    }
                default: ctx.body = "answer"
                }
            }
            return app
        }

        private func waitForCancellation() async {
            await ProtocolTests.waitForCancellation()
            cancelled.update { $0 += 1 }
        }
    }

    @Test(
        "leaves nothing behind, whatever its connection was doing", arguments: ConnectionState.allCases,
        Leaving.allCases)
    func nothingIsLeft(state: ConnectionState, leaving: Leaving) async throws {
        let handlers = Handlers()
        try await handlers.application().test.live { client in
            let server = try #require(client.server)
            let connection = try await client.connect()
            try await connection.send(state.request)
            if let answer = state.answer { _ = try await connection.receive(until: answer) }
            #expect(
                await eventually {
                    server.counters.bytesReceived == state.request.utf8.count && server.connectionCount == 1
                        && handlers.begun.value == state.handlers
                })

            switch leaving {
            case .close: await connection.close()
            case .reset: await connection.reset()
            case .halfClose: try await connection.closeOutput()
            }

            #expect(await eventually { server.connectionCount == 0 })
            #expect(server.counters.openConnections == 0)
            #expect(server.counters.activeRequests == 0)
            #expect(handlers.begun.value == state.handlers)
            #expect(handlers.ended.value == state.handlers)
            #expect(handlers.cancelled.value == (state.isHandlerWaiting ? 1 : 0))
        }
    }

    @Test(
        "by its half: what it asked before is answered, half a request isn't",
        arguments: [
            ("", 0), ("\r\n", 0), ("GET / HT", 0), ("GET / HTTP/1.1\r\nHost: a\r\n", 0),
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 1),
            ("GET / HTTP/1.0\r\n\r\n", 1),
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 2),
            ("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHo", 1),
            ("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", 1),
            ("POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell", 0),
            ("POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 1),
            ("POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", 0),
            // Nobody waits for the rest: the answer is out before its end is missed.
            ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhell", 1),
        ])
    func halfClosed(request: String, answers: Int) async throws {
        let app = Application(silent: true)
        app.use { ctx in
            if ctx.path == "/read" { for try await _ in ctx.request.stream {} }
            ctx.body = "answer"
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(request)
            try await connection.closeOutput()
            let text = try await connection.receiveAll()
            #expect(text.split(separator: "answer", omittingEmptySubsequences: false).count - 1 == answers)
            #expect(text.split(separator: "HTTP/1.1 200 OK", omittingEmptySubsequences: false).count - 1 == answers)
            #expect(await eventually { client.server?.connectionCount == 0 })
        }
    }
}
