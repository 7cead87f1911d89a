#if MySQL
    public import Koa
    import KoaDatabases
    public import KoaSession

    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    /// Keeps sessions in a table of a MySQL or MariaDB database, which is laid out as koa-mysql-session's.
    ///
    /// ```swift
    /// let store = MySQLSessionStore(MySQLOptions(user: "site", password: "secret", database: "site"))
    /// app.use(session(store: store))
    /// ```
    ///
    /// The table is created when it is missing. Connections are opened on first use and again when they break; whatever has
    /// become of the server, a call answers or throws within its timeout. Needs the package trait `MySQL`, and libmariadb.
    public final class MySQLSessionStore: SessionStore {
        let database: MySQLDatabase
        private let table: String
        private let statements: SessionStatements
        private let cleanup: CleanupSchedule
        /// How long one call removes what is over: a fifth of the time that it may take, and of 5 seconds at most.
        private let portionTime: Duration

        /// Makes a store; nothing is opened yet.
        ///
        /// - Parameters:
        ///   - options: how to reach the server.
        ///   - table: default koa-mysql-session's, `_mysql_session_store`.
        ///   - cleanup: at which intervals sessions whose time is over are removed, as long as sessions are saved. Default
        ///     15 minutes; nil for never.
        public init(
            _ options: MySQLOptions, table: String = "_mysql_session_store", cleanup: Duration? = .seconds(900)
        ) {
            self.database = MySQLDatabase(options)
            self.table = table
            self.statements = SessionStatements(table: table)
            self.cleanup = CleanupSchedule(every: cleanup)
            self.portionTime = min(options.timeout, .seconds(5)) / 5
        }

        /// The session of an id; none where the table has something else than the JSON text of an object.
        public func load(_ id: String, at now: Date) async throws -> SessionRecord? {
            let rows = try await run(retrying: true) { [statements] connection in
                try connection.run(statements.load, [.text(id), .text(id), now.value]).rows
            }
            guard let row = rows.first, let data = row[0], let text = String(validating: data, as: UTF8.self),
                let content = try? JSONObject(jsonText: text)
            else { return nil }
            let expires = row[1].flatMap { Int64(String(decoding: $0, as: UTF8.self)) }
            return SessionRecord(
                content: content, expires: expires.map(Date.init(milliseconds:)), revision: .text(text))
        }

        /// Saves a session; its revision is the text as it is stored.
        public func save(
            _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
        ) async throws -> SessionSaving {
            if cleanup.isDue(at: now) { Task.detached { try? await self.removeExpired(at: now) } }
            let text = content.jsonText
            do {
                return try await save(id, text, until: expiry, if: condition, at: now)
            } catch let error as SessionError where (error.cause as? MySQLError)?.code == MySQLError.incorrectString {
                // A table of another character set than utf8mb4.
                return try await save(id, text.jsonInASCII, until: expiry, if: condition, at: now)
            }
        }

        private func save(
            _ id: String, _ text: String, until expiry: Date, if condition: SessionCondition, at now: Date
        ) async throws -> SessionSaving {
            let (key, end, data) = (MySQLValue.text(id), expiry.value, MySQLValue.text(text))
            let isSaved: Bool
            switch condition {
            case .always:
                isSaved = try await run(retrying: true) { [statements] connection in
                    _ = try connection.run(statements.replace, [key, end, data])
                    return true
                }
            case .absent:
                isSaved = try await run(retrying: false) { [statements] connection in
                    if try connection.inserts(statements.insert, [key, end, data]) { return true }
                    // What is over may be in the way. It may be gone by now: whether there is room, the key alone knows.
                    _ = try connection.run(statements.removeOver, [key, now.value])
                    return try connection.inserts(statements.insert, [key, end, data])
                }
            case .unchanged(.text(let old)):
                isSaved = try await run(retrying: false) { [statements] connection in
                    try connection.run(statements.update, [end, data, key, key, now.value, .text(old)]).affected > 0
                }
            case .unchanged(.number):
                isSaved = false
            }
            return isSaved ? .saved(.text(text)) : .refused
        }

        /// Puts off the end of a session that is there.
        public func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date) async throws -> Bool {
            try await run(retrying: true) { [statements] connection in
                let values = [expiry.value, .text(id), .text(id), now.value]
                return try connection.run(statements.touch, values).affected > 0
            }
        }

        /// Removes a session.
        public func destroy(_ id: String) async throws {
            _ = try await run(retrying: true) { [statements] connection in
                try connection.run(statements.destroy, [.text(id), .text(id)])
            }
        }

        /// Removes the sessions whose time is over, as the store does by itself from time to time.
        @discardableResult
        public func removeExpired(at now: Date) async throws -> Int {
            var count = 0
            while true {
                let (isAll, removed) = try await run(retrying: true) { [statements, portionTime] connection in
                    let ids = try connection.run(statements.findExpired, [now.value]).rows.compactMap { $0[0] }
                    let end = ContinuousClock.now + portionTime
                    var removed = 0
                    for id in ids {
                        let values: [MySQLValue] = [.text(String(decoding: id, as: UTF8.self)), now.value]
                        removed += try connection.run(statements.removeExpired, values).affected
                        // Each is committed by itself, which may be slow: the rest is the next call's.
                        if .now >= end { return (false, removed) }
                    }
                    return (ids.count < 500, removed)
                }
                count += removed
                // What can't be removed is found again and again.
                if isAll || removed == 0 { return count }
            }
        }

        /// Closes the connections; calls fail from then on.
        public func shutDown() async { await database.shutDown() }

        private func run<Value: Sendable>(
            retrying: Bool, _ body: @escaping @Sendable (MySQLConnection) throws -> Value
        ) async throws -> Value {
            do {
                return try await database.run(retrying: retrying) { [statements] connection in
                    do {
                        return try body(connection)
                    } catch let error as MySQLError where error.code == MySQLError.noSuchTable {
                        _ = try connection.run(statements.create)
                        return try body(connection)
                    }
                }
            } catch let error as MySQLError {
                throw SessionError(.storeUnavailable, fix(error), cause: error)
            }
        }

        private func fix(_ error: MySQLError) -> String {
            switch error.code {
            // The server names the column.
            case MySQLError.dataTooLong where error.message.contains("'id'"):
                "The session's id is too long for the table `\(table)`: ALTER TABLE … MODIFY id, or shorten ids and their prefix."
            case MySQLError.dataTooLong:
                "The session is too large for the table `\(table)`: ALTER TABLE … MODIFY data MEDIUMTEXT, or keep less in it."
            case MySQLError.tls:
                "\(database.pool.name) can't be reached by TLS: check its certificate, or that it has one, and the option tls."
            case _ where MySQLError.tooManyConnections.contains(error.code):
                "\(database.pool.name) takes no more connections: raise its max_connections (or the user's), or lower poolSize."
            case _ where error.breaksConnection:
                "\(database.pool.name) can't be reached: check that it is up, and the store's options."
            default:
                "\(database.pool.name) refused what the sessions in the table `\(table)` need: check the user's rights to it."
            }
        }
    }

    extension MySQLConnection {
        /// Whether a row was inserted, and none was there.
        fileprivate func inserts(_ sql: String, _ values: [MySQLValue]) throws -> Bool {
            do {
                _ = try run(sql, values)
                return true
            } catch let error as MySQLError where error.code == MySQLError.duplicateKey {
                return false
            }
        }
    }

    extension Date {
        fileprivate var value: MySQLValue { .integer(milliseconds) }
    }
#endif
