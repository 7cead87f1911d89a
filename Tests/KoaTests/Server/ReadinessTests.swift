import Foundation
import KoaTesting
import NIOCore
import Testing

@testable import Koa

@Suite("Readiness")
struct ReadinessTests {
    @Test("ends with the stop's beginning, and requests are served until its delay is over")
    func stopDelay() async throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 0))
        var options = ServerOptions()
        options.stopDelay = .seconds(5)
        let app = Application(clock: clock)
        app.use { ctx in
            try ctx.assert(ctx.app.isReady, 503)
            ctx.body = "ready"
        }
        let client = try await app.test.live(options: options)
        let server = try #require(client.server)
        #expect(app.isReady && server.isReady)
        let ready = try await client.get("/")
        #expect(ready.status == 200)
        async let stopped: Void = server.stop()
        #expect(await eventually { !server.isReady })
        #expect(!app.isReady)
        let unready = try await client.get("/")
        #expect(unready.status == 503)
        clock.advance(by: .seconds(5))
        await stopped
        #expect(app.isReady && app.servers.isEmpty)
    }

    @Test("a second stop, at once, doesn't wait for the delay")
    func hurry() async throws {
        var options = ServerOptions()
        options.stopDelay = .seconds(3600)
        let app = Application()
        let server = try await app.start(0, options: options)
        async let stopped: Void = server.stop()
        #expect(await eventually { !server.isReady })
        server.stopNow()
        await stopped
        #expect(app.servers.isEmpty)
    }

    @Test("a second stop waits for the first one's delay and end, and shortens nothing")
    func twice() async throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 0))
        var options = ServerOptions()
        options.stopDelay = .seconds(60)
        options.shutdownTimeout = .seconds(30)
        let app = Application(clock: clock)
        let entered = Gate()
        let leave = Gate()
        app.use { ctx in
            if ctx.path == "/slow" {
                entered.open()
                await leave.wait()
            }
            ctx.body = "served"
        }
        let client = try await app.test.live(options: options)
        let server = try #require(client.server)
        async let first: Void = server.stop()
        #expect(await eventually { !server.isReady })
        async let second: Void = server.stop()
        async let slow = client.get("/slow")
        await entered.wait()
        // Past the shutdown's timeout, but not past the delay: everything is served as before.
        clock.advance(by: .seconds(40))
        let other = try await client.get("/")
        #expect(other.text == "served")
        leave.open()
        let response = try await slow
        #expect(response.text == "served")
        clock.advance(by: .seconds(20))
        await first
        await second
        #expect(app.servers.isEmpty)
    }

    @Test("stopping at once, first of all, waits for no delay")
    func atOnce() async throws {
        var options = ServerOptions()
        options.stopDelay = .seconds(3600)
        let app = Application()
        let server = try await app.start(0, options: options)
        server.stopNow()
        await server.stop()
        #expect(app.servers.isEmpty)
    }

    @Test("a deadline that the clock reaches cancels what still runs")
    func deadline() async throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 0))
        let started = Gate()
        let cancelled = Gate()
        let app = Application(silent: true, clock: clock)
        app.use { _ in
            started.open()
            await waitForCancellation()
            cancelled.open()
        }
        let client = try await app.test.live()
        let server = try #require(client.server)
        let connection = try await client.connect()
        try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await started.wait()
        async let stopped: Void = server.stop(within: .seconds(20))
        await server.waitUntilClosed()
        #expect(await eventually { server.registry.isPastDeadline(.max - 1) })
        clock.advance(by: .seconds(19))
        #expect(!cancelled.isOpen)
        clock.advance(by: .seconds(1))
        await cancelled.wait()
        await stopped
        #expect(server.connectionCount == 0)
    }

    @Test("what arrived before the stop is answered")
    func arrived() async throws {
        let app = Application()
        app.use { ctx in ctx.body = "answered" }
        let client = try await app.test.live()
        let server = try #require(client.server)
        var connections: [TestConnection] = []
        for _ in 0..<20 {
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            connections.append(connection)
        }
        await server.stop()
        for connection in connections {
            let response = try await connection.receiveResponse()
            #expect(response.text == "answered")
        }
    }

    @Test("a connection that was taken over is told to quiesce, and waited for")
    func takenOver() async throws {
        let app = Application()
        let taken = Gate()
        let told = Gate()
        app.use { ctx in
            ctx.status = 101
            try ctx.takeOver { channel, _ in
                channel.eventLoop.assumeIsolated().execute {
                    try? channel.pipeline.syncOperations.addHandler(Quiescing { told.open() })
                    channel.read()
                    taken.open()
                }
            }
        }
        let client = try await app.test.live()
        let server = try #require(client.server)
        let connection = try await client.connect()
        try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await taken.wait()
        #expect(server.connectionCount == 1)
        async let stopped: Void = server.stop()
        await told.wait()
        #expect(server.connectionCount == 1)
        await connection.close()
        await stopped
        #expect(server.connectionCount == 0)
    }

    private final class Quiescing: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        private let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event is ChannelShouldQuiesceEvent { body() }
        }
    }
}

@Suite("Listening")
struct ReusePortTests {
    @Test("with a listener for each event loop, one port serves every connection")
    func reusePort() async throws {
        var options = ServerOptions()
        options.reusePort = true
        options.eventLoops = 2
        let app = Application()
        app.use { ctx in ctx.body = "ok" }
        let client = try await app.test.live(options: options)
        let server = try #require(client.server)
        #expect(server.listener.channels.count == 2)
        #expect(Set(server.listener.channels.compactMap { $0.localAddress?.port }).count == 1)
        for _ in 0..<20 {
            let connection = try await client.connect()
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let answer = try await connection.receiveAll()
            #expect(answer.hasSuffix("ok"))
        }
        await client.stop()
        #expect(server.counters.requests == 20)
    }

    @Test("several servers may share a port")
    func shared() async throws {
        var options = ServerOptions()
        options.reusePort = true
        let app = Application()
        let first = try await app.start(0, options: options)
        let second = try await app.start(first.port ?? 0, options: options)
        #expect(first.port == second.port && app.servers.count == 2)
        await first.stop()
        await second.stop()
    }

    @Test("one listener spreads connections over the loops in turn")
    func spread() async throws {
        var options = ServerOptions()
        options.eventLoops = 2
        let app = Application()
        app.use { ctx in ctx.body = "ok" }
        let client = try await app.test.live(options: options)
        let server = try #require(client.server)
        for _ in 0..<4 {
            _ = try await client.raw("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        }
        #expect(server.loops.map { $0.counters.requests.count } == [2, 2])
        await client.stop()
    }
}
