import KoaSQLite
import KoaSession

#if MongoDB
    import KoaMongo
#endif
#if MySQL
    import KoaMySQL
#endif
#if PostgreSQL
    import KoaPostgres
#endif
#if Redis
    import KoaRedis
#endif
#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The stores by their names; a database's address, or a store's folder, is in the environment.
enum Stores {
    static let names = ["cookie", "memory", "files", "sqlite", "redis", "mysql", "postgres", "mongo"]

    /// - Returns: nil for sessions in the cookie.
    static func make(_ name: String) throws -> (any SessionStore)? {
        switch name {
        case "memory": return MemorySessionStore()
        case "files": return try FileSessionStore(directory: value("KOA_BENCH_FOLDER") + "/sessions")
        case "sqlite": return try SQLiteSessionStore(path: value("KOA_BENCH_FOLDER") + "/sessions.db")
        #if Redis
            case "redis":
                let (host, port) = try address("KOA_TEST_REDIS")
                return RedisSessionStore(RedisClient(RedisOptions(host: host, port: port)))
        #endif
        #if MySQL
            case "mysql":
                let (host, port) = try address("KOA_TEST_MYSQL")
                return MySQLSessionStore(
                    MySQLOptions(host: host, port: port, user: "koa", password: password, database: "koa"))
        #endif
        #if PostgreSQL
            case "postgres":
                let (host, port) = try address("KOA_TEST_POSTGRES")
                return PostgresSessionStore(
                    PostgresOptions(host: host, port: port, user: "koa", password: password, database: "koa"))
        #endif
        #if MongoDB
            case "mongo": return try MongoSessionStore(value("KOA_TEST_MONGO"))
        #endif
        case "cookie": return nil
        default: throw Missing(description: "\(name) isn't built: its trait is off")
        }
    }

    // As scripts/lib/databases sets it.
    private static let password = "secret 'word'"

    private static func value(_ name: String) throws -> String {
        guard let value = getenv(name) else { throw Missing(description: "\(name) isn't set") }
        return String(cString: value)
    }

    private static func address(_ name: String) throws -> (host: String, port: Int) {
        let text = try value(name)
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) else {
            throw Missing(description: "\(name) is no HOST:PORT: \(text)")
        }
        return (String(text[..<colon]), port)
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }
}
