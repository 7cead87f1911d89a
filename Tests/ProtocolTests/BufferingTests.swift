import Foundation
import NIOCore
import NIOEmbedded
import Testing

@testable import Koa

/// What a connection keeps in memory of what it has read, whatever a client sends and however long.
@Suite("Buffering")
struct BufferingTests {
    /// Far more than any buffer, and far less than what is sent.
    private static let bound = 256 * 1024

    /// A connection, without a socket, of an application.
    private struct Bare {
        let loop = EmbeddedEventLoop()
        let channel: EmbeddedChannel
        let connection: HTTP1Connection

        init(_ app: Application, _ options: ServerOptions = ServerOptions()) throws {
            let resources = LoopResources(
                eventLoop: loop, registry: ConnectionRegistry(capacity: 10), options: options)
            connection = HTTP1Connection(handler: app.callback(), options: options, loop: resources)
            channel = EmbeddedChannel(handler: connection, loop: loop)
            channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
            loop.run()
        }

        func send(_ bytes: ArraySlice<UInt8>) throws {
            try channel.writeInbound(ByteBuffer(bytes: bytes))
            loop.run()
            while try channel.readOutbound(as: ByteBuffer.self) != nil {}
        }
    }

    @Test("requests that never end where a read ends don't pile up")
    func straddlingRequests() throws {
        let app = Application(silent: true)
        app.use { ctx in ctx.body = "ok" }
        let bare = try Bare(app)
        let padding = String(repeating: "a", count: 8000)
        let request = Array("GET / HTTP/1.1\r\nHost: a\r\nX-Padding: \(padding)\r\n\r\n".utf8)
        try bare.send(request[..<10])
        for _ in 1...500 {
            try bare.send(request[10...] + request[..<10])
            #expect(bare.connection.input.storageCapacity <= Self.bound)
        }
        #expect(bare.connection.loop.counters.reading.requests == 500)
        bare.channel.close(promise: nil)
        bare.loop.run()
    }

    @Test("a chunked body that is read while it comes doesn't pile up")
    func straddlingChunks() throws {
        let app = Application(silent: true)
        app.use { ctx in
            var size = 0
            for try await chunk in ctx.request.stream { size += chunk.readableBytes }
            ctx.body = .text("\(size)")
        }
        var options = ServerOptions()
        options.maxBodySize = .max
        let bare = try Bare(app, options)
        try bare.send(Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1".utf8)[...])
        let chunk = Array("f40\r\n".utf8) + [UInt8](repeating: 0x61, count: 8000) + Array("\r\n1".utf8)
        for _ in 1...500 {
            try bare.send(chunk[...])
            #expect(bare.connection.input.storageCapacity <= Self.bound)
        }
        bare.channel.close(promise: nil)
        bare.loop.run()
    }
}
