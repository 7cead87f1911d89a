#if Redis
    import NIOCore

    /// The connection to Redis, and the calls that wait for it or on it. Lives on one event loop.
    ///
    /// Calls go out as they come, without waiting for the answers of those before them; answers come in the order of the
    /// calls. There is a connection as long as Redis keeps it: a call that finds none makes one.
    final class RedisLine {
        enum State {
            /// The next call connects, unless it comes too soon after a failure.
            case idle
            case connecting
            /// Connected, but Redis hasn't answered the greeting.
            case greeting(any Channel)
            case ready(any Channel)
            case shut
        }

        /// A call, or the greeting, on its way.
        struct Entry {
            /// Nil for the greeting.
            let call: RedisCall?
            /// How many answers there are.
            let count: Int
            let deadline: NIODeadline
            /// Whether it was sent on an earlier connection.
            var isRepeated = false
            /// The answers so far.
            var values: [RedisValue] = []
        }

        let options: RedisOptions
        let inbox: RedisInbox
        let loop: any EventLoop
        // Nothing that is called within an access to one of these comes back here: checking each would be in vain.
        @exclusivity(unchecked) var state = State.idle
        /// Those that wait for a connection. In both, the oldest is first.
        @exclusivity(unchecked) var waiting = CircularBuffer<Entry>()
        /// Those that were sent.
        @exclusivity(unchecked) var sent = CircularBuffer<Entry>()
        @exclusivity(unchecked) var backOff = RedisBackOff()
        @exclusivity(unchecked) private var timer: (at: NIODeadline, task: Scheduled<Void>)?

        init(_ options: RedisOptions, _ inbox: RedisInbox, _ loop: any EventLoop) {
            self.options = options
            self.inbox = inbox
            self.loop = loop
        }

        /// Sends the calls that are in the inbox, or has them wait for a connection.
        func accept() {
            for call in inbox.take() {
                waiting.append(Entry(call: call, count: call.count, deadline: call.deadline))
            }
            switch state {
            case .ready(let channel): send(on: channel)
            case .idle:
                if let error = backOff.error(at: .now()) { failWaiting(error) } else { connect() }
            case .connecting, .greeting: break
            case .shut: failWaiting(.shutDown)
            }
            setTimer()
        }

        /// Sends what waits, in one piece.
        func send(on channel: any Channel) {
            var bytes = ByteBuffer()
            while let entry = waiting.popFirst() {
                // One that was cancelled meanwhile isn't sent.
                guard let call = entry.call, call.isAwaited else {
                    settle(entry, .failure(CancellationError()))
                    continue
                }
                if bytes.readableBytes == 0 { bytes = call.bytes } else { bytes.writeImmutableBuffer(call.bytes) }
                sent.append(entry)
            }
            if bytes.readableBytes > 0 { channel.writeAndFlush(bytes, promise: nil) }
        }

        /// Takes an answer, which belongs to the call that waits the longest.
        func receive(_ value: RedisValue, on channel: any Channel) throws {
            guard isCurrent(channel) else { return }
            guard var entry = sent.popFirst() else {
                throw RedisError(.malformed, "Redis said something that it wasn't asked.")
            }
            entry.values.append(value)
            guard entry.values.count == entry.count else { return sent.prepend(entry) }
            guard entry.call != nil else { return greeted(entry.values, on: channel) }
            settle(entry, .success(entry.values))
            // A replica since a failover: its name may lead to the new Redis by now.
            if case .error(let text) = value, RedisError.isOfReplica(text) { lose(channel, .lost) }
        }

        /// The connection is of no use any more: what may be sent a second time is, on a new one.
        func lose(_ channel: any Channel, _ error: RedisError) {
            guard isCurrent(channel) else { return }
            // Closing tells the handler at once: by then another state has to be set.
            defer { channel.close(promise: nil) }
            if case .greeting = state { return failConnecting(error) }
            state = .idle
            let now = NIODeadline.now()
            let entries = sent
            sent.removeAll()
            for entry in entries.reversed() {
                guard let call = entry.call, call.isAwaited else {
                    settle(entry, .failure(CancellationError()))
                    continue
                }
                if entry.deadline <= now {
                    settle(entry, .failure(late))
                } else if call.isIdempotent, !entry.isRepeated {
                    waiting.prepend(
                        Entry(call: call, count: entry.count, deadline: entry.deadline, isRepeated: true))
                } else {
                    settle(entry, .failure(error))
                }
            }
            if !waiting.isEmpty { connect() }
        }

        /// Whether a channel is the connection; another may still have been closing when this one was made.
        private func isCurrent(_ channel: any Channel) -> Bool {
            switch state {
            case .greeting(let current), .ready(let current): current === channel
            case .idle, .connecting, .shut: false
            }
        }

        /// Ends all that waits for a connection.
        func failWaiting(_ error: RedisError) {
            while let entry = waiting.popFirst() { settle(entry, .failure(error)) }
        }

        private func settle(_ entry: Entry, _ result: Result<[RedisValue], any Error>) {
            guard let call = entry.call else { return }
            inbox.settle(call)
            call.finish(result)
        }

        /// Closes the connection, and takes no more calls.
        func shut() -> EventLoopFuture<Void> {
            let previous = state
            state = .shut
            timer?.task.cancel()
            timer = nil
            accept()
            while let entry = sent.popFirst() { settle(entry, .failure(RedisError.shutDown)) }
            switch previous {
            case .greeting(let channel), .ready(let channel):
                channel.close(promise: nil)
                return channel.closeFuture
            case .idle, .connecting, .shut: return loop.makeSucceededVoidFuture()
            }
        }
    }

    extension RedisLine {
        private var late: RedisError {
            RedisError(.timeout, "Redis at \(options.place) didn't answer within \(options.timeout).")
        }

        /// Has ``expire()`` called when the first of the calls is late.
        func setTimer() {
            guard let next = [waiting.first?.deadline, sent.first?.deadline].compactMap({ $0 }).min() else { return }
            if let timer {
                if timer.at <= next { return }
                timer.task.cancel()
            }
            let line = NIOLoopBound(self, eventLoop: loop)
            timer = (next, loop.scheduleTask(deadline: next) { line.value.expire() })
        }

        /// Ends the calls that are late. Where an answer is late there may be nobody any more: the connection ends, too.
        private func expire() {
            timer = nil
            let now = NIODeadline.now()
            while let entry = waiting.first, entry.deadline <= now {
                waiting.removeFirst()
                settle(entry, .failure(late))
            }
            if let entry = sent.first, entry.deadline <= now {
                switch state {
                case .greeting(let channel), .ready(let channel): lose(channel, late)
                case .idle, .connecting, .shut: break
                }
            }
            setTimer()
        }
    }
#endif
