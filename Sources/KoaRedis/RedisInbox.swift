#if Redis
    import NIOConcurrencyHelpers

    /// Where tasks put their calls for the connection's event loop, and what bounds how many there are.
    final class RedisInbox: Sendable {
        private struct State {
            var calls: [RedisCall] = []
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
        /// - Returns: whether the loop has to be told, since it was empty.
        /// - Throws: ``RedisError`` when there are too many, or none are taken any more.
        func put(_ call: RedisCall) throws -> Bool {
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
                return state.calls.count == 1
            }
        }

        /// The calls that came since the last time.
        func take() -> [RedisCall] {
            state.withLockedValue { state in
                let calls = state.calls
                state.calls = []
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
