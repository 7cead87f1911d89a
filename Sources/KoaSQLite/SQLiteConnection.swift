#if SQLite
    import CKoaSQLite
    import NIOCore

    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    /// A connection to a database, used by one thread at a time.
    package final class SQLiteConnection {
        private let handle: OpaquePointer
        private let path: String
        private var statements: [ObjectIdentifier: SQLiteStatement] = [:]
        private let begin: SQLiteQuery
        /// Until when it waits for locks of other processes.
        var deadline = NIODeadline.distantFuture
        /// Whether it can't be used any more: the file under it was damaged or replaced.
        private(set) var isBroken = false

        /// What a connection is for.
        enum Role {
            case writing, reading
        }

        private static let beginReading = SQLiteQuery("BEGIN")
        private static let beginWriting = SQLiteQuery("BEGIN IMMEDIATE")
        private static let commit = SQLiteQuery("COMMIT")
        private static let rollback = SQLiteQuery("ROLLBACK")
        private static let preparedLimit = 200

        /// Opens the file, which is made when it isn't there.
        init(_ file: SQLiteFile, _ role: Role, _ options: SQLiteOptions) throws(SQLiteError) {
            try file.prepare()
            var handle: OpaquePointer?
            let access = role == .writing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE
            let result = sqlite3_open_v2(file.name, &handle, access | SQLITE_OPEN_NOMUTEX, nil)
            guard result == SQLITE_OK, let handle else {
                let detail = String(cString: handle.map { sqlite3_errmsg($0) } ?? sqlite3_errstr(result))
                sqlite3_close_v2(handle)
                throw SQLiteError(result, detail, path: file.path)
            }
            self.handle = handle
            path = file.path
            begin = role == .writing ? Self.beginWriting : Self.beginReading
            sqlite3_extended_result_codes(handle, 1)
            koa_sqlite_harden(handle)
            waitForLocks()
            deadline = .now() + options.timeAmount
            try execute("PRAGMA temp_store = MEMORY")
            if role == .reading {
                try execute("PRAGMA query_only = ON")
                return
            }
            if !file.isInMemory { try writeAhead() }
            try execute("PRAGMA synchronous = \(options.survives == .powerLoss ? "FULL" : "NORMAL")")
            try execute("PRAGMA journal_size_limit = \(64 << 20)")
            if let limit = options.sizeLimit { try limitSize(limit) }
        }

        deinit {
            // Statements have to go first.
            statements = [:]
            sqlite3_close_v2(handle)
        }

        /// How many rows the last statement changed.
        package var changes: Int { Int(sqlite3_changes(handle)) }

        /// Runs statements of which no row is wanted.
        package func execute(_ sql: String) throws(SQLiteError) {
            let result = sqlite3_exec(handle, sql, nil, nil, nil)
            guard result == SQLITE_OK else { throw error(result) }
        }

        /// Runs a statement that has parameters or rows.
        ///
        /// - Parameter body: sets its parameters, steps through its rows and reads them; both are gone behind it.
        package func run<Result>(_ query: SQLiteQuery, _ body: (SQLiteStatement) throws -> Result) throws -> Result {
            let statement = try prepare(query)
            defer { statement.reset() }
            return try body(statement)
        }

        /// Has a statement ready; wrong SQL is found here.
        @discardableResult
        package func prepare(_ query: SQLiteQuery) throws(SQLiteError) -> SQLiteStatement {
            let identifier = ObjectIdentifier(query)
            if let statement = statements[identifier] { return statement }
            let statement = try SQLiteStatement(query, on: self, handle)
            if statements.count >= Self.preparedLimit { statements.removeAll(keepingCapacity: true) }
            statements[identifier] = statement
            return statement
        }

        private func step(_ query: SQLiteQuery) throws(SQLiteError) {
            let statement = try prepare(query)
            defer { statement.reset() }
            _ = try statement.step()
        }

        // MARK: Transactions

        /// Whether a transaction is open; SQLite ends one by itself when the disk is full, and the like.
        var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

        func beginTransaction() throws(SQLiteError) { try step(begin) }

        func commitTransaction() throws(SQLiteError) { try step(Self.commit) }

        /// Takes back what was done since the transaction began, if one is open.
        func rollbackTransaction() {
            guard isInTransaction else { return }
            do { try step(Self.rollback) } catch { isBroken = true }
        }

        // MARK: Failures

        /// The error of a call's result, and whether the connection is of use any more.
        func error(_ result: Int32) -> SQLiteError {
            let error = SQLiteError(result, String(cString: sqlite3_errmsg(handle)), path: path)
            switch error.code {
            case .io, .corrupt, .cannotOpen, .notADatabase, .readOnly: isBroken = true
            default: break
            }
            return error
        }

        /// Has those that read not wait for the one that writes.
        private func writeAhead() throws(SQLiteError) {
            let statement = try prepare(SQLiteQuery("PRAGMA journal_mode = WAL"))
            defer { statement.reset() }
            guard try statement.step(), statement.text(at: 0) == "wal" else {
                throw SQLiteError(SQLITE_CANTOPEN, "its file system has no memory that processes share", path: path)
            }
        }

        private func limitSize(_ bytes: Int) throws(SQLiteError) {
            let statement = try prepare(SQLiteQuery("PRAGMA page_size"))
            defer { statement.reset() }
            let size = try statement.step() ? statement.integer(at: 0) ?? 4096 : 4096
            try execute("PRAGMA max_page_count = \(max(Int64(bytes) / max(size, 1), 1))")
        }

        /// Locks of other processes are asked for again until the deadline.
        private func waitForLocks() {
            let this = Unmanaged.passUnretained(self).toOpaque()
            sqlite3_busy_handler(
                handle,
                { this, count in
                    guard let this else { return 0 }
                    let connection = Unmanaged<SQLiteConnection>.fromOpaque(this).takeUnretainedValue()
                    let left = (connection.deadline - .now()).nanoseconds
                    guard left > 0 else { return 0 }
                    // Milliseconds: 1, 2, 4, … 32.
                    let pause = min(Int64(1_000_000) << Int64(min(count, 5)), left)
                    var time = timespec()
                    time.tv_nsec = Int(pause)
                    nanosleep(&time, nil)
                    return 1
                }, this)
        }
    }
#endif
