import Logging
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

    /// One request and its response.
    struct Exchange {
        var version: HTTPVersion
        var isKeepAlive: Bool
        var mayContinue: Bool
        var body: BodyDecoder
        var bodyError: ProtocolError?
        var framing: ResponseHead.Framing?
        var isResponseDone = false
        var isTaskDone = false
        var task: Task<Void, Never>?
        var reader: Waiter<ByteBuffer?>?
        var writer: Waiter<Void>?
    }

    let handler: RequestHandler
    let options: ServerOptions
    let loop: LoopResources
    let registry: ConnectionRegistry
    let isSecure: Bool
    let eventLoop: any EventLoop

    var context: ChannelHandlerContext?
    /// Set before the first request, so that its task may read it.
    private(set) var channel: (any Channel)?
    /// Whether the client is gone, for tasks that run elsewhere.
    let isGone = Atomic(false)
    var phase = Phase.head
    var exchange: Exchange?
    var input = ByteBuffer()
    var output: ByteBuffer?
    var parser: RequestHeadParser

    var isReading = false
    var isInputClosed = false
    var isOutputClosed = false
    var isStopping = false
    /// What is left of a body that nobody read.
    private var unread: BodyDecoder?
    private(set) var isAdvancing = false
    private(set) var isInReadBatch = false
    var takeOverHandler: (@Sendable (any Channel, ByteBuffer) -> Void)?

    init(
        handler: RequestHandler,
        options: ServerOptions,
        loop: LoopResources,
        registry: ConnectionRegistry,
        isSecure: Bool = false
    ) {
        self.handler = handler
        self.options = options
        self.loop = loop
        self.registry = registry
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
        guard registry.add(self) else {
            context?.close(promise: nil)
            return
        }
        readMore()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if input.readableBytes == 0 { input = bytes } else { input.writeBuffer(&bytes) }
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
            writer?.continuation.resume()
            advance()
        }
        if !isInReadBatch {
            flush()
            readMore()
        }
    }

    private var isOutputWritable: Bool { context?.channel.isWritable ?? true }

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

    /// The connection is gone: the request's task is cancelled, whoever waits for the client is told.
    private func close() {
        guard context != nil else { return }
        phase = .closed
        context = nil
        isGone.store(true, ordering: .relaxed)
        input = ByteBuffer()
        output = nil
        // A task that runs on belongs to the server still: it isn't stopped before it ends.
        if exchange?.isTaskDone ?? true { registry.remove(self) }
        loop.executor.batch {
            exchange?.task?.cancel()
            failReader(Self.disconnected)
            failWriter(Self.disconnected)
        }
    }

    static let disconnected = KoaError(.disconnected, "The client closed the connection")

    // MARK: Requests, one after the other

    /// Does what can be done with the bytes that are there.
    func advance() {
        guard !isAdvancing else { return }
        isAdvancing = true
        defer { isAdvancing = false }
        while step() {}
        if input.readableBytes == 0 { input = ByteBuffer() }
    }

    /// One step of the connection; false when it has to wait.
    private func step() -> Bool {
        switch phase {
        case .head:
            return readHead()
        case .active:
            feedReader()
            guard let exchange, exchange.isTaskDone, exchange.isResponseDone else { return false }
            finish(exchange)
            return true
        case .draining(let limit):
            return drain(limit)
        case .lingering, .closed:
            input.clear()
            return false
        }
    }

    private func readHead() -> Bool {
        // Whoever sends requests and reads no responses waits, before our memory grows.
        guard isOutputWritable else { return false }
        do {
            guard let parsed = try parser.parse(&input) else {
                if isInputClosed || isStopping, parser.isAtStart || isInputClosed { closeAfterFlush() }
                return false
            }
            serve(parsed)
        } catch {
            refuse(error)
        }
        return true
    }

    private func serve(_ parsed: RequestHeadParser.Parsed) {
        phase = .active
        exchange = Exchange(
            version: parsed.head.version,
            isKeepAlive: parsed.isKeepAlive && !isStopping,
            mayContinue: parsed.expectsContinue,
            body: BodyDecoder(parsed.head.body, limits: .init())
        )
        let head = parsed.head
        let work: @Sendable () async -> Void = { [self] in
            await handler.serve(head, self)
            taskDone()
        }
        let task: Task<Void, Never>
        if #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) {
            // Runs here and now until it first waits for something.
            task = Task.immediate(executorPreference: loop.executor, operation: work)
        } else {
            task = Task(executorPreference: loop.executor, operation: work)
        }
        if exchange?.isTaskDone == false {
            exchange?.task = task
            // The client may have gone while the task ran for the first time.
            if !isConnected { task.cancel() }
        }
    }

    private func taskDone() {
        guard eventLoop.inEventLoop else { return eventLoop.execute { self.taskDone() } }
        exchange?.isTaskDone = true
        if case .closed = phase { registry.remove(self) }
        if !isAdvancing {
            advance()
            if !isInReadBatch {
                flush()
                readMore()
            }
        }
    }

    /// The request is over: on with the next one, or with the end of the connection.
    private func finish(_ exchange: Exchange) {
        self.exchange = nil
        if let handler = takeOverHandler { return handOver(to: handler) }
        if !exchange.isKeepAlive || exchange.bodyError != nil
            || exchange.framing == .untilEnd && exchange.version < .http1_1
        {
            return closeAfterFlush(isLingering: !exchange.body.isAtEnd || input.readableBytes > 0)
        }
        if exchange.body.isAtEnd {
            phase = .head
            if isStopping, input.readableBytes == 0 { closeAfterFlush() }
        } else {
            unread = exchange.body
            phase = .draining(options.maxDrainedBody)
        }
    }

    private func drain(_ limit: Int) -> Bool {
        guard var body = unread else {
            phase = .head
            return true
        }
        var left = limit
        do {
            while true {
                switch try body.next(&input) {
                case .chunk(let chunk):
                    left -= chunk.readableBytes
                    guard left >= 0 else {
                        closeAfterFlush(isLingering: true)
                        return true
                    }
                case .needMore:
                    unread = body
                    phase = .draining(left)
                    if isInputClosed { closeAfterFlush() }
                    return false
                case .end:
                    unread = nil
                    phase = .head
                    return true
                }
            }
        } catch {
            closeAfterFlush(isLingering: true)
            return true
        }
    }

    /// Answers a request that can't be served, and closes.
    private func refuse(_ error: ProtocolError) {
        handler.app.logger.debug("refused a request", metadata: ["reason": "\(error.message)"])
        var headers = Headers()
        headers.set("Content-Type", "text/plain; charset=utf-8")
        let text = error.status.reasonPhrase
        let head = ResponseHead(
            status: error.status, reason: text, headers: headers, framing: .length(text.utf8.count)
        )
        append(head, version: .http1_1, isKeepAlive: false)
        output?.writeString(text)
        closeAfterFlush(isLingering: true)
    }

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
