#if Redis
    import NIOConcurrencyHelpers
    import NIOCore

    /// Where tasks put their calls for the connection's event loop, and what bounds how many there are.
    final class RedisInbox: Sendable {
        private struct State {
            var calls: [RedisCall] = []
            /// The event loops that are about to tell of calls; nil for other threads.
            var tellers: [ObjectIdentifier?] = []
            /// Of the calls that were put here and aren't settled, wherever they are.
            var count = 0
            var bytes = 0
            var isShut = false
        }

        private let state = NIOLockedValueBox(State())
        private let maxPending: Int
        private let maxPendingBytes: Int

        init(_ options: RedisOptions) {
            maxPending = max(options.maxPending, 1)
            maxPendingBytes = max(options.maxPendingBytes, 1)
        }

        /// How many calls aren't settled.
        var count: Int { state.withLockedValue { $0.count } }

        /// Puts a call here.
        ///
        /// - Parameter teller: the event loop that calls; nil for another thread.
        /// - Returns: whether the caller has to tell the connection's loop. That another loop is about to doesn't count: it may
        ///   be busy for long.
        /// - Throws: ``RedisError`` when there are too many, or none are taken any more.
        func put(_ call: RedisCall, from teller: ObjectIdentifier?) throws -> Bool {
            try state.withLockedValue { state in
                if state.isShut { throw RedisError.shutDown }
                let bytes = state.bytes + call.bytes.readableBytes
                // A single call may have any length.
                guard state.count < maxPending, state.count == 0 || bytes <= maxPendingBytes else {
                    throw RedisError(
                        .overloaded,
                        "\(state.count) calls of \(state.bytes) bytes wait for Redis: it is slower than what asks it "
                            + "(see maxPending and maxPendingBytes).")
                }
                state.count += 1
                state.bytes = bytes
                state.calls.append(call)
                if state.tellers.contains(teller) { return false }
                state.tellers.append(teller)
                return true
            }
        }

        /// The calls that came since the last time.
        func take() -> [RedisCall] {
            state.withLockedValue { state in
                let calls = state.calls
                state.calls = []
                state.tellers.removeAll(keepingCapacity: true)
                return calls
            }
        }

        /// Makes room: a call is settled.
        func settle(_ call: RedisCall) {
            state.withLockedValue { state in
                state.count -= 1
                state.bytes -= call.bytes.readableBytes
            }
        }

        /// Takes no more calls.
        func shut() {
            state.withLockedValue { $0.isShut = true }
        }
    }
#endif
