#if !SQLite
    public import Koa
    public import KoaMiddleware

    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    /// Keeps sessions in a SQLite database. Needs the package trait `SQLite`.
    @available(
        *, unavailable,
        message:
            "SQLiteSessionStore needs the package trait SQLite (add traits: [\"SQLite\"] to the dependency on koa), and libsqlite3 (apt-get install libsqlite3-dev)"
    )
    public final class SQLiteSessionStore: SessionStore {
        /// Opens the database.
        public init(path: String, table: String = "sessions", options: SQLiteOptions = SQLiteOptions()) throws {}
        /// The session of an id.
        public func load(_ id: String, at now: Date) async throws -> SessionRecord? { nil }
        /// Saves a session.
        public func save(
            _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
        ) async throws -> SessionSaving { .refused }
        /// Puts off the end of a session.
        public func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date) async throws -> Bool {
            false
        }
        /// Removes a session.
        public func destroy(_ id: String) async throws {}
        /// Closes the database.
        public func shutDown() async {}
    }

    /// Counts requests in a SQLite database. Needs the package trait `SQLite`.
    @available(
        *, unavailable,
        message:
            "SQLiteRateLimitStore needs the package trait SQLite (add traits: [\"SQLite\"] to the dependency on koa), and libsqlite3 (apt-get install libsqlite3-dev)"
    )
    public final class SQLiteRateLimitStore: RateLimitStore {
        /// Opens the database.
        public init(path: String, table: String = "rate_limits", options: SQLiteOptions = SQLiteOptions()) throws {}
        /// Counts a request.
        public func take(
            _ key: String, _ policy: RateLimitPolicy, clock: any WallClock
        ) async throws -> RateLimitDecision { RateLimitDecision(isAllowed: false, remaining: 0, reset: policy.window) }
        /// Closes the database.
        public func shutDown() async {}
    }
#endif
