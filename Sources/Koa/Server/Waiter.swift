import Synchronization

/// A task that waits for its connection, and may be cancelled meanwhile from anywhere.
final class Waiter<Value: Sendable>: Sendable {
    private let continuation: CheckedContinuation<Value, any Error>
    private let cancellation: Cancellation

    init(_ continuation: CheckedContinuation<Value, any Error>, _ cancellation: Cancellation) {
        self.continuation = continuation
        self.cancellation = cancellation
    }

    /// Whether the wait was cancelled before it began.
    var isCancelled: Bool { cancellation.hasHappened }

    /// Whether a cancellation means this wait.
    func belongs(to cancellation: Cancellation) -> Bool { self.cancellation === cancellation }

    func resume(returning value: Value) { continuation.resume(returning: value) }

    func resume(throwing error: any Error) { continuation.resume(throwing: error) }
}

/// Whether the task of one wait was cancelled: a cancellation that overtakes its wait isn't lost, and one that comes
/// late meets no other.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var hasHappened: Bool { flag.load(ordering: .acquiring) }

    func happen() { flag.store(true, ordering: .releasing) }
}
