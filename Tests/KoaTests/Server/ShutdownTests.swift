import Koa
import KoaTesting
import Testing

@Suite("Stopping a server")
struct ShutdownTests {
    @Test("finishes the requests that run, and takes no new connections")
    func graceful() async throws {
        let started = Gate()
        let gate = Gate()
        let app = Application()
        app.use { ctx in
            started.open()
            await gate.wait()
            ctx.body = "finished"
        }
        let client = try await app.test.live()
        let server = try #require(client.server)
        let connection = try await client.connect()
        try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await started.wait()
        async let stopped: Void = server.stop()
        await server.waitUntilClosed()
        await #expect(throws: (any Error).self) {
            let late = try await client.connect()
            try await late.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await late.receiveResponse()
        }
        gate.open()
        let text = try await connection.receiveAll()
        #expect(text.hasSuffix("finished") && text.contains("Connection: close\r\n"))
        await stopped
        #expect(server.connectionCount == 0)
    }

    @Test("closes idle connections at once")
    func idle() async throws {
        let app = Application()
        app.use { ctx in ctx.body = "ok" }
        let client = try await app.test.live()
        let connection = try await client.connect()
        try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = try await connection.receiveResponse()
        await client.server?.stop()
        #expect(try await connection.receiveAll() == "")
    }

    @Test("cancels what still runs at the deadline")
    func deadline() async throws {
        let started = Gate()
        let app = Application(silent: true)
        app.use { _ in
            started.open()
            await waitForCancellation()
        }
        let client = try await app.test.live()
        let connection = try await client.connect()
        try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await started.wait()
        await client.server?.stop(within: .milliseconds(1))
        #expect(client.server?.connectionCount == 0)
    }

    @Test("waits for the task of a client that has gone")
    func taskWithoutClient() async throws {
        let started = Gate()
        let gone = Gate()
        let gate = Gate()
        let ended = Shared(false)
        var options = ServerOptions()
        options.eventLoops = 1
        let app = Application()
        app.use { _ in
            started.open()
            await waitForCancellation()
            gone.open()
            await gate.wait()
            ended.value = true
        }
        let client = try await app.test.live(options: options)
        let server = try #require(client.server)
        let connection = try await client.connect()
        try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await started.wait()
        await connection.close()
        await gone.wait()
        #expect(server.connectionCount == 1)
        async let stopped: Void = server.stop()
        await server.waitUntilClosed()
        gate.open()
        await stopped
        #expect(ended.value && server.connectionCount == 0)
    }

    @Test("drops none of many requests in flight")
    func manyInFlight() async throws {
        let count = 200
        let running = Shared(0)
        let allRun = Gate()
        let gate = Gate()
        let app = Application()
        app.use { ctx in
            running.update {
                $0 += 1
                if $0 == count { allRun.open() }
            }
            await gate.wait()
            ctx.body = "finished"
        }
        let client = try await app.test.live()
        let server = try #require(client.server)
        var connections: [TestConnection] = []
        for _ in 0..<count {
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            connections.append(connection)
        }
        await allRun.wait()
        async let stopped: Void = server.stop()
        await server.waitUntilClosed()
        gate.open()
        for connection in connections {
            #expect(try await connection.receiveResponse().text == "finished")
        }
        await stopped
    }
}
