#if PostgreSQL
    import DatabaseTesting
    import Foundation
    import KoaPostgres

    /// The server that `scripts/lib/databases/postgres.sh` has started.
    enum PostgresServer {
        private static let environment = ProcessInfo.processInfo.environment

        static let isThere = environment["KOA_TEST_POSTGRES"] != nil
        /// The directory of its socket.
        static let socketDirectory = environment["KOA_TEST_POSTGRES_SOCKET"] ?? ""
        /// The PEM file of who has signed its certificate.
        static let authorities = environment["KOA_TEST_POSTGRES_CA"] ?? ""

        private static let address = (environment["KOA_TEST_POSTGRES"] ?? "").split(separator: ":").map(String.init)

        static var options: PostgresOptions {
            PostgresOptions(
                host: address.first ?? "", port: address.last.flatMap { Int($0) } ?? 0, user: "koa",
                password: "secret 'word'", database: "koa")
        }

        /// The database's own client; its lines have columns with bars between them.
        static let client = DatabaseClient([
            "env", "PGPASSWORD=\(options.password)", "psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-h", options.host, "-p",
            "\(options.port)", "-U", options.user, options.database,
        ])

        /// A table that no other test uses, gone from a former run.
        static func table(_ name: String, _ create: String? = nil) async throws -> String {
            let table = "test_\(name)"
            _ = try await client.run("DROP TABLE IF EXISTS \(table);")
            if let create { _ = try await client.run("CREATE TABLE \(table) \(create);") }
            return table
        }

        /// As the store lays out its table.
        static let layout = "(id text PRIMARY KEY, expires bigint, data text, version bigint)"
    }
#endif
