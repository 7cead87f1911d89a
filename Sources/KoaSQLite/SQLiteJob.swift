#if SQLite
    import NIOCore
    import Synchronization

    /// A call that waits for a thread. What comes of it, whatever its type, its work keeps.
    final class SQLiteJob: @unchecked Sendable {
        /// Until when it may wait.
        let deadline: NIODeadline

        private let body: @Sendable (SQLiteConnection) throws -> Void
        // Written before the call is handed to the threads, one of which then has it to itself.
        @exclusivity(unchecked) private var continuation: UnsafeContinuation<Void, any Error>?
        @exclusivity(unchecked) private var failure: (any Error)?

        /// What has become of it: its caller is told once, by whoever comes first.
        private enum Phase {
            static let new: UInt8 = 0
            static let waiting: UInt8 = 1
            static let done: UInt8 = 2
        }

        private let phase = Atomic<UInt8>(Phase.new)

        init(deadline: NIODeadline, _ body: @escaping @Sendable (SQLiteConnection) throws -> Void) {
            self.deadline = deadline
            self.body = body
        }

        /// Whether nobody waits for it any more.
        var isDone: Bool { phase.load(ordering: .acquiring) == Phase.done }

        /// Notes that its caller waits.
        ///
        /// - Returns: false when it was cancelled before.
        private func begin() -> Bool {
            phase.compareExchange(expected: Phase.new, desired: Phase.waiting, ordering: .acquiringAndReleasing)
                .exchanged
        }

        /// Notes that its caller is told.
        ///
        /// - Returns: whether it is for this one to do so.
        private func end() -> Bool {
            phase.exchange(Phase.done, ordering: .acquiringAndReleasing) == Phase.waiting
        }

        /// Has its caller wait.
        ///
        /// - Returns: false when it was cancelled before; its caller then knows.
        func begin(_ continuation: UnsafeContinuation<Void, any Error>) -> Bool {
            self.continuation = continuation
            if begin() { return true }
            continuation.resume(throwing: CancellationError())
            return false
        }

        /// Does the work, and keeps what comes of it.
        func run(_ connection: SQLiteConnection) throws {
            try body(connection)
            failure = nil
        }

        /// Notes that the work failed.
        func note(_ error: any Error) {
            failure = error
        }

        /// Tells the caller what came of it.
        func finish() {
            guard end() else { return }
            if let failure { continuation?.resume(throwing: failure) } else { continuation?.resume() }
        }

        /// Has its caller wait no longer. What runs already runs on, and may have its effect.
        func abandon(_ error: any Error) {
            if end() { continuation?.resume(throwing: error) }
        }

        /// Tells the caller that it failed.
        func fail(_ error: any Error) {
            note(error)
            finish()
        }
    }
#endif
