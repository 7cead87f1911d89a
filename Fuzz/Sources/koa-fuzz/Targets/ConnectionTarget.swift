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
    } catch {
        fatalError("the harness failed: \(error)")
    }
}

/// The other end of a connection in memory, on a loop whose time is made.
private final class FuzzedClient {
    private let channel: EmbeddedChannel
    private let loop = EmbeddedEventLoop()
    private let registry = ConnectionRegistry()
    private let handler: FuzzedHandler
    private var output = ByteBuffer()
    private var choices: Choices

    init(_ choices: Choices) throws {
        self.choices = choices
        handler = FuzzedHandler(choices)
        let connection = HTTP1Connection(
            handler: handler.app.callback(),
            options: Self.options,
            loop: LoopResources(eventLoop: loop),
            registry: registry
        )
        channel = EmbeddedChannel(loop: loop)
        channel.remoteAddress = try SocketAddress(ipAddress: "192.0.2.1", port: 4711)
        try channel.pipeline.syncOperations.addHandler(connection)
        channel.connect(to: try SocketAddress(ipAddress: "192.0.2.2", port: 80), promise: nil)
    }

    /// Limits that an input can pass.
    private static let options: ServerOptions = {
        var options = ServerOptions()
        options.maxTargetLength = 128
        options.maxHeaderSize = 512
        options.maxHeaderCount = 12
        options.requestBufferSize = 64
        options.maxDrainedBody = 128
        return options
    }()

    /// Sends the bytes in pieces; a client that stops reading for a while goes on before the end.
    func send(_ wire: ArraySlice<UInt8>) throws {
        for piece in choices.cut(wire) where channel.isActive {
            if choices.next() & 0xF == 0xF { setWritable(!channel.isWritable) }
            // An error that nobody caught is one that a socket's pipeline would log.
            _ = try? channel.writeInbound(ByteBuffer(bytes: piece))
            try run()
        }
        setWritable(true)
        try run()
        check(wire)
    }

    /// Leaves by half-closing, by waiting for the server to close, or at once.
    func leave() throws {
        let refused = isRefused
        switch choices.next() & 3 {
        case 0:
            channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
            try run()
            expect(!channel.isActive, "open, although the client has closed and all is answered")
        case 1:
            loop.advanceTime(by: .hours(1))
            try run()
            expect(!refused || !channel.isActive, "open behind a refused request")
        default:
            break
        }
        if channel.isActive { channel.close(promise: nil) }
        try run()
        // Timers that a loop would have dropped with its connections.
        try loop.syncShutdownGracefully()
        expect(registry.count == 0, "a request outlives its connection")
    }

    private func setWritable(_ isWritable: Bool) {
        guard channel.isActive, channel.isWritable != isWritable else { return }
        channel.isWritable = isWritable
        channel.pipeline.fireChannelWritabilityChanged()
    }

    private func run() throws {
        loop.run()
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { output.writeImmutableBuffer(buffer) }
    }

    // MARK: Properties

    private var responses: ResponseCheck { ResponseCheck(output, methods: handler.methods) }

    private var isRefused: Bool { responses.count > handler.methods.count }

    private func check(_ wire: ArraySlice<UInt8>) {
        let responses = responses
        let heads = wire.indices.count { wire[$0...].starts(with: "\r\n\r\n".utf8) }
        expect(handler.methods.count <= heads, "\(handler.methods.count) requests were served, \(heads) were sent")
        expect(responses.count <= handler.methods.count + 1, "more responses than requests")
        if responses.count > handler.methods.count {
            expect(responses.isLastRefusal, "what nobody asked for isn't a refusal")
        }
    }
}
