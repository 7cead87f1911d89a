#if !PostgreSQL
    public import Koa
    public import KoaSession

    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    /// Keeps sessions in PostgreSQL. Needs the package trait `PostgreSQL`.
    ///
    /// It is a store all the same, so that the compiler's message is the one below.
    @available(
        *, unavailable,
        message: "needs the package trait PostgreSQL, and libpq: add traits: [\"PostgreSQL\"] to the dependency on koa"
    )
    public final class PostgresSessionStore: SessionStore {
        /// Makes a store.
        public init(
            _ options: PostgresOptions, table: String = "koa_sessions", cleanup: Duration? = .seconds(900)
        ) {}
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
        /// Closes the connections.
        public func shutDown() async {}
    }
#endif
