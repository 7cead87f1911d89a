import KoaTesting
import NIOCore
import Testing

@testable import Koa

@Suite("Taking a connection over")
struct TakeOverTests {
    @Test("answers 101 and gives channel and bytes to another protocol")
    func upgrade() async throws {
        let app = Application()
        app.use { ctx in
            ctx.status = 101
            ctx.set(["Connection": "Upgrade", "Upgrade": "shout"])
            try ctx.takeOver { channel, rest in
                channel.eventLoop.assumeIsolated().execute {
                    try? channel.pipeline.syncOperations.addHandler(Shout())
                    channel.pipeline.fireChannelRead(rest)
                    channel.setOption(.autoRead, value: true).whenComplete { _ in channel.read() }
                }
            }
        }
        try await app.test.live { client in
            let connection = try await client.connect()
            try await connection.send(
                "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: shout\r\nConnection: upgrade\r\n\r\nearly ")
            let head = try await connection.receive(until: "\r\n\r\n")
            #expect(head.hasPrefix("HTTP/1.1 101 Switching Protocols") && head.contains("Connection: Upgrade\r\n"))
            #expect(try await connection.receive(until: "EARLY ") == "EARLY ")
            try await connection.send("and late")
            #expect(try await connection.receive(until: "AND LATE") == "AND LATE")
            // A client that goes takes its connection with it, as SwiftNIO's protocols expect.
            try await connection.closeOutput()
            #expect(try await connection.receiveAll() == "")
            #expect(await eventually { client.server?.connectionCount == 0 })
        }
    }

    @Test("while the server stops tells who takes it over to come to an end")
    func whileStopping() async throws {
        let app = Application()
        let entered = Gate()
        let leave = Gate()
        app.use { ctx in
            entered.open()
            await leave.wait()
            ctx.status = 101
            try ctx.takeOver { channel, _ in
                channel.eventLoop.assumeIsolated().execute {
                    try? channel.pipeline.syncOperations.addHandler(Quiet())
                }
            }
        }
        let client = try await app.test.live()
        let server = try #require(client.server)
        let connection = try await client.connect()
        try await connection.send("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: quiet\r\nConnection: upgrade\r\n\r\n")
        await entered.wait()
        async let stopped: Void = server.stop()
        #expect(await eventually { server.registry.isStopping })
        for loop in server.loops { try await loop.eventLoop.submit {}.get() }
        leave.open()
        await stopped
        #expect(try await connection.receiveAll().hasPrefix("HTTP/1.1 101"))
    }

    /// Closes when it is asked to come to an end.
    private final class Quiet: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event is ChannelShouldQuiesceEvent { context.close(promise: nil) }
        }
    }

    @Test("is refused in memory, and when the head was sent")
    func refused() async throws {
        let app = Application(silent: true)
        app.use { ctx in
            if ctx.path == "/late" { ctx.flushHeaders() }
            #expect(throws: KoaError.self) { try ctx.takeOver { _, _ in } }
            ctx.body = "still here"
        }
        #expect(try await app.test.get("/").text == "still here")
        try await app.test.live { client in
            let response = try await client.get("/late")
            #expect(response.text == "still here")
        }
    }

    private final class Shout: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data)).uppercased()
            context.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
        }
    }
}
