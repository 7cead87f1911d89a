import NIOCore
import Synchronization

extension HTTP1Connection: Transport {
    var peerAddress: String? { channel?.remoteAddress?.ipAddress }

    var isConnected: Bool { !isGone.load(ordering: .relaxed) }

    // MARK: Writing

    func send(_ head: ResponseHead, _ payload: ResponsePayload) {
        guard eventLoop.inEventLoop else { return eventLoop.execute { self.send(head, payload) } }
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
                context?.write(wrapOutboundOut(buffer), promise: nil)
            }
        }
        responseDone()
    }

    func begin(_ head: ResponseHead) {
        guard eventLoop.inEventLoop else { return eventLoop.execute { self.begin(head) } }
        guard start(head) else { return }
        flush()
    }

    func write(_ chunk: ByteBuffer) async throws {
        try Task.checkCancellation()
        if eventLoop.inEventLoop {
            try writeNow(chunk)
            guard context?.channel.isWritable == false else { return }
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                if eventLoop.inEventLoop {
                    wait(continuation)
                } else {
                    eventLoop.execute { self.write(chunk, then: continuation) }
                }
            }
        } onCancel: {
            eventLoop.execute { self.cancelWriter() }
        }
    }

    private func write(_ chunk: ByteBuffer, then continuation: CheckedContinuation<Void, any Error>) {
        do {
            try writeNow(chunk)
            wait(continuation)
        } catch {
            continuation.resume(throwing: error)
        }
    }

    private func wait(_ continuation: CheckedContinuation<Void, any Error>) {
        guard let context, exchange != nil else { return continuation.resume(throwing: Self.disconnected) }
        if context.channel.isWritable || exchange?.writer != nil {
            continuation.resume()
        } else {
            exchange?.writer = continuation
        }
    }

    private func cancelWriter() {
        guard let writer = exchange?.writer else { return }
        exchange?.writer = nil
        writer.resume(throwing: CancellationError())
    }

    private func writeNow(_ chunk: ByteBuffer) throws {
        guard context != nil, let framing = exchange?.framing, exchange?.isResponseDone == false else {
            throw Self.disconnected
        }
        let isChunked = framing == .untilEnd && (exchange?.version ?? .http1_1) >= .http1_1
        ensureOutput()
        if isChunked { output?.writeString(String(chunk.readableBytes, radix: 16) + "\r\n") }
        if chunk.readableBytes < Self.copiedSize {
            output?.writeImmutableBuffer(chunk)
        } else {
            writeOutput()
            context?.write(wrapOutboundOut(chunk), promise: nil)
            ensureOutput()
        }
        if isChunked { output?.writeString("\r\n") }
        flush()
    }

    func end() {
        guard eventLoop.inEventLoop else { return eventLoop.execute { self.end() } }
        guard let framing = exchange?.framing, exchange?.isResponseDone == false else { return }
        if framing == .untilEnd, (exchange?.version ?? .http1_1) >= .http1_1 {
            ensureOutput()
            output?.writeString("0\r\n\r\n")
        }
        responseDone()
    }

    func abort() {
        guard eventLoop.inEventLoop else { return eventLoop.execute { self.abort() } }
        guard exchange?.isResponseDone == false else { return }
        exchange?.isResponseDone = true
        exchange?.isKeepAlive = false
        flush()
        context?.close(promise: nil)
    }

    func takeOver(_ head: ResponseHead, _ handler: @escaping @Sendable (any Channel, ByteBuffer) -> Void) -> Bool {
        guard eventLoop.inEventLoop, exchange?.framing == nil, exchange?.body.isAtEnd == true else { return false }
        guard start(head) else { return false }
        takeOverHandler = handler
        responseDone()
        return true
    }

    /// Bodies below this are copied behind the head, so that both leave in one buffer.
    private static var copiedSize: Int { 16 * 1024 }
    /// Pipelined responses wait together for the end of the read, up to this size.
    private static var outputLimit: Int { 64 * 1024 }

    /// Writes a response's head, once for each request.
    private func start(_ head: ResponseHead) -> Bool {
        guard context != nil, exchange?.framing == nil, exchange?.isResponseDone == false else { return false }
        settleConnection(head)
        exchange?.framing = head.framing
        append(head, version: exchange?.version ?? .http1_1, isKeepAlive: exchange?.isKeepAlive ?? false)
        return true
    }

    /// Decides whether the connection can go on after this response.
    private func settleConnection(_ head: ResponseHead) {
        guard let exchange, exchange.isKeepAlive else { return }
        let isUnread = !exchange.body.isAtEnd
        let isTooLong = exchange.body.knownRemainder.map { $0 - input.readableBytes > options.maxDrainedBody } ?? false
        if isUnread && (exchange.mayContinue || isTooLong) || exchange.bodyError != nil
            || head.headers["connection"]?.lowercased() == "close"
            || head.framing == .untilEnd && exchange.version < .http1_1
        {
            self.exchange?.isKeepAlive = false
        }
    }

    private func responseDone() {
        exchange?.isResponseDone = true
        exchange?.mayContinue = false
        if let output, output.readableBytes >= Self.outputLimit { flush() }
    }

    func append(_ head: ResponseHead, version: HTTPVersion, isKeepAlive: Bool) {
        ensureOutput()
        guard var buffer = output else { return }
        output = nil
        ResponseEncoder.write(head, version: version, isKeepAlive: isKeepAlive, date: loop.date, into: &buffer)
        output = buffer
    }

    private func ensureOutput() {
        if output == nil { output = loop.takeBuffer() }
    }

    private func writeOutput() {
        guard let buffer = output else { return }
        output = nil
        guard buffer.readableBytes > 0 else { return loop.giveBack(buffer) }
        context?.write(wrapOutboundOut(buffer), promise: nil)
    }

    /// Sends what was written.
    func flush() {
        guard let context else { return }
        guard let buffer = output else { return context.flush() }
        output = nil
        if buffer.readableBytes > 0 { context.write(wrapOutboundOut(buffer), promise: nil) }
        context.flush()
        loop.giveBack(buffer)
    }

    // MARK: Reading

    func readBody() async throws -> ByteBuffer? {
        try Task.checkCancellation()
        if eventLoop.inEventLoop, let output = try nextPiece() {
            if case .chunk(let chunk) = output { return chunk }
            return nil
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if eventLoop.inEventLoop {
                    waitForBody(continuation)
                } else {
                    eventLoop.execute { self.waitForBody(continuation) }
                }
            }
        } onCancel: {
            eventLoop.execute { self.failReader(CancellationError()) }
        }
    }

    /// A piece or the end of the body; nil when it has to be waited for.
    private func nextPiece() throws -> BodyDecoder.Output? {
        guard exchange != nil, !(exchange?.isResponseDone ?? true && exchange?.body.isAtEnd == false) else {
            throw Self.disconnected
        }
        if let error = exchange?.bodyError { throw KoaError(.malformedBody, error.message) }
        do {
            let output = try exchange?.body.next(&input) ?? .end
            switch output {
            case .chunk, .end:
                exchange?.mayContinue = false
                readMore()
                return output
            case .needMore:
                if isInputClosed || context == nil { throw Self.disconnected }
                sendContinue()
                readMore()
                return nil
            }
        } catch let error as ProtocolError {
            exchange?.bodyError = error
            throw KoaError(.malformedBody, error.message)
        }
    }

    private func waitForBody(_ continuation: CheckedContinuation<ByteBuffer?, any Error>) {
        do {
            guard let output = try nextPiece() else {
                guard exchange?.reader == nil else {
                    throw KoaError(.bodyAlreadyRead, "The request's body is being read by someone else")
                }
                exchange?.reader = continuation
                return
            }
            if case .chunk(let chunk) = output {
                continuation.resume(returning: chunk)
            } else {
                continuation.resume(returning: nil)
            }
        } catch {
            continuation.resume(throwing: error)
        }
    }

    /// Gives a waiting reader what has come.
    func feedReader() {
        guard let reader = exchange?.reader else { return }
        do {
            guard let output = try nextPiece() else { return }
            exchange?.reader = nil
            if case .chunk(let chunk) = output {
                reader.resume(returning: chunk)
            } else {
                reader.resume(returning: nil)
            }
        } catch {
            exchange?.reader = nil
            reader.resume(throwing: error)
        }
    }

    func failReader(_ error: any Error) {
        guard let reader = exchange?.reader else { return }
        exchange?.reader = nil
        reader.resume(throwing: error)
    }

    /// RFC 9110 section 10.1.1: the client waits for our word before it sends the body.
    private func sendContinue() {
        guard exchange?.mayContinue == true, exchange?.framing == nil else { return }
        exchange?.mayContinue = false
        ensureOutput()
        output?.writeString("HTTP/1.1 100 Continue\r\n\r\n")
        flush()
    }
}
