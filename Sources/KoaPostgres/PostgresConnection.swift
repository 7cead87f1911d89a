#if PostgreSQL
    import CKoaPostgres
    package import KoaDatabases

    /// A connection to a PostgreSQL server, by libpq, which waits for its socket no longer than told.
    package final class PostgresConnection: BlockingConnection {
        private let connection: OpaquePointer
        package private(set) var isBroken = false

        /// Connects; the time for it ends at the deadline too.
        package init(_ options: PostgresOptions, until deadline: Deadline) throws {
            let parameters = options.parameters
            let connection = withCStrings(parameters.map(\.name)) { names in
                withCStrings(parameters.map(\.value)) { values in PQconnectStartParams(names, values, 0) }
            }
            guard let connection else { throw PostgresError.lost("libpq can't begin") }
            self.connection = connection
            do {
                // Notices would otherwise be written to the standard error.
                PQsetNoticeReceiver(connection, { _, _ in }, nil)
                try connect(until: min(deadline, .now + options.connectTimeout))
                PQsetnonblocking(connection, 1)
                // What nobody waits for any more should hold no locks.
                _ = try run("SET statement_timeout = \(options.timeoutMilliseconds)", until: deadline)
            } catch {
                PQfinish(connection)
                throw error
            }
        }

        private var message: String {
            let message = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
            return message.isEmpty
                ? "the connection is lost" : message.split(whereSeparator: \.isNewline).joined(separator: " ")
        }

        private func connect(until deadline: Deadline) throws {
            var state = PGRES_POLLING_WRITING
            while state != PGRES_POLLING_OK {
                guard state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING,
                    PQstatus(connection) != CONNECTION_BAD
                else { throw PostgresError.lost(message) }
                try wait(writing: state == PGRES_POLLING_WRITING, until: deadline)
                state = PQconnectPoll(connection)
            }
        }

        private func wait(writing: Bool, until deadline: Deadline) throws {
            guard SocketCheck.wait(for: PQsocket(connection), writing: writing, until: deadline) else {
                throw PostgresError.lost("the server doesn't answer")
            }
        }

        package func isAlive(after idle: Duration, until deadline: Deadline) -> Bool {
            guard SocketCheck.isQuiet(PQsocket(connection)) else { return false }
            return idle < Self.longIdle || (try? run("SELECT 1", until: Self.pingDeadline(before: deadline))) != nil
        }

        package func close() { PQfinish(connection) }

        /// Executes a statement.
        package func run(_ sql: String, _ values: [PostgresValue] = [], until deadline: Deadline) throws
            -> PostgresResult
        {
            do {
                guard PostgresParameters(values).send(sql, on: connection) else { throw PostgresError.lost(message) }
                return try result(until: deadline)
            } catch let error as PostgresError {
                isBroken = error.breaksConnection || PQstatus(connection) == CONNECTION_BAD
                throw error
            }
        }

        /// The result of what was sent, with all of it read.
        private func result(until deadline: Deadline) throws -> PostgresResult {
            var outcome: Result<PostgresResult, any Error> = .success(PostgresResult())
            while true {
                let unsent = PQflush(connection)
                if unsent < 0 { throw PostgresError.lost(message) }
                if unsent == 0, PQisBusy(connection) == 0 {
                    guard let result = PQgetResult(connection) else { return try outcome.get() }
                    outcome = Result { try PostgresResult(result) }
                    PQclear(result)
                } else {
                    try wait(writing: unsent > 0, until: deadline)
                    guard PQconsumeInput(connection) == 1 else { throw PostgresError.lost(message) }
                }
            }
        }
    }

    extension PostgresResult {
        fileprivate init(_ result: OpaquePointer) throws {
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK:
                let columns = PQnfields(result)
                rows = (0..<PQntuples(result)).map { row in
                    (0..<columns).map { column in
                        guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column) else {
                            return nil
                        }
                        return Array(UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(result, row, column))))
                    }
                }
            case PGRES_COMMAND_OK:
                affected = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
            default:
                func field(_ code: Character) -> String? {
                    PQresultErrorField(result, CInt(code.asciiValue ?? 0)).map { String(cString: $0) }
                }
                // PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY: the whole message may quote values. Without a state it is
                // the library's own: the connection's end.
                throw PostgresError(state: field("C") ?? "08006", message: field("M") ?? "the connection is lost")
            }
        }
    }
#endif
