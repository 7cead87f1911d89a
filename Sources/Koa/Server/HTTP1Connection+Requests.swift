import Logging
import NIOCore

// Requests, one after the other.
extension HTTP1Connection {
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
        // Nobody waits for the answers to what a client that has gone sent last.
        guard !isInputClosed else {
            closeAfterFlush()
            return true
        }
        do {
            guard let parsed = try parser.parse(&input) else {
                if isStopping && isIdle { closeAfterFlush() }
                // Empty lines before a head begin nothing: the client is as idle as before.
                if !hasHeadBegun, !isIdle {
                    hasHeadBegun = true
                    since = loop.now
                }
                return false
            }
            serve(parsed)
        } catch {
            loop.counters.malformedRequests.add()
            refuse(error)
        }
        return true
    }

    private func serve(_ parsed: RequestHeadParser.Parsed) {
        loop.counters.requests.add()
        phase = .active
        hasHeadBegun = false
        since = loop.now
        isUsed = true
        let exchange = loop.takeExchange()
        exchange.begin(parsed, limits: options.body, timeout: loop.timeouts.handler)
        if isStopping { exchange.isKeepAlive = false }
        self.exchange = exchange
        guard loop.counters.activeRequests.count < loop.maxRequests else { return refuseForNow(parsed.head) }
        loop.counters.activeRequests.add()
        // The task's alone from here on.
        nonisolated(unsafe) let ctx = Context(app: handler.app, head: parsed.head, transport: self)
        let task: Task<Void, Never>
        if #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) {
            // Runs here and now until it first waits for something.
            task = Task.immediate(executorPreference: loop.executor) { [self] in
                await handler.serve(ctx)
                taskDone()
            }
        } else {
            task = Task(executorPreference: loop.executor) { [self] in
                await handler.serve(ctx)
                taskDone()
            }
        }
        if self.exchange === exchange, !exchange.isTaskDone {
            exchange.task = task
            // The client may have gone while the task ran for the first time.
            if !isConnected { task.cancel() }
        }
    }

    private func taskDone() {
        guard eventLoop.inEventLoop else { return eventLoop.execute { self.taskDone() } }
        loop.counters.activeRequests.add(-1)
        if let exchange {
            loop.counters.handlerNanoseconds.add(Int(MonotonicTime.now &- exchange.started))
            exchange.isTaskDone = true
        }
        if case .closed = phase { return loop.remove(self) }
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
        defer { loop.giveBack(exchange) }
        if let handler = takeOverHandler { return handOver(to: handler) }
        guard exchange.isKeepAlive, exchange.bodyError == nil, !exchange.endsWithConnection else {
            return closeAfterFlush(isLingering: !exchange.body.isAtEnd || input.readableBytes > 0)
        }
        since = loop.now
        if exchange.body.isAtEnd {
            phase = .head
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
                    since = loop.now
                    return true
                }
            }
        } catch {
            closeAfterFlush(isLingering: true)
            return true
        }
    }

    // MARK: Answers of the server's own

    /// Answers a request that can't be served, and closes.
    func refuse(_ error: ProtocolError) {
        handler.app.logger.debug("refused a request", metadata: ["reason": "\(error.message)"])
        let (head, text) = Self.answer(error.status, isHead: parser.isHead)
        append(head, version: .http1_1, isKeepAlive: false)
        if !parser.isHead { output?.writeString(text) }
        closeAfterFlush(isLingering: true)
    }

    /// Answers 503 to a request that there are too many of; the connection may go on.
    private func refuseForNow(_ request: RequestHead) {
        loop.counters.refusedRequests.add()
        exchange?.isTaskDone = true
        let (head, text) = Self.answer(.serviceUnavailable, isHead: request.method == .head)
        send(head, request.method == .head ? .none : .text(text))
    }

    /// A response that says no more than its status.
    static func answer(_ status: Status, isHead: Bool = false) -> (ResponseHead, String) {
        let text = status.reasonPhrase
        var headers = Headers()
        headers.set("Content-Type", "text/plain; charset=utf-8")
        if status == .serviceUnavailable { headers.set("Retry-After", "1") }
        if isHead { headers.set("Content-Length", String(text.utf8.count)) }
        let framing: ResponseHead.Framing = isHead ? .none : .length(text.utf8.count)
        return (ResponseHead(status: status, reason: text, headers: headers, framing: framing), text)
    }
}
