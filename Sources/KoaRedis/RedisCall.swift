#if Redis
    import NIOConcurrencyHelpers
    import NIOCore

    /// Commands that one task sends in a row, and waits for the answers of.
    final class RedisCall: Sendable {
        typealias Continuation = UnsafeContinuation<[RedisValue], any Error>

        private enum State {
            case made
            case awaited(Continuation)
            /// The result came, or the task was cancelled, before the task waited.
            case early(Result<[RedisValue], any Error>)
            case over
        }

        /// The commands as they are sent.
        let bytes: ByteBuffer
        /// How many they are.
        let count: Int
        /// Whether running them twice does what running them once does.
        let isIdempotent: Bool
        /// When the task waits no longer.
        let deadline: NIODeadline
        private let state = NIOLockedValueBox(State.made)

        init(_ commands: [RedisCommand], isIdempotent: Bool, deadline: NIODeadline) {
            bytes = RedisCommand.encode(commands)
            count = commands.count
            self.isIdempotent = isIdempotent
            self.deadline = deadline
        }

        /// Whether anyone still waits, or will.
        var isAwaited: Bool {
            state.withLockedValue { state in
                switch state {
                case .made, .awaited: true
                case .early, .over: false
                }
            }
        }

        /// The answers; a cancelled task gets its error at once.
        ///
        /// - Parameter submit: sends the call.
        nonisolated(nonsending) func answers(_ submit: (RedisCall) -> Void) async throws -> [RedisValue] {
            try await withTaskCancellationHandler {
                try await withUnsafeThrowingContinuation { continuation in
                    let early: Result<[RedisValue], any Error>? = state.withLockedValue { state in
                        if case .early(let result) = state {
                            state = .over
                            return result
                        }
                        state = .awaited(continuation)
                        return nil
                    }
                    if let early { continuation.resume(with: early) } else { submit(self) }
                }
            } onCancel: {
                finish(.failure(CancellationError()))
            }
        }

        /// Ends the call; what comes later counts for nothing.
        func finish(_ result: Result<[RedisValue], any Error>) {
            let continuation: Continuation? = state.withLockedValue { state in
                switch state {
                case .made:
                    state = .early(result)
                    return nil
                case .awaited(let continuation):
                    state = .over
                    return continuation
                case .early, .over: return nil
                }
            }
            continuation?.resume(with: result)
        }
    }
#endif
