import NIOCore
import NIOPosix
import Synchronization

/// The threads on which a ``FileSessionStore`` reads and writes.
final class FileSessionStoreThreads: Sendable {
    private let pool: NIOThreadPool
    private let directory: String
    private let calls = Atomic(0)

    /// More may not run and wait.
    private static let limit = 10_000
    private static let timeout = TimeAmount.seconds(5)

    init(_ directory: String) {
        self.directory = directory
        pool = NIOThreadPool(numberOfThreads: 4)
        pool.start()
    }

    deinit {
        pool.shutdownGracefully { _ in }
    }

    /// Runs work that blocks.
    ///
    /// - Parameter body: is told until when it may wait.
    func run<Value: Sendable>(_ body: @escaping @Sendable (NIODeadline) throws -> Value) async throws -> Value {
        defer { calls.wrappingSubtract(1, ordering: .relaxed) }
        guard calls.wrappingAdd(1, ordering: .relaxed).newValue <= Self.limit else {
            throw SessionError.files(
                "More than \(Self.limit) calls wait for the sessions in \(directory.debugDescription).")
        }
        let deadline = NIODeadline.now() + Self.timeout
        do {
            return try await pool.runIfActive { [directory] in
                guard .now() < deadline else {
                    throw SessionError.files(
                        "The sessions in \(directory.debugDescription) didn't come to a call within the timeout.")
                }
                return try body(deadline)
            }
        } catch is NIOThreadPoolError.ThreadPoolInactive {
            throw SessionError.files("The store of the sessions in \(directory.debugDescription) was shut down.")
        }
    }

    func shutDown() async {
        await withCheckedContinuation { continuation in
            pool.shutdownGracefully { _ in continuation.resume() }
        }
    }
}
