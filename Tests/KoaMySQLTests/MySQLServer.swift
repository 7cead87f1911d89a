#if MySQL
    import KoaMySQL

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// The server that `scripts/lib/databases/mysql.sh` has started.
    enum MySQLServer {
        /// Host and port; nil when it wasn't started.
        static let address: (host: String, port: Int)? = {
            guard let text = ProcessInfo.processInfo.environment["KOA_TEST_MYSQL"] else { return nil }
            let parts = text.split(separator: ":")
            guard parts.count == 2, let port = Int(parts[1]) else { return nil }
            return (String(parts[0]), port)
        }()

        static let socketPath = ProcessInfo.processInfo.environment["KOA_TEST_MYSQL_SOCKET"] ?? ""
        static let authorities = ProcessInfo.processInfo.environment["KOA_TEST_MYSQL_CA"] ?? ""

        static var options: MySQLOptions {
            MySQLOptions(
                host: address?.host ?? "", port: address?.port ?? 0, user: "koa", password: "secret 'word'",
                database: "koa")
        }
    }
#endif
