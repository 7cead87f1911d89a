import NIOCore
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension HTTP1Connection: Transport {
    var peerAddress: String? { channel?.remoteAddress?.ipAddress }

    var isConnected: Bool { !isGone.load(ordering: .relaxed) }

    var ownStatus: Status? { hasTimedOut.load(ordering: .relaxed) ? .serviceUnavailable : nil }

    var maxBodySize: Int { options.maxBodySize }

    func setTimeout(_ timeout: Duration?) {
        guard eventLoop.inEventLoop else { return loop.executor.execute { self.setTimeout(timeout) } }
        exchange?.timeout = timeout?.nanoseconds ?? .max
        since = loop.now
    }

    // MARK: Writing

    func send(_ head: ResponseHead, _ payload: ResponsePayload) {
        guard eventLoop.inEventLoop else { return loop.executor.execute { self.send(head, payload) } }
        guard start(head) else { return }
        switch payload {
        case .none:
            break
        case .text(let text):
            output?.writeString(text)
        case .bytes(let buffer):
            if buffer.readableBytes < Self.copiedSize {
                output?.writeImmutableBuffer(buffer)
            } else {
                writeOutput()
                put(buffer)
            }
        }
        responseDone()
    }

    func begin(_ head: ResponseHead) {
        guard eventLoop.inEventLoop else { return loop.executor.execute { self.begin(head) } }
        guard start(head) else { return }
        flush()
    }

    nonisolated(nonsending) func write(_ chunk: ByteBuffer) async throws {
        try Task.checkCancellation()
        if eventLoop.inEventLoop {
            try writeNow(chunk)
            return try await waitUntilWritable()
        }
        try await waiting { waiter in self.loop.executor.execute { self.write(chunk, then: waiter) } }
    }

    /// Waits while the client is slow; called on the event loop.
    nonisolated(nonsending) func waitUntilWritable() async throws {
        guard context?.channel.isWritable == false else { return }
        try await waiting { waiter in self.wait(waiter) }
    }

    private nonisolated(nonsending) func waiting(_ start: (Waiter<Void>) -> Void) async throws {
        let cancellation = Cancellation()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                start(Waiter(continuation, cancellation))
            }
        } onCancel: {
            cancellation.happen()
            loop.executor.execute { self.failWriter(CancellationError(), of: cancellation) }
        }
    }

    private func write(_ chunk: ByteBuffer, then waiter: Waiter<Void>) {
        do {
            try writeNow(chunk)
            wait(waiter)
        } catch {
            waiter.resume(throwing: error)
        }
    }

    private func wait(_ waiter: Waiter<Void>) {
        if waiter.isCancelled {
            waiter.resume(throwing: CancellationError())
        } else if let context, exchange != nil {
            if context.channel.isWritable || exchange?.writer != nil {
                waiter.resume(returning: ())
            } else {
                exchange?.writer = waiter
            }
        } else {
            waiter.resume(throwing: Self.disconnected)
        }
    }

    /// - Parameter cancellation: whose waiter is meant; nil for whoever waits.
    func failWriter(_ error: any Error, of cancellation: Cancellation? = nil) {
        guard let writer = exchange?.writer, cancellation.map(writer.belongs) ?? true else { return }
        exchange?.writer = nil
        writer.resume(throwing: error)
    }

    private func writeNow(_ chunk: ByteBuffer) throws {
        guard context != nil, let exchange, exchange.framing != nil, !exchange.isResponseDone else {
            throw Self.disconnected
        }
        let isChunked = exchange.isChunked
        ensureOutput()
        if isChunked { output?.writeString(String(chunk.readableBytes, radix: 16) + "\r\n") }
        if chunk.readableBytes < Self.copiedSize {
            output?.writeImmutableBuffer(chunk)
        } else {
            writeOutput()
            put(chunk)
            ensureOutput()
        }
        if isChunked { output?.writeString("\r\n") }
        flush()
    }

    func end() {
        guard eventLoop.inEventLoop else { return loop.executor.execute { self.end() } }
        guard let exchange, exchange.framing != nil, !exchange.isResponseDone else { return }
        if exchange.isChunked {
            ensureOutput()
            output?.writeString("0\r\n\r\n")
        }
        responseDone()
    }

    func abort() {
        guard eventLoop.inEventLoop else { return loop.executor.execute { self.abort() } }
        guard let exchange, !exchange.isResponseDone else { return }
        exchange.isResponseDone = true
        exchange.isKeepAlive = false
        loop.counters.abortedResponses.add()
        flush()
        if exchange.endsWithConnection {
            // Where the connection's end is the body's, only a reset tells that it isn't whole.
            (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in
                self.context?.close(promise: nil)
            }
        } else {
            context?.close(promise: nil)
        }
    }

    func takeOver(_ head: ResponseHead, _ handler: @escaping @Sendable (any Channel, ByteBuffer) -> Void) -> Bool {
        guard eventLoop.inEventLoop, let exchange, exchange.framing == nil, exchange.body.isAtEnd else { return false }
        guard start(head) else { return false }
        takeOverHandler = handler
        responseDone()
        return true
    }

    /// Bodies below this are copied behind the head, so that both leave in one buffer.
    private static var copiedSize: Int { 16 * 1024 }
    /// The size up to which pipelined responses wait for each other.
    private static var outputLimit: Int { 64 * 1024 }

    /// Writes a response's head, once for each request.
    private func start(_ head: ResponseHead) -> Bool {
        guard context != nil, let exchange, exchange.framing == nil, !exchange.isResponseDone else { return false }
        if exchange.isKeepAlive { exchange.isKeepAlive = canGoOn(after: head, exchange) }
        exchange.framing = head.framing
        append(head, version: exchange.version, isKeepAlive: exchange.isKeepAlive)
        return true
    }

    /// Whether the connection can go on after this response.
    private func canGoOn(after head: ResponseHead, _ exchange: Exchange) -> Bool {
        if exchange.bodyError != nil || head.framing == .untilEnd && exchange.version < .http1_1 { return false }
        if !exchange.body.isAtEnd {
            if exchange.mayContinue || exchange.body.knownRemainder ?? 0 > options.maxDrainedBody { return false }
        }
        return head.headers["connection"]?.equalsIgnoringCase("close") != true
    }

    private func responseDone() {
        guard let exchange else { return }
        exchange.isResponseDone = true
        exchange.mayContinue = false
        // Pipelined responses wait together for the end of the read.
        if !isInReadBatch || (output?.readableBytes ?? 0) >= Self.outputLimit { flush() }
        if exchange.isTaskDone, !isAdvancing {
            advance()
            readMore()
        }
    }

    func append(_ head: ResponseHead, version: HTTPVersion, isKeepAlive: Bool) {
        loop.counters.addResponse(head.status)
        ensureOutput()
        guard var buffer = output.take() else { return }
        ResponseEncoder.write(head, version: version, isKeepAlive: isKeepAlive, date: loop.date, into: &buffer)
        output = buffer
    }

    func ensureOutput() {
        if output == nil { output = loop.takeBuffer() }
    }

    func writeOutput() {
        guard let buffer = output.take() else { return }
        if buffer.readableBytes > 0 { put(buffer) } else { loop.giveBack(buffer) }
    }

    /// Counts what is sent.
    func count(_ bytes: Int) {
        bytesSent &+= bytes
        loop.counters.bytesSent.add(bytes)
    }

    private func put(_ buffer: ByteBuffer) {
        count(buffer.readableBytes)
        context?.write(wrapOutboundOut(buffer), promise: nil)
    }

    /// Sends what was written.
    func flush() {
        guard let context else { return }
        guard let buffer = output.take() else { return context.flush() }
        if buffer.readableBytes > 0 { put(buffer) }
        context.flush()
        loop.giveBack(buffer)
    }
}
