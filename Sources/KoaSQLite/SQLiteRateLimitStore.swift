#if SQLite
    import Crypto
    public import Koa
    public import KoaMiddleware

    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    /// Counts the requests of ``rateLimit(max:per:name:store:headers:throws:message:key:allow:block:)`` in a SQLite database,
    /// which processes of one machine may share, and which a restart doesn't reset.
    ///
    /// ```swift
    /// app.use(rateLimit(max: 100, per: .seconds(60), store: try SQLiteRateLimitStore(path: "limits.db")))
    /// ```
    ///
    /// Give it a file of its own: a database has one writer at a time. The table has the columns `id` (text: the policy's name
    /// and the key), `expires` (integer, milliseconds since 1970), `start` (real, seconds since 1970), `current` and `previous`
    /// (integer). Needs the package trait `SQLite`, which is on by default.
    public final class SQLiteRateLimitStore: RateLimitStore {
        private let database: SQLiteDatabase
        private let queries: SQLiteRateLimitQueries
        let cleaning: SQLiteCleaning

        /// Opens the database, and blocks until it is open.
        ///
        /// - Parameters:
        ///   - path: the file, which is made when it isn't there, such that its owner alone can read it; `:memory:` counts
        ///     in this process's memory.
        ///   - table: the table, which is made when it isn't there. Default `rate_limits`.
        /// - Throws: ``SQLiteError`` for a file that can't be opened or is no database, and a table of other columns.
        public init(path: String, table: String = "rate_limits", options: SQLiteOptions = SQLiteOptions()) throws {
            let queries = SQLiteRateLimitQueries(table)
            self.queries = queries
            cleaning = SQLiteCleaning(every: options.cleanupInterval)
            // Each call writes.
            var options = options
            options.readers = 0
            database = try SQLiteDatabase(path: path, options: options) { try queries.setUp($0) }
        }

        /// Counts a request, by the clock's present time, which processes share.
        ///
        /// - Throws: ``SQLiteError``, which makes the request a 503.
        public func take(
            _ key: String, _ policy: RateLimitPolicy, clock: any WallClock
        ) async throws -> RateLimitDecision {
            let now = clock.now
            cleaning.begin(at: now) { [weak self] in _ = try? await self?.removeExpired(at: now) }
            let id = Self.id(key, policy)
            return try await database.write { [queries] connection in
                let seconds = now.timeIntervalSince1970
                let found = try queries.window(id, connection)
                var window = found ?? SlidingWindow(start: seconds)
                if window.start > seconds {
                    // The clock was set back: else nobody would get in until it has come to that time again.
                    window = SlidingWindow(start: seconds, current: window.current, previous: window.previous)
                }
                let decision = window.take(at: seconds, policy)
                if window != found { try queries.save(window, id, policy, connection) }
                return decision
            }
        }

        /// Removes the keys of which nothing counts any more; without a call that is done as the options say.
        ///
        /// - Returns: how many they were.
        @discardableResult
        public func removeExpired(at now: Date) async throws -> Int {
            try await database.removeExpired(
                at: now.milliseconds, count: queries.countExpired, remove: queries.removeExpired)
        }

        /// Ends the calls that wait, and closes the database; calls from then on throw.
        public func shutDown() async {
            await database.shutDown()
        }

        /// The longest key that is kept as it is, in bytes.
        private static let longestKey = 64

        /// A key in bounded room: clients choose some, a forwarded address say, as long as headers may be.
        /// The id of a row: two policies, or two keys, never share one.
        static func id(_ key: String, _ policy: RateLimitPolicy) -> String {
            let name = policy.name.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%25")
                .split(separator: ":", omittingEmptySubsequences: false).joined(separator: "%3A")
            return "\(name):\(short(key))"
        }

        private static func short(_ key: String) -> String {
            guard key.utf8.count > longestKey else { return key }
            var key = key
            let digest = key.withUTF8 { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
            // No key that is kept as it is has this length.
            return "sha256:" + digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
    }
#endif
