import Logging
import NIOCore
import Synchronization

// Clients and handlers that take too long. The loop asks a few times a second, so that no request pays for it.
extension HTTP1Connection {
    /// Ends what has taken too long.
    ///
    /// - Parameter elapsed: the time since the last look, in nanoseconds.
    func checkTimeouts(elapsed: Int64) {
        guard context != nil else { return }
        switch phase {
        case .head: checkHead(elapsed)
        case .active: checkExchange(elapsed)
        case .draining:
            if isInputTooSlow(elapsed) || isOutputTooSlow(elapsed) || hasPassed(loop.timeouts.keepAlive) {
                disconnect()
            }
        case .lingering:
            if isOutputClosed ? hasPassed(loop.timeouts.linger) : isOutputTooSlow(elapsed) { disconnect() }
        case .closed: break
        }
    }

    private func hasPassed(_ limit: Int64) -> Bool {
        limit < .max - loop.slack && loop.now - since >= limit + loop.slack
    }

    /// No request runs: none has begun, one's head is on its way, or the client doesn't take the last response.
    private func checkHead(_ elapsed: Int64) {
        guard isOutputWritable else {
            if isOutputTooSlow(elapsed) { disconnect() }
            return
        }
        requestMeter.reset(total: bytesReceived)
        responseMeter.reset(total: bytesSent)
        if !parser.isAtStart || input.readableBytes > 0 {
            guard hasPassed(loop.timeouts.header) else { return }
            loop.counters.timeouts.add()
            refuse(ProtocolError(.requestTimeout, "The head of a request took too long"))
        } else if hasPassed(isUsed ? loop.timeouts.keepAlive : min(loop.timeouts.header, loop.timeouts.keepAlive)) {
            loop.counters.timeouts.add()
            closeAfterFlush()
        }
    }

    private func checkExchange(_ elapsed: Int64) {
        guard let exchange else { return }
        if isOutputTooSlow(elapsed) { return disconnect() }
        if exchange.reader != nil, isInputTooSlow(elapsed) {
            loop.counters.timeouts.add()
            let error = ProtocolError(.requestTimeout, "The request's body came too slowly")
            exchange.bodyError = error
            failReader(KoaError(.bodyTooSlow, error.message))
        } else if exchange.framing == nil, !exchange.isTaskDone, hasPassed(exchange.timeout) {
            timeOut()
        }
    }

    /// Answers 503 in the handler's place, and cancels it.
    private func timeOut() {
        guard let exchange else { return }
        loop.counters.timeouts.add()
        let (head, text) = Self.answer(.serviceUnavailable, isHead: exchange.method == .head)
        exchange.isKeepAlive = false
        hasTimedOut.store(true, ordering: .relaxed)
        send(head, exchange.method == .head ? .none : .text(text))
        exchange.task?.cancel()
        // The client has its answer, whenever the handler ends.
        closeAfterFlush(isLingering: !exchange.body.isAtEnd || input.readableBytes > 0)
        handler.app.emit(
            KoaError(
                .handlerTimeout,
                "\(exchange.method) \(exchange.target) had no response after \(Duration.nanoseconds(exchange.timeout))"
            )
        )
    }

    private func isInputTooSlow(_ elapsed: Int64) -> Bool {
        loop.timeouts.requestRate > 0
            && requestMeter.isTooSlow(
                after: elapsed, total: bytesReceived, window: loop.timeouts.window, rate: loop.timeouts.requestRate
            )
    }

    /// Whether what waits for the client leaves too slowly.
    private func isOutputTooSlow(_ elapsed: Int64) -> Bool {
        guard loop.timeouts.responseRate > 0, let waiting = bytesWaiting, waiting > 0 else { return false }
        return responseMeter.isTooSlow(
            after: elapsed, total: bytesSent - waiting, window: loop.timeouts.window, rate: loop.timeouts.responseRate
        )
    }

    /// The bytes that the client's system hasn't taken.
    private var bytesWaiting: Int? {
        try? channel?.syncOptions?.getOption(.bufferedWritableBytes)
    }

    private func disconnect() {
        loop.counters.timeouts.add()
        context?.close(promise: nil)
    }
}
