#if SQLite
    import NIOCore
    import NIOPosix

    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    /// A database in a file, or in memory: one connection that writes, and several that read, each on a thread of its own.
    ///
    /// What waits to be written is written in one transaction, and nobody is told before that is committed.
    package final class SQLiteDatabase: Sendable {
        private let path: String
        private let writer: SQLiteWorkers
        private let readers: SQLiteWorkers?
        private let timeout: TimeAmount

        /// So many calls share a transaction at most; the first of them waits for the last.
        private static let writesTogether = 128
        private static let readsTogether = 8

        /// Opens the database, and blocks meanwhile.
        ///
        /// - Parameters:
        ///   - path: of the file, which is made when it isn't there; `:memory:` is a database without one.
        ///   - setUp: makes the tables, on a new connection that writes.
        /// - Throws: ``SQLiteError``; what `setUp` throws.
        package init(
            path: String, options: SQLiteOptions, setUp: @escaping @Sendable (SQLiteConnection) throws -> Void
        ) throws {
            let file = try SQLiteFile(path)
            let open: @Sendable () throws -> SQLiteConnection = {
                try Self.patiently(until: .now() + options.timeAmount) {
                    let connection = try SQLiteConnection(file, .writing, options)
                    try setUp(connection)
                    return connection
                }
            }
            self.path = path
            timeout = options.timeAmount
            writer = SQLiteWorkers(
                [try open()], path: path, waitingLimit: options.waitingLimit,
                batchLimit: Self.writesTogether, timeout: timeout, open: open, run: Self.write)
            // Each connection to a database in memory would have one of its own.
            let count = file.isInMemory ? 0 : min(max(options.readers, 0), 64)
            guard count > 0 else {
                readers = nil
                return
            }
            readers = SQLiteWorkers(
                Array(repeating: nil, count: count), path: path, waitingLimit: options.waitingLimit,
                batchLimit: Self.readsTogether, timeout: timeout,
                open: { try SQLiteConnection(file, .reading, options) }, run: Self.read)
        }

        /// Does it again as long as the file is locked: while it becomes one with a write-ahead log, SQLite tells processes
        /// that open it so at once, without asking how long they would wait.
        private static func patiently<Value>(until deadline: NIODeadline, _ work: () throws -> Value) throws -> Value {
            while true {
                do {
                    return try work()
                } catch let error as SQLiteError where error.code == .busy && .now() < deadline {
                    var pause = timespec(tv_sec: 0, tv_nsec: 2_000_000)
                    nanosleep(&pause, nil)
                }
            }
        }

        /// Reads; sees all that was acknowledged before.
        ///
        /// - Parameter body: runs on a thread of the database.
        /// - Throws: what the body throws; ``SQLiteError``, when no thread came to it within the timeout among others.
        package nonisolated(nonsending) func read<Value: Sendable>(
            _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
        ) async throws -> Value {
            try await call(readers ?? writer, body)
        }

        /// Writes within a transaction, which is committed when this returns.
        ///
        /// - Parameter body: runs on the database's thread that writes; what it did is taken back when it throws. It may
        ///   run twice, when the first time came to nothing.
        /// - Throws: what the body throws; ``SQLiteError``, when the database is locked longer than the timeout among
        ///   others.
        package nonisolated(nonsending) func write<Value: Sendable>(
            _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
        ) async throws -> Value {
            try await call(writer, body)
        }

        /// Ends the calls that wait, and closes the connections.
        package func shutDown() async {
            await readers?.shutDown()
            await writer.shutDown()
        }

        /// How many calls wait to be written.
        var waitingWrites: Int { writer.waiting }

        /// Whether nothing is written at the moment.
        var isIdle: Bool { writer.isIdle }

        /// Whether further calls are refused.
        var isShutDown: Bool { writer.isShutDown }

        private nonisolated(nonsending) func call<Value: Sendable>(
            _ workers: SQLiteWorkers, _ body: @escaping @Sendable (SQLiteConnection) throws -> Value
        ) async throws -> Value {
            // The call's thread sets it before it has the task go on. When the task was told to go on without, the thread may
            // set it at any time, and nobody reads it.
            nonisolated(unsafe) var value: Value?
            let call = SQLiteJob(deadline: .now() + timeout) { value = try body($0) }
            try await withTaskCancellationHandler {
                try await withUnsafeThrowingContinuation { continuation in
                    guard call.begin(continuation) else { return }
                    if let refusal = workers.add(call) { call.fail(refusal) }
                }
            } onCancel: {
                call.abandon(CancellationError())
            }
            // Never: the task goes on when the work is done, or by its error.
            guard let value else { throw SQLiteError.shutDown(path) }
            return value
        }
    }

    extension SQLiteOptions {
        /// The timeout, in SwiftNIO's terms.
        var timeAmount: TimeAmount {
            let limit = Duration.seconds(86_400)
            return TimeAmount(min(max(timeout, .zero), limit))
        }
    }
#endif
