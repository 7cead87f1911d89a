#if PostgreSQL
    public import Koa
    import KoaDatabases
    public import KoaSession

    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    /// Keeps sessions in a table of a PostgreSQL database.
    ///
    /// ```swift
    /// let store = PostgresSessionStore(PostgresOptions(user: "site", password: "secret", database: "site"))
    /// app.use(session(store: store))
    /// ```
    ///
    /// The table is created when it is missing. Connections are opened on first use and again when they break; whatever has
    /// become of the server, a call answers or throws within its timeout. Needs the package trait `PostgreSQL`, and libpq.
    public final class PostgresSessionStore: SessionStore {
        let database: PostgresDatabase
        private let table: String
        private let statements: SessionStatements
        private let cleanup: CleanupSchedule

        /// Makes a store; nothing is opened yet.
        ///
        /// - Parameters:
        ///   - options: how to reach the server.
        ///   - table: its name, with the schema's before a dot if need be. Default `koa_sessions`.
        ///   - cleanup: at which intervals sessions whose time is over are removed, as long as sessions are saved. Default
        ///     15 minutes; nil for never.
        public init(_ options: PostgresOptions, table: String = "koa_sessions", cleanup: Duration? = .seconds(900)) {
            self.database = PostgresDatabase(options)
            self.table = table
            self.statements = SessionStatements(table: table)
            self.cleanup = CleanupSchedule(every: cleanup)
        }

        /// The session of an id; none where the table has something else than the JSON text of an object.
        public func load(_ id: String, at now: Date) async throws -> SessionRecord? {
            let rows = try await run(statements.load, [.text(id), now.value], retrying: true).rows
            guard let row = rows.first, let data = row[0], let text = String(validating: data, as: UTF8.self),
                let content = try? JSONObject(jsonText: text)
            else { return nil }
            let (expires, version) = (row[1].flatMap(Int64.init(digits:)), row[2].flatMap(Int64.init(digits:)))
            return SessionRecord(
                content: content, expires: expires.map(Date.init(milliseconds:)),
                revision: version.map(SessionRevision.number))
        }

        /// Saves a session; its revision is a number that each saving draws.
        public func save(
            _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
        ) async throws -> SessionSaving {
            if cleanup.isDue(at: now) { Task.detached { try? await self.removeExpired(at: now) } }
            let text = content.jsonText
            do {
                return try await save(id, text, until: expiry, if: condition, at: now)
            } catch let error as SessionError
                where (error.cause as? PostgresError)?.state == PostgresError.untranslatable
            {
                // A database of another encoding than UTF-8.
                return try await save(id, text.jsonInASCII, until: expiry, if: condition, at: now)
            }
        }

        private func save(
            _ id: String, _ text: String, until expiry: Date, if condition: SessionCondition, at now: Date
        ) async throws -> SessionSaving {
            // Drawn, not counted: a session that was destroyed and is made anew isn't taken for its forerunner.
            let version = Int64.random(in: 1...Int64.max)
            let values: [PostgresValue] = [.text(id), expiry.value, .text(text), .integer(version)]
            let result: PostgresResult
            switch condition {
            case .always:
                result = try await run(statements.replace, values, retrying: true)
            case .absent:
                result = try await run(statements.insert, values + [now.value], retrying: false)
            case .unchanged(.number(let old)):
                result = try await run(statements.update, values + [now.value, .integer(old)], retrying: false)
            case .unchanged(.text):
                return .refused
            }
            return result.affected > 0 ? .saved(.number(version)) : .refused
        }

        /// Puts off the end of a session that is there.
        public func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date) async throws -> Bool {
            try await run(statements.touch, [.text(id), expiry.value, now.value], retrying: true).affected > 0
        }

        /// Removes a session.
        public func destroy(_ id: String) async throws {
            _ = try await run(statements.destroy, [.text(id)], retrying: true)
        }

        /// Removes the sessions whose time is over, as the store does by itself from time to time.
        @discardableResult
        public func removeExpired(at now: Date) async throws -> Int {
            var count = 0
            while true {
                let removed = try await run(statements.removeExpired, [now.value], retrying: true).affected
                count += removed
                if removed == 0 { return count }
            }
        }

        /// Closes the connections; calls fail from then on.
        public func shutDown() async { await database.shutDown() }

        private func run(_ sql: String, _ values: [PostgresValue], retrying: Bool) async throws -> PostgresResult {
            do {
                return try await database.run(retrying: retrying) { [statements] connection, deadline in
                    do {
                        return try connection.run(sql, values, until: deadline)
                    } catch let error as PostgresError where error.state == PostgresError.undefinedTable {
                        try connection.create(statements, until: deadline)
                        return try connection.run(sql, values, until: deadline)
                    }
                }
            } catch let error as PostgresError {
                throw SessionError(
                    .storeUnavailable,
                    error.breaksConnection
                        ? "\(database.pool.name) can't be reached: check that it is up, and the store's options."
                        : "\(database.pool.name) refused what the sessions in the table `\(table)` need: check the user's "
                            + "rights to it.",
                    cause: error)
            }
        }
    }

    extension PostgresConnection {
        /// Creates the table, unless another is just doing so.
        fileprivate func create(_ statements: SessionStatements, until deadline: Deadline) throws {
            for statement in statements.create {
                do {
                    _ = try run(statement, until: deadline)
                } catch let error as PostgresError where PostgresError.existing.contains(error.state) {
                    continue
                }
            }
        }
    }

    extension Date {
        fileprivate var value: PostgresValue { .integer(milliseconds) }
    }

    extension Int64 {
        fileprivate init?(digits: [UInt8]) { self.init(String(decoding: digits, as: UTF8.self)) }
    }
#endif
