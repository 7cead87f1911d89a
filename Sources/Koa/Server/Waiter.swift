import Synchronization

/// A task that waits for its connection, and may be cancelled meanwhile from anywhere.
struct Waiter<Value: Sendable>: Sendable {
    let continuation: CheckedContinuation<Value, any Error>
    let cancellation: Cancellation
}

/// Whether the task of one wait was cancelled: a cancellation that overtakes its wait isn't lost, and one that comes
/// late meets no other.
final class Cancellation: Sendable {
    private let flag = Atomic(false)

    var hasHappened: Bool { flag.load(ordering: .acquiring) }

    func happen() { flag.store(true, ordering: .releasing) }
}
