#if MongoDB
    public import Koa
    import KoaDatabases
    public import KoaSession

    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    /// Keeps sessions in MongoDB, in the documents of koa-session-mongo2, which it reads and which reads its own.
    ///
    /// ```swift
    /// app.use(session(store: try MongoSessionStore("mongodb://127.0.0.1:27017")))
    /// ```
    ///
    /// It connects with the first request, makes the indexes that the collection lacks, and comes back by itself when the
    /// database does. MongoDB removes the sessions whose time is over. The driver, libmongoc, blocks: it runs on threads of its
    /// own.
    public final class MongoSessionStore: SessionStore {
        private let pool: ConnectionPool<MongoConnection>
        private let sessions: MongoSessions

        /// - Throws: `SessionError` `.storeUnavailable` for options that can never work. Nothing is sent yet.
        public init(_ options: MongoOptions = MongoOptions()) throws {
            try options.validate()
            sessions = MongoSessions(options)
            pool = ConnectionPool(
                "The sessions' MongoDB",
                limits: PoolLimits(size: options.poolSize, waiting: options.maxWaiting, timeout: options.timeout)
            ) { _ in
                try MongoConnection(options)
            }
        }

        /// A store at a connection string; the other options default as ``MongoOptions`` says.
        ///
        /// - Throws: as ``init(_:)-(MongoOptions)`` does.
        public convenience init(_ url: String) throws {
            try self.init(MongoOptions(url))
        }

        /// The session of an id; a document that holds none counts as none.
        public func load(_ id: String, at now: Date) async throws -> SessionRecord? {
            let now = StoredSession.milliseconds(now)
            return try await run { try $0.load(id, at: now, $1) }
        }

        /// Saves a session.
        public func save(
            _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
        ) async throws -> SessionSaving {
            let (end, now) = (StoredSession.milliseconds(expiry), StoredSession.milliseconds(now))
            // JavaScript's numbers hold it.
            let version = Int64.random(in: 1..<1 << 53)
            let isSaved = try await run {
                try $0.save(id, content, version: version, until: end, if: condition, at: now, $1)
            }
            return isSaved ? .saved(.number(version)) : .refused
        }

        /// Puts off the end of a session, also that which the content has as `_expire`.
        public func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date) async throws -> Bool {
            let (end, now) = (StoredSession.milliseconds(expiry), StoredSession.milliseconds(now))
            let expire = content["_expire"]
            return try await run { try $0.touch(id, expire: expire, until: end, at: now, $1) }
        }

        /// Removes a session.
        public func destroy(_ id: String) async throws {
            try await run { try $0.destroy(id, $1) }
        }

        /// Removes the sessions whose time is over, as MongoDB itself does about once a minute.
        @discardableResult
        public func removeExpired(at now: Date) async throws -> Int {
            let now = StoredSession.milliseconds(now)
            return try await run { try $0.removeExpired(at: now, $1) }
        }

        /// Closes the connections; calls after it fail.
        public func shutDown() async {
            await pool.shutDown()
        }

        /// Runs a call on a thread of the pool; each may be made twice.
        private func run<Value: Sendable>(
            _ body: @escaping @Sendable (MongoSessions, MongoConnection) throws -> Value
        ) async throws -> Value {
            do {
                return try await pool.run(retrying: true) { [sessions] connection, _ in try body(sessions, connection) }
            } catch let failure as MongoFailure {
                throw sessions.options.error(failure)
            }
        }
    }

    extension MongoOptions {
        /// Refuses what can never work.
        fileprivate func validate() throws {
            for name in [database, collection] where name.isEmpty || name.utf8.contains(0) {
                throw SessionError(.storeUnavailable, "MongoDB has no database or collection named `\(name)`: name it.")
            }
            do {
                _ = try MongoAddress(self)
            } catch let failure as MongoFailure {
                throw SessionError(
                    .storeUnavailable,
                    "The connection string for MongoDB can't be read: write mongodb://host:port, and escape the signs of a "
                        + "password, or set `user` and `password` in the options.", cause: failure)
            }
        }

        /// A failure as the error of a session.
        fileprivate func error(_ failure: MongoFailure) -> SessionError {
            let message =
                failure.isAnswer
                ? "MongoDB at \(hosts) has refused to work on the sessions."
                : "MongoDB at \(hosts) can't be reached: check that it is up, and the connection string."
            return SessionError(.storeUnavailable, message, cause: failure)
        }
    }
#endif
