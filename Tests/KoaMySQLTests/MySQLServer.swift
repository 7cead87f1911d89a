#if MySQL
    import DatabaseTesting
    import Foundation
    import KoaMySQL

    /// The server that `scripts/lib/databases/mysql.sh` has started.
    enum MySQLServer {
        private static let environment = ProcessInfo.processInfo.environment

        static let isThere = environment["KOA_TEST_MYSQL"] != nil
        static let socketPath = environment["KOA_TEST_MYSQL_SOCKET"] ?? ""
        /// The PEM file of who has signed its certificate.
        static let authorities = environment["KOA_TEST_MYSQL_CA"] ?? ""

        private static let address = (environment["KOA_TEST_MYSQL"] ?? "").split(separator: ":").map(String.init)

        static var options: MySQLOptions {
            MySQLOptions(
                host: address.first ?? "", port: address.last.flatMap { Int($0) } ?? 0, user: "koa",
                password: "secret 'word'", database: "koa")
        }

        /// The server's greeting, as it is of one that has no TLS.
        static let withoutTLS: @Sendable ([UInt8]) -> [UInt8] = { greeting in
            // After the packet's length and the protocol's number comes the server's version with a NUL behind it, and 13
            // bytes before those that tell what it is capable of; TLS is 0x0800.
            guard let end = greeting.dropFirst(5).firstIndex(of: 0), greeting.count > end + 15 else { return greeting }
            var greeting = greeting
            greeting[end + 15] &= ~0x08
            return greeting
        }

        /// An error in place of the server's greeting.
        static func refusal(_ code: Int, _ message: String) -> @Sendable ([UInt8]) -> [UInt8] {
            { _ in
                let error = [0xFF, UInt8(code & 0xFF), UInt8(code >> 8)] + Array(message.utf8)
                return [UInt8(error.count), 0, 0, 0] + error
            }
        }

        /// The database's own client; its lines have columns with tabs between them.
        static let client = DatabaseClient([
            "mariadb", "--no-defaults", "--socket=\(socketPath)", "--user=koa", "--password=secret 'word'",
            "--default-character-set=utf8mb4", "--batch", "--raw", "--skip-column-names", "koa",
        ])

        /// A table that no other test uses, gone from a former run.
        static func table(_ name: String, _ create: String? = nil) async throws -> String {
            let table = "test_\(name)"
            _ = try await client.run("DROP TABLE IF EXISTS `\(table)`;")
            if let create { _ = try await client.run("CREATE TABLE `\(table)` \(create);") }
            return table
        }

        /// As koa-mysql-session lays out its table.
        static let originalLayout = """
            (`id` VARCHAR(255) NOT NULL, `expires` BIGINT NULL, `data` TEXT NULL, PRIMARY KEY (`id`), \
            KEY `_mysql_session_store__expires` (`expires`)) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci
            """
    }
#endif
