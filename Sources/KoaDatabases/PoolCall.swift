import NIOConcurrencyHelpers

/// A call that waits for a connection or runs on one.
struct PoolCall<Connection: BlockingConnection>: Sendable {
    let id: Int
    let deadline: Deadline
    /// Makes the call on the present thread; what it returns hands the result to the caller.
    let perform: @Sendable (inout HeldConnection<Connection>) -> @Sendable () -> Void
    /// Ends the call for its caller, if it hasn't ended yet.
    let fail: @Sendable (any Error) -> Void
}

/// A connection, or the place of one that isn't open, on its way between the pool and one thread at a time.
struct HeldConnection<Connection: BlockingConnection>: @unchecked Sendable {
    // Unchecked: the pool's lock hands it to one thread at a time.
    var connection: Connection?
    /// Since when it is idle.
    var idleSince: Deadline

    init(_ connection: Connection? = nil) {
        self.connection = connection
        self.idleSince = .now
    }

    /// Closes the connection.
    mutating func discard() {
        connection?.close()
        connection = nil
    }
}

/// The caller's continuation, which the first to come resumes: the thread, the deadline or the cancellation.
final class PoolAnswer<Value: Sendable>: Sendable {
    private let continuation: NIOLockedValueBox<CheckedContinuation<Value, any Error>?>

    init(_ continuation: CheckedContinuation<Value, any Error>) {
        self.continuation = NIOLockedValueBox(continuation)
    }

    func resume(with result: Result<Value, any Error>) {
        let continuation = continuation.withLockedValue { continuation in
            defer { continuation = nil }
            return continuation
        }
        continuation?.resume(with: result)
    }
}
