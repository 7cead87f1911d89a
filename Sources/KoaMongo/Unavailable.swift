#if !MongoDB
    public import Koa
    public import KoaSession

    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    /// Keeps sessions in MongoDB. Needs the package trait `MongoDB`.
    ///
    /// It is a store all the same, so that the compiler's message is the one below.
    @available(
        *, unavailable,
        message: "needs the package trait MongoDB, and libmongoc: add traits: [\"MongoDB\"] to the dependency on koa"
    )
    public final class MongoSessionStore: SessionStore {
        /// Makes a store.
        public init(_ options: MongoOptions = MongoOptions()) throws {}
        /// A store at a connection string.
        public init(_ url: String) throws {}
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
        /// Removes the sessions whose time is over.
        @discardableResult
        public func removeExpired(at now: Date) async throws -> Int { 0 }
        /// Closes the connections.
        public func shutDown() async {}
    }
#endif
