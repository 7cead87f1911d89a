import KoaTesting
import NIOCore
import Testing

@testable import Koa

@Suite("A server's counters")
struct CountersTests {
    @Test("count connections, requests, responses by class, and bytes")
    func counts() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            ctx.status = Status(Int(ctx.path.dropFirst()) ?? 200)
            ctx.body = "ok"
        }
        try await app.test.live { client in
            let server = try #require(client.server)
            for path in ["/200", "/201", "/302", "/404", "/422", "/500"] { _ = try await client.get(path) }
            _ = try await client.raw("nonsense\r\n\r\n", responses: nil)
            // The last task may end after its response has arrived.
            #expect(await eventually { server.counters.activeRequests == 0 })
            let counters = server.counters
            #expect(counters.requests == 6 && counters.malformedRequests == 1)
            #expect(counters.responses.successful == 2 && counters.responses.redirection == 1)
            #expect(counters.responses.clientError == 3 && counters.responses.serverError == 1)
            #expect(counters.responses.informational == 0 && counters.responses.total == 7)
            #expect(counters.acceptedConnections == 2)
            #expect(counters.bytesReceived > 6 * 30 && counters.bytesSent > 7 * 100)
            #expect(counters.handlerTime > .zero)
            #expect(app.counters.requests == 6)
        }
        #expect(app.servers.isEmpty && app.counters == ServerCounters())
    }

    @Test("bytes are those on the wire")
    func bytes() async throws {
        let app = Application()
        app.use { ctx in
            ctx.body = .stream { writer in
                try await writer.write(String(repeating: "x", count: 100_000))
                try await writer.write("end")
            }
        }
        try await app.test.live { client in
            let request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            let answer = try await client.raw(request, responses: nil)
            #expect(client.server?.counters.bytesReceived == request.utf8.count)
            #expect(client.server?.counters.bytesSent == answer.utf8.count)
        }
    }

    @Test("broken responses count as aborted")
    func aborted() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            ctx.body = .stream { writer in
                try await writer.write("half")
                throw Boom()
            }
        }
        try await app.test.live { client in
            _ = try await client.raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n", responses: nil)
            #expect(client.server?.counters.abortedResponses == 1)
        }
    }

    @Test("a request in flight is active")
    func active() async throws {
        let started = Gate()
        let gate = Gate()
        let app = Application()
        app.use { _ in
            started.open()
            await gate.wait()
        }
        try await app.test.live { client in
            let server = try #require(client.server)
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await started.wait()
            #expect(server.counters.activeRequests == 1 && server.counters.openConnections == 1)
            gate.open()
            _ = try await connection.receiveResponse()
            await connection.close()
            #expect(await eventually { server.counters.activeRequests == 0 && server.counters.openConnections == 0 })
        }
    }

    @Test("add up")
    func sum() {
        var one = ServerCounters()
        one.requests = 2
        one.responses.serverError = 1
        one.handlerTime = .seconds(1)
        var two = one
        two.timeouts = 5
        let sum = one + two
        #expect(sum.requests == 4 && sum.responses.serverError == 2 && sum.timeouts == 5)
        #expect(sum.handlerTime == .seconds(2))
    }
}
