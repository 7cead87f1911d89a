import NIOCore
import Synchronization

/// One HTTP/1 connection: reads requests, has each served in a task on its event loop, writes the responses.
///
/// All state is confined to the event loop; what the request's task calls (`Transport`) comes back to it.
final class HTTP1Connection: ChannelInboundHandler, RemovableChannelHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Phase {
        /// Between requests, or within a head.
        case head
        /// A request runs, or its response is being sent.
        case active
        /// The response is out; the rest of the body is read and dropped, up to a number of bytes.
        case draining(Int)
        /// The output is closed; input is dropped until the client closes too, so that it reads our last response.
        case lingering
        case closed
    }

    let handler: RequestHandler
    let options: ServerOptions
    let loop: LoopResources
    let isSecure: Bool
    let eventLoop: any EventLoop

    @exclusivity(unchecked) var context: ChannelHandlerContext?
    /// Set before the first request, so that its task may read it.
    @exclusivity(unchecked) private(set) var channel: (any Channel)?
    /// Whether the client is gone, for tasks that run elsewhere.
    let isGone = Atomic(false)
    /// Whether the last request was answered in its handler's place, which took too long.
    let hasTimedOut = Atomic(false)
    @exclusivity(unchecked) var phase = Phase.head
    @exclusivity(unchecked) var exchange: Exchange?
    @exclusivity(unchecked) var input = ByteBuffer()
    @exclusivity(unchecked) var output: ByteBuffer?
    @exclusivity(unchecked) var parser: RequestHeadParser

    @exclusivity(unchecked) var isReading = false
    @exclusivity(unchecked) var isInputClosed = false
    @exclusivity(unchecked) var isOutputClosed = false
    @exclusivity(unchecked) var isStopping = false
    @exclusivity(unchecked) var isTakenOver = false
    /// Whether the head of a request has begun to come.
    @exclusivity(unchecked) var hasHeadBegun = false
    /// Whether a request was served: until then the client is given no time to be idle.
    @exclusivity(unchecked) var isUsed = false
    /// What is left of a body that nobody read.
    @exclusivity(unchecked) var unread: BodyDecoder?
    @exclusivity(unchecked) var isAdvancing = false
    @exclusivity(unchecked) private(set) var isInReadBatch = false
    @exclusivity(unchecked) var takeOverHandler: (@Sendable (any Channel, ByteBuffer) -> Void)?

    /// Its place among the connections of its loop.
    @exclusivity(unchecked) var slot: Int?
    /// When what it waits for began, in the loop's time.
    @exclusivity(unchecked) var since: Int64 = 0
    @exclusivity(unchecked) var bytesReceived = 0
    @exclusivity(unchecked) var bytesSent = 0
    @exclusivity(unchecked) var requestMeter = RateMeter()
    @exclusivity(unchecked) var responseMeter = RateMeter()

    init(handler: RequestHandler, options: ServerOptions, loop: LoopResources, isSecure: Bool = false) {
        self.handler = handler
        self.options = options
        self.loop = loop
        self.isSecure = isSecure
        eventLoop = loop.executor.eventLoop
        parser = RequestHeadParser(limits: options.head)
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        channel = context.channel
        if context.channel.isActive { start() }
    }

    func channelActive(context: ChannelHandlerContext) {
        start()
        context.fireChannelActive()
    }

    private func start() {
        guard slot == nil else { return }
        switch loop.add(self) {
        case .admitted:
            since = loop.now
            if loop.registry.isStopping { stop() }
            readMore()
        case .full:
            loop.counters.refusedConnections.add()
            refuse(.overloaded)
        case .turnedAway:
            context?.close(promise: nil)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        let count = bytes.readableBytes
        bytesReceived &+= count
        loop.counters.bytesReceived.add(count)
        if input.readableBytes == 0 {
            input = bytes
        } else {
            // What was read is dropped first: else the buffer would grow for as long as something is left in it.
            input.discardReadBytes()
            input.writeBuffer(&bytes)
        }
        isInReadBatch = true
        // The storage of `bytes` is shared with the input until here; the parser may want it alone.
        bytes = ByteBuffer()
        loop.executor.batch { advance() }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        isInReadBatch = false
        flush()
        readMore(isNeeded: exchange?.reader != nil)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        let writer = exchange?.writer
        exchange?.writer = nil
        loop.executor.batch {
            writer?.resume(returning: ())
            advance()
        }
        if !isInReadBatch {
            flush()
            readMore()
        }
    }

    var isOutputWritable: Bool { context?.channel.isWritable ?? true }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .some(.inputClosed) = event as? ChannelEvent {
            isInputClosed = true
            isGone.store(true, ordering: .relaxed)
            if isOutputClosed { return context.close(promise: nil) }
            loop.executor.batch {
                exchange?.task?.cancel()
                failReader(Self.disconnected)
                advance()
            }
            flush()
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        close()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        close()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A reset or a failed read: nothing more can be said to this client.
        context.close(promise: nil)
    }

    static let disconnected = KoaError(.disconnected, "The client closed the connection")

    // MARK: Reading

    /// Asks the socket for more, unless enough is waiting.
    ///
    /// - Parameter isNeeded: a reader waits for what isn't here, whatever is.
    func readMore(isNeeded: Bool = false) {
        guard let context, !isReading, !isInputClosed else { return }
        switch phase {
        case .active where !isNeeded && input.readableBytes >= options.requestBufferSize: return
        case .head where !isOutputWritable: return
        default: break
        }
        isReading = true
        context.read()
    }
}
