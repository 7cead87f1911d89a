#if !MySQL
    public import Koa
    public import KoaSession

    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    /// Keeps sessions in MySQL or MariaDB. Needs the package trait `MySQL`.
    ///
    /// It is a store all the same, so that the compiler's message is the one below.
    @available(
        *, unavailable,
        message: "needs the package trait MySQL, and libmariadb: add traits: [\"MySQL\"] to the dependency on koa"
    )
    public final class MySQLSessionStore: SessionStore {
        /// Makes a store.
        public init(
            _ options: MySQLOptions, table: String = "_mysql_session_store", cleanup: Duration? = .seconds(900)
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
