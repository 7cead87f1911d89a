#if SQLite
    import NIOCore
    import Synchronization

    /// A call that waits for a thread.
    class SQLiteJob: @unchecked Sendable {
        /// Until when it may wait.
        let deadline: NIODeadline

        /// What has become of it: its caller is told once, by whoever comes first.
        private enum Phase {
            static let new: UInt8 = 0
            static let waiting: UInt8 = 1
            static let done: UInt8 = 2
        }

        private let phase = Atomic<UInt8>(Phase.new)

        init(deadline: NIODeadline) {
            self.deadline = deadline
        }

        /// Whether nobody waits for it any more.
        final var isDone: Bool { phase.load(ordering: .acquiring) == Phase.done }

        /// Notes that its caller waits.
        ///
        /// - Returns: false when it was cancelled before.
        final func begin() -> Bool {
            phase.compareExchange(expected: Phase.new, desired: Phase.waiting, ordering: .acquiringAndReleasing)
                .exchanged
        }

        /// Notes that its caller is told.
        ///
        /// - Returns: whether it is for this one to do so.
        final func end() -> Bool {
            phase.exchange(Phase.done, ordering: .acquiringAndReleasing) == Phase.waiting
        }

        /// Does the work, and keeps what comes of it.
        func run(_ connection: SQLiteConnection) throws {}
        /// Notes that the work failed.
        func note(_ error: any Error) {}
        /// Tells the caller what came of it.
        func finish() {}
        /// Has its caller wait no longer. What runs already runs on, and may have its effect.
        func abandon(_ error: any Error) {}

        /// Tells the caller that it failed.
        final func fail(_ error: any Error) {
            note(error)
            finish()
        }
    }

    /// A call, its caller and what came of it.
    final class SQLiteCall<Value: Sendable>: SQLiteJob, @unchecked Sendable {
        private let body: @Sendable (SQLiteConnection) throws -> Value
        // Written before the call is handed to the threads, one of which then has it to itself.
        private var continuation: UnsafeContinuation<Value, any Error>?
        private var outcome: Result<Value, any Error>?

        init(deadline: NIODeadline, _ body: @escaping @Sendable (SQLiteConnection) throws -> Value) {
            self.body = body
            super.init(deadline: deadline)
        }

        /// - Returns: false when it was cancelled before; its caller then knows.
        func begin(_ continuation: UnsafeContinuation<Value, any Error>) -> Bool {
            self.continuation = continuation
            if begin() { return true }
            continuation.resume(throwing: CancellationError())
            return false
        }

        override func run(_ connection: SQLiteConnection) throws {
            outcome = .success(try body(connection))
        }

        override func note(_ error: any Error) {
            outcome = .failure(error)
        }

        override func finish() {
            guard let outcome, end() else { return }
            continuation?.resume(with: outcome)
        }

        override func abandon(_ error: any Error) {
            if end() { continuation?.resume(throwing: error) }
        }
    }
#endif
