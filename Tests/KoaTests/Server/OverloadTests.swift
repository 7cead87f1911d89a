import KoaTesting
import Testing

@testable import Koa

@Suite("Too many connections")
struct ConnectionLimitTests {
    private let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test("the one after the last gets 503 and Retry-After; when one closes there is room again")
    func refused() async throws {
        var options = ServerOptions()
        options.maxConnections = 2
        let app = Application()
        app.use { ctx in ctx.body = "ok" }
        try await app.test.live(options: options) { client in
            let server = try #require(client.server)
            let first = try await client.connect()
            let second = try await client.connect()
            for connection in [first, second] {
                try await connection.send(request)
                let response = try await connection.receiveResponse()
                #expect(response.status == 200)
            }
            let third = try await client.connect()
            try await third.send(request)
            let answer = try await third.receiveAll()
            #expect(answer.hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
            #expect(answer.contains("Retry-After: 1\r\n") && answer.contains("Connection: close\r\n"))
            await first.close()
            await third.close()
            #expect(await eventually { server.connectionCount == 1 })
            let fourth = try await client.connect()
            try await fourth.send(request)
            let response = try await fourth.receiveResponse()
            #expect(response.status == 200)
            #expect(server.counters.refusedConnections == 1 && server.counters.acceptedConnections == 4)
        }
    }

    @Test("those that even the answer would be too much for are closed")
    func turnedAway() async throws {
        let registry = ConnectionRegistry(capacity: 1)
        let admissions = (1...18).map { _ in registry.admit() }
        #expect(admissions == [.admitted] + Array(repeating: .full, count: 16) + [.turnedAway])
        registry.leave()
        #expect(registry.admit() == .full)
    }

    @Test("with `.wait` they stay in the backlog until there is room")
    func waiting() async throws {
        var options = ServerOptions()
        options.maxConnections = 2
        options.overload = .wait
        let app = Application()
        app.use { ctx in ctx.body = "ok" }
        try await app.test.live(options: options) { client in
            let server = try #require(client.server)
            let first = try await client.connect()
            let second = try await client.connect()
            for connection in [first, second] {
                try await connection.send(request)
                _ = try await connection.receiveResponse()
            }
            let third = try await client.connect()
            try await third.send(request)
            // A round trip on another connection: the server had its chance to accept.
            try await first.send(request)
            _ = try await first.receiveResponse()
            #expect(server.counters.acceptedConnections == 2)
            await second.close()
            let response = try await third.receiveResponse()
            #expect(response.status == 200)
            #expect(server.counters.refusedConnections == 0)
        }
    }

    @Test("by default there is room for what the process may open")
    func byDefault() {
        #expect(OpenFilesLimit.connections >= 16)
        #expect(ServerOptions().maxConnections == nil)
    }
}

@Suite("Too many requests at a time")
struct ConcurrencyLimitTests {
    @Test("the one after the last gets 503 at once, and its connection lives on")
    func refused() async throws {
        var options = ServerOptions()
        options.eventLoops = 1
        options.maxConcurrentRequests = 2
        let gate = Gate()
        let running = Shared(0)
        let app = Application()
        app.use { ctx in
            running.update { $0 += 1 }
            await gate.wait()
            ctx.body = "ok"
        }
        try await app.test.live(options: options) { client in
            let server = try #require(client.server)
            var connections: [TestConnection] = []
            for _ in 1...2 {
                let connection = try await client.connect()
                try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                connections.append(connection)
            }
            #expect(await eventually { running.value == 2 })
            let third = try await client.connect()
            try await third.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody")
            let refused = try await third.receiveResponse()
            #expect(refused.status == 503 && refused.headers["Retry-After"] == "1")
            try await third.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            let head = try await third.receiveResponse(to: .head)
            #expect(head.status == 503)
            gate.open()
            for connection in connections {
                let response = try await connection.receiveResponse()
                #expect(response.text == "ok")
            }
            try await third.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let served = try await third.receiveResponse()
            #expect(served.text == "ok")
            #expect(server.counters.refusedRequests == 2 && server.counters.requests == 5)
        }
    }
}
