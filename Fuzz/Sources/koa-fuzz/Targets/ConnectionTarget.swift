import HTTPTypes
import Logging
import NIOCore
import NIOEmbedded

@testable import Koa

/// A whole HTTP/1 connection. The choices say how the bytes are cut, what each request's handler does, when the client
/// is slow, and how it leaves.
func fuzzConnection(_ input: Input) {
    let (choices, wire) = input.parts
    do {
        let client = try FuzzedClient(choices)
        try client.send(wire)
        try client.leave()
        client.check(wire)
    } catch {
        fatalError("the harness failed: \(error)")
    }
}

/// The other end of a connection in memory, on a loop whose time is made.
private final class FuzzedClient {
    private let channel: EmbeddedChannel
    private let loop = EmbeddedEventLoop()
    private let clock = ManualClock.epoch
    private let resources: LoopResources
    private let handler: FuzzedHandler
    private var output = ByteBuffer()
    private var choices: Choices

    init(_ choices: Choices) throws {
        self.choices = choices
        handler = FuzzedHandler(choices)
        resources = LoopResources(
            eventLoop: loop, registry: ConnectionRegistry(capacity: 1), options: Self.options, clock: clock
        )
        let handler = handler.app(clock).callback()
        let connection = HTTP1Connection(handler: handler, options: Self.options, loop: resources)
        channel = EmbeddedChannel(loop: loop)
        channel.remoteAddress = try SocketAddress(ipAddress: "192.0.2.1", port: 4711)
        try channel.pipeline.syncOperations.addHandler(connection)
        channel.connect(to: try SocketAddress(ipAddress: "192.0.2.2", port: 80), promise: nil)
    }

    /// Limits that an input can pass.
    private static let options: ServerOptions = {
        var options = ServerOptions()
        options.maxTargetLength = 128
        options.maxFieldLength = 256
        options.maxHeaderSize = 512
        options.maxHeaderCount = 12
        options.maxBodySize = 384
        options.maxChunkExtensions = 16
        options.maxTrailerSize = 32
        options.requestBufferSize = 64
        options.maxDrainedBody = 128
        return options
    }()

    /// Sends the bytes in pieces; a client that stops reading for a while goes on before the end.
    func send(_ wire: ArraySlice<UInt8>) throws {
        for piece in choices.cut(wire) where channel.isActive {
            switch choices.next() & 0xF {
            case 0xF: setWritable(!channel.isWritable)
            case 0xE: try pass(.seconds(4))
            default: break
            }
            // An error that nobody caught is one that a socket's pipeline would log.
            _ = try? channel.writeInbound(ByteBuffer(bytes: piece))
            try run()
        }
        setWritable(true)
        try run()
    }

    /// Leaves by half-closing, by waiting for the server to close, or at once.
    func leave() throws {
        switch choices.next() & 3 {
        case 0:
            channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
            try run()
            expect(!channel.isActive, "open, although the client has closed and all is answered")
        case 1:
            // A request's head, its body, its handler, the response and the wait for the next one have a limit each.
            for _ in 0..<5 where channel.isActive { try pass(.seconds(100)) }
            expect(!channel.isActive, "open, although nothing happens")
        default:
            break
        }
        if channel.isActive { channel.close(promise: nil) }
        try run()
        // Timers that a loop would have dropped with its connections.
        try loop.syncShutdownGracefully()
        expect(resources.registry.count == 0, "a request outlives its connection")
        expect(resources.counters.activeRequests.count == 0, "a request is counted still")
    }

    private func setWritable(_ isWritable: Bool) {
        guard channel.isActive, channel.isWritable != isWritable else { return }
        channel.isWritable = isWritable
        channel.pipeline.fireChannelWritabilityChanged()
    }

    private func pass(_ duration: Duration) throws {
        clock.advance(by: duration)
        resources.checkTimeouts()
        try run()
    }

    private func run() throws {
        loop.run()
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { output.writeImmutableBuffer(buffer) }
    }

    /// Checks what the client got for its bytes.
    func check(_ wire: ArraySlice<UInt8>) {
        let responses = ResponseCheck(output, methods: handler.methods)
        let heads = wire.indices.count { wire[$0...].starts(with: "\r\n\r\n".utf8) }
        expect(handler.methods.count <= heads, "\(handler.methods.count) requests were served, \(heads) were sent")
        expect(responses.count <= handler.methods.count + 1, "more responses than requests")
        if responses.count > handler.methods.count {
            expect(responses.isLastRefusal, "what nobody asked for isn't a refusal")
        }
    }
}
