#if MySQL
    package import KoaDatabases

    /// A MySQL or MariaDB database: connections that are opened on first use, and again when they break.
    package final class MySQLDatabase: Sendable {
        /// Its connections.
        package let pool: ConnectionPool<MySQLConnection>

        package init(_ options: MySQLOptions) {
            let limits = PoolLimits(size: options.poolSize, waiting: options.maxWaiting, timeout: options.timeout)
            pool = ConnectionPool("MySQL at \(options)", limits: limits) { deadline in
                try MySQLConnection(options, until: deadline)
            }
        }

        /// Makes a call with a connection on a thread that may block.
        ///
        /// What the server ends because of a deadlock has changed nothing, and is begun anew.
        ///
        /// - Parameters:
        ///   - retrying: whether it does no harm when made twice: see ``ConnectionPool/run(retrying:_:)``.
        ///   - body: executes statements, of which only the last one may change something.
        package func run<Value: Sendable>(
            retrying: Bool, _ body: @escaping @Sendable (MySQLConnection) throws -> Value
        ) async throws -> Value {
            try await pool.run(retrying: retrying) { connection, deadline in
                while true {
                    do {
                        return try body(connection)
                    } catch let error as MySQLError where error.code == MySQLError.deadlock && .now < deadline {
                        continue
                    }
                }
            }
        }

        /// Closes its connections.
        package func shutDown() async { await pool.shutDown() }
    }
#endif
