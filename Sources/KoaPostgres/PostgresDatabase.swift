#if PostgreSQL
    package import KoaDatabases

    /// A PostgreSQL database: connections that are opened on first use, and again when they break.
    package final class PostgresDatabase: Sendable {
        /// Its connections.
        package let pool: ConnectionPool<PostgresConnection>

        package init(_ options: PostgresOptions) {
            let limits = PoolLimits(size: options.poolSize, waiting: options.maxWaiting, timeout: options.timeout)
            pool = ConnectionPool("PostgreSQL at \(options)", limits: limits) { deadline in
                try PostgresConnection(options, until: deadline)
            }
        }

        /// Makes a call with a connection on a thread that may block.
        ///
        /// What the server ends because of a deadlock has changed nothing, and is begun anew.
        ///
        /// - Parameters:
        ///   - retrying: whether it does no harm when made twice: see ``ConnectionPool/run(retrying:_:)``.
        ///   - body: executes statements, of which only the last one may change something, until the deadline.
        package func run<Value: Sendable>(
            retrying: Bool, _ body: @escaping @Sendable (PostgresConnection, Deadline) throws -> Value
        ) async throws -> Value {
            try await pool.run(retrying: retrying) { connection, deadline in
                while true {
                    do {
                        return try body(connection, deadline)
                    } catch let error as PostgresError where error.isTransient && .now < deadline {
                        continue
                    }
                }
            }
        }

        /// Closes its connections.
        package func shutDown() async { await pool.shutDown() }
    }
#endif
