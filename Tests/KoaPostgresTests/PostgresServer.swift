#if PostgreSQL
    import KoaPostgres

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// The server that `scripts/lib/databases/postgres.sh` has started.
    enum PostgresServer {
        /// Host and port; nil when it wasn't started.
        static let address: (host: String, port: Int)? = {
            guard let text = ProcessInfo.processInfo.environment["KOA_TEST_POSTGRES"] else { return nil }
            let parts = text.split(separator: ":")
            guard parts.count == 2, let port = Int(parts[1]) else { return nil }
            return (String(parts[0]), port)
        }()

        static let socketPath = ProcessInfo.processInfo.environment["KOA_TEST_POSTGRES_SOCKET"] ?? ""
        static let authorities = ProcessInfo.processInfo.environment["KOA_TEST_POSTGRES_CA"] ?? ""

        static var options: PostgresOptions {
            PostgresOptions(
                host: address?.host ?? "", port: address?.port ?? 0, user: "koa", password: "secret 'word'",
                database: "koa")
        }
    }
#endif
