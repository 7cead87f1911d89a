#if MySQL
    import CKoaMySQL
    package import KoaDatabases
    import KoaSession

    /// A connection to a MySQL or MariaDB server, by libmariadb.
    package final class MySQLConnection: BlockingConnection {
        /// The library has to be told to begin before threads use it.
        private static let hasBegun = mysql_server_init(0, nil, nil) == 0

        private let connection: UnsafeMutablePointer<MYSQL>
        private var statements: [String: MySQLStatement] = [:]
        package private(set) var isBroken = false

        /// Connects; the time for it ends at the deadline too.
        package init(_ options: MySQLOptions, until deadline: Deadline) throws {
            guard options.socketPath != nil || (1...65535).contains(options.port) else {
                throw SessionError(.storeUnavailable, "\(options.port) is no port of MySQL: ports are 1…65535.")
            }
            guard Self.hasBegun, let connection = mysql_init(nil) else {
                throw MySQLError(code: Int(CR_OUT_OF_MEMORY), message: "libmariadb can't begin")
            }
            self.connection = connection
            options.apply(to: connection, connecting: min(options.connectTimeout, deadline - .now))
            // Found rows are counted, not changed ones: a session that is touched twice in a millisecond is there as well.
            let connected = mysql_real_connect(
                connection, options.socketPath == nil ? options.host : nil, options.user, options.password,
                options.database, UInt32(clamping: options.port), options.socketPath, UInt(CLIENT_FOUND_ROWS))
            do {
                guard connected != nil else { throw MySQLError(connection) }
                // The library goes on in the clear where the server has no TLS and its certificate isn't to be looked at.
                guard options.tls == .off || options.socketPath != nil || mysql_get_ssl_cipher(connection) != nil else {
                    throw MySQLError(code: MySQLError.tls, message: "the server has no TLS")
                }
                // Strict, so that what doesn't fit is refused instead of shortened.
                try send(
                    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = "
                        + "\(options.timeout.wholeSeconds)")
            } catch {
                mysql_close(connection)
                throw error
            }
        }

        package func isAlive(after idle: Duration, until deadline: Deadline) -> Bool {
            let socket = mysql_get_socket(connection)
            guard SocketCheck.isQuiet(socket) else { return false }
            if idle < Self.longIdle { return true }
            // `mysql_ping` would wait as long as a whole call may take.
            let question = "DO 1"
            return mysql_send_query(connection, question, UInt(question.utf8.count)) == 0
                && SocketCheck.wait(for: socket, until: Self.pingDeadline(before: deadline))
                && mysql_read_query_result(connection) == 0
        }

        package func close() {
            statements = [:]
            mysql_close(connection)
        }

        /// Executes a statement, which is prepared the first time.
        package func run(_ sql: String, _ values: [MySQLValue] = []) throws -> MySQLResult {
            do {
                return try statement(sql).execute(values)
            } catch let error as MySQLError {
                isBroken = error.breaksConnection
                throw error
            }
        }

        private func statement(_ sql: String) throws -> MySQLStatement {
            if let statement = statements[sql] { return statement }
            let statement = try MySQLStatement(sql, on: connection)
            // Those of a program are few; a bound for one that writes values into them.
            if statements.count >= 200 { statements = [:] }
            statements[sql] = statement
            return statement
        }

        /// Executes a statement that can't be prepared.
        private func send(_ sql: String) throws {
            var sql = sql
            guard sql.withUTF8({ mysql_real_query(connection, $0.baseAddress, UInt($0.count)) }) == 0 else {
                throw MySQLError(connection)
            }
        }
    }
#endif
