#if SQLite
    public import KoaSession
    import NIOConcurrencyHelpers
    import Synchronization

    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    /// Keeps sessions in a SQLite database: for one machine, whose processes may share the file.
    ///
    /// ```swift
    /// app.use(session(store: try SQLiteSessionStore(path: "sessions.db")))
    /// ```
    ///
    /// The table has the columns `id` (text), `expires` (integer, milliseconds since 1970), `data` (JSON text) and `version`
    /// (integer, another one after each saving). Needs the package trait `SQLite`, which is on by default.
    public final class SQLiteSessionStore: SessionStore {
        let database: SQLiteDatabase
        let queries: SQLiteSessionQueries
        /// Counts up over all sessions from anywhere, so that no two states of a session, of those that other processes
        /// have saved and of one that comes back after it was destroyed, have the same number.
        private let version = Atomic<Int64>(Int64.random(in: 0...(1 << 62)))
        let cleaning: SQLiteCleaning

        /// Opens the database, and blocks until it is open.
        ///
        /// - Parameters:
        ///   - path: the file, which is made when it isn't there, such that its owner alone can read it; `:memory:` keeps
        ///     the sessions in this process's memory.
        ///   - table: the table, which is made when it isn't there. Default `sessions`.
        /// - Throws: ``SQLiteError`` for a file that can't be opened or is no database, and a table of other columns.
        public init(path: String, table: String = "sessions", options: SQLiteOptions = SQLiteOptions()) throws {
            let queries = SQLiteSessionQueries(table)
            self.queries = queries
            cleaning = SQLiteCleaning(every: options.cleanupInterval)
            database = try SQLiteDatabase(path: path, options: options) { try queries.setUp($0) }
        }

        /// The session of an id; a row that is none of this store counts as no session.
        public nonisolated(nonsending) func load(_ id: String, at now: Date) async throws -> SessionRecord? {
            try await failing {
                try await database.read { [queries] connection in
                    try connection.run(queries.load) { row in
                        try row.bind(id, at: 1)
                        try row.bind(now.milliseconds, at: 2)
                        guard try row.step(), let expires = row.integer(at: 0), let version = row.integer(at: 1),
                            let content = row.withBytes(at: 2, { try? JSON.parse($0).object })
                        else { return nil }
                        return SessionRecord(
                            content: content, expires: Date(milliseconds: expires), revision: .number(version))
                    }
                }
            }
        }

        /// Saves a session, in one transaction with the others that wait to be saved.
        public nonisolated(nonsending) func save(
            _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
        ) async throws -> SessionSaving {
            let text = content.jsonText
            let version = version.wrappingAdd(1, ordering: .relaxed).newValue & .max
            clean(at: now)
            let query: SQLiteQuery
            var expected: Int64?
            switch condition {
            case .always: query = queries.save
            case .absent: query = queries.create
            case .unchanged(.number(let number)):
                query = queries.replace
                expected = number
            case .unchanged(.text): return .refused
            }
            let isSaved = try await failing {
                try await database.write { [expected] connection in
                    try connection.run(query) { row in
                        try row.bind(id, at: 1)
                        try row.bind(expiry.milliseconds, at: 2)
                        try row.bind(text, at: 3)
                        try row.bind(version, at: 4)
                        if condition != .always { try row.bind(now.milliseconds, at: 5) }
                        if let expected { try row.bind(expected, at: 6) }
                        _ = try row.step()
                        return connection.changes > 0
                    }
                }
            }
            return isSaved ? .saved(.number(version)) : .refused
        }

        /// Puts off the end of a session; its version stays.
        public nonisolated(nonsending) func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date)
            async throws -> Bool
        {
            try await failing {
                try await database.write { [queries] connection in
                    try connection.run(queries.touch) { row in
                        try row.bind(id, at: 1)
                        try row.bind(expiry.milliseconds, at: 2)
                        try row.bind(now.milliseconds, at: 3)
                        _ = try row.step()
                        return connection.changes > 0
                    }
                }
            }
        }

        /// Removes a session.
        public nonisolated(nonsending) func destroy(_ id: String) async throws {
            try await failing {
                try await database.write { [queries] connection in
                    try connection.run(queries.destroy) { row in
                        try row.bind(id, at: 1)
                        _ = try row.step()
                    }
                }
            }
        }

        /// Ends the calls that wait, and closes the database; calls from then on throw.
        public func shutDown() async {
            await database.shutDown()
        }
    }

    /// Has the database's errors be those of a store.
    nonisolated(nonsending) func failing<Value>(
        _ work: nonisolated(nonsending) () async throws -> Value
    ) async throws -> Value {
        do {
            return try await work()
        } catch let error as SQLiteError {
            throw SessionError(.storeUnavailable, "The sessions' database can't be used.", cause: error)
        }
    }
#endif
