import NIOCore
import NIOEmbedded

@testable import Koa
@testable import KoaTesting

/// A connection of the server without a socket: each write is one read of the server, and everything that it leads to
/// has happened when the write returns.
///
/// To be used where it was made: an embedded event loop belongs to one thread.
final class InProcessConnection {
    private let channel: EmbeddedChannel
    private let gate = ClosingGate()
    private var received = ByteBuffer()

    init(_ handler: RequestHandler, _ loop: EmbeddedEventLoop, _ resources: LoopResources) throws {
        channel = EmbeddedChannel(loop: loop)
        let connection = HTTP1Connection(handler: handler, options: Echo.options, loop: resources)
        try channel.pipeline.syncOperations.addHandlers([gate, connection])
        channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
        loop.run()
    }

    /// Whether the server has closed its side.
    var isClosed: Bool { gate.isClosed || !channel.isActive }

    /// Has the server read some bytes; those that come after it closed get lost.
    func send(_ bytes: some Sequence<UInt8>) throws {
        guard channel.isActive else { return }
        try channel.writeInbound(ByteBuffer(bytes: bytes))
        channel.embeddedEventLoop.run()
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { received.writeImmutableBuffer(buffer) }
    }

    /// The responses that came, and how many interim ones were between them.
    ///
    /// - Parameter isHead: whether the response at an index is one to HEAD.
    func responses(isHead: (Int) -> Bool) throws -> (final: [ResponseParser], interim: Int) {
        let interim = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
        var input = received
        var responses: [ResponseParser] = []
        var count = 0
        while input.readableBytes > 0 {
            if input.readableBytesView.starts(with: interim) {
                input.moveReaderIndex(forwardBy: interim.count)
                count += 1
                continue
            }
            var parser = ResponseParser(isHead: isHead(responses.count))
            try parser.consume(&input)
            responses.append(parser)
            // Half a response, or bytes that are none: the verdict tells.
            if !parser.isComplete { break }
        }
        return (responses, count)
    }

    /// Closes the connection as a client does, so that nothing goes on.
    func close() {
        channel.close(promise: nil)
        channel.embeddedEventLoop.run()
    }
}

/// Notes that the server closes the connection or its side, which an embedded channel can't do alone.
private final class ClosingGate: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private(set) var isClosed = false

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        isClosed = true
        if mode == .output { promise?.succeed() } else { context.close(mode: mode, promise: promise) }
    }
}
