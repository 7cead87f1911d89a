import NIOCore
import Synchronization

extension HTTP1Connection {
    /// Sends what is left, and closes when the client's system has taken it all.
    ///
    /// When the client may still be sending, only the output is closed at first: closing with unread bytes would reset
    /// the connection, and the client lose our response.
    func closeAfterFlush(isLingering: Bool = false) {
        guard let context else { return }
        flush()
        phase = .lingering
        since = loop.now
        let flushed = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: flushed)
        flushed.futureResult.assumeIsolated().whenComplete { [self] _ in
            guard let context = self.context else { return }
            guard isLingering, !isInputClosed else { return context.close(promise: nil) }
            isOutputClosed = true
            since = loop.now
            context.close(mode: .output, promise: nil)
            readMore()
        }
    }

    /// The connection is gone: the request's task is cancelled, whoever waits for the client is told.
    func close() {
        guard context != nil else { return }
        phase = .closed
        context = nil
        isGone.store(true, ordering: .relaxed)
        input = ByteBuffer()
        output = nil
        // A task that runs on belongs to the server still: it isn't stopped before it ends.
        if exchange?.isTaskDone ?? true { loop.remove(self) }
        if let exchange, exchange.framing != nil, !exchange.isResponseDone {
            exchange.isResponseDone = true
            loop.counters.abortedResponses.add()
        }
        loop.executor.batch {
            exchange?.task?.cancel()
            failReader(Self.disconnected)
            failWriter(Self.disconnected)
        }
    }

    /// Finishes what runs and closes; a connection between requests closes at once.
    func stop() {
        isStopping = true
        exchange?.isKeepAlive = false
        if isTakenOver {
            channel?.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        } else if isIdle {
            // A request that has arrived in the meantime is still served.
            eventLoop.assumeIsolated().scheduleTask(in: Self.lastLook) {
                if self.isIdle { self.closeAfterFlush() }
            }
        }
    }

    /// How long a connection without a request is looked at when the server stops.
    private static var lastLook: TimeAmount { .milliseconds(10) }

    var isIdle: Bool {
        if case .head = phase { parser.isAtStart && input.readableBytes == 0 } else { false }
    }

    /// Closes at once.
    func stopNow() {
        channel?.close(promise: nil)
    }

    /// Leaves the pipeline to whoever took the connection over; the server goes on counting it.
    func handOver(to handler: @escaping @Sendable (any Channel, ByteBuffer) -> Void) {
        guard let context else { return }
        flush()
        let channel = context.channel
        let rest = input
        phase = .closed
        isTakenOver = true
        self.context = nil
        // As SwiftNIO's own connections are: who doesn't ask for half-closed ones wouldn't close them.
        try? channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
        channel.closeFuture.assumeIsolated().whenComplete { _ in self.loop.remove(self) }
        context.pipeline.syncOperations.removeHandler(self).whenComplete { _ in
            handler(channel, rest)
            guard self.isStopping else { return }
            // Whoever took it over couldn't be told before, and may be putting its handlers in place.
            channel.eventLoop.execute {
                channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
            }
        }
    }
}
