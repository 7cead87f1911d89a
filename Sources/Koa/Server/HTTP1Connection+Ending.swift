import NIOCore

extension HTTP1Connection {
    /// Sends what is left, and closes when the client's system has taken it all.
    ///
    /// When the client may still be sending, only the output is closed at first: closing with unread bytes would reset
    /// the connection, and the client lose our response.
    func closeAfterFlush(isLingering: Bool = false) {
        guard let context else { return }
        flush()
        phase = .lingering
        let flushed = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: flushed)
        flushed.futureResult.assumeIsolated().whenComplete { [self] _ in
            guard let context = self.context else { return }
            guard isLingering, !isInputClosed else { return context.close(promise: nil) }
            isOutputClosed = true
            context.close(mode: .output, promise: nil)
            context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(2)) { [weak self] in
                self?.context?.close(promise: nil)
            }
            readMore()
        }
    }

    /// Finishes what runs and closes; a connection between requests closes at once.
    func stop() {
        guard eventLoop.inEventLoop else { return eventLoop.execute { self.stop() } }
        isStopping = true
        exchange?.isKeepAlive = false
        if case .head = phase, parser.isAtStart, input.readableBytes == 0 { closeAfterFlush() }
    }

    /// Closes at once.
    func stopNow() {
        guard eventLoop.inEventLoop else { return eventLoop.execute { self.stopNow() } }
        context?.close(promise: nil)
    }

    /// Leaves the pipeline to whoever took the connection over.
    func handOver(to handler: @escaping @Sendable (any Channel, ByteBuffer) -> Void) {
        guard let context else { return }
        flush()
        let channel = context.channel
        let rest = input
        registry.remove(self)
        phase = .closed
        self.context = nil
        context.pipeline.syncOperations.removeHandler(self).whenComplete { _ in
            handler(channel, rest)
        }
    }
}
