import KoaMySQL
import KoaRedis
import KoaSession

/// The store of a name: `memory`, which each process has for itself, or `redis` or `mysql`, which all share.
///
/// Where it is, the environment tells: `REDIS_HOST`, `REDIS_PORT`, `REDIS_PASSWORD`; `MYSQL_HOST`, `MYSQL_PORT`, `MYSQL_USER`,
/// `MYSQL_PASSWORD`, `MYSQL_DATABASE`.
func makeStore(_ name: String, _ environment: [String: String]) throws -> any SessionStore {
    switch name {
    case "memory": return MemorySessionStore()
    #if Redis
        case "redis":
            return RedisSessionStore(
                RedisClient(
                    RedisOptions(
                        host: environment["REDIS_HOST"] ?? "127.0.0.1",
                        port: environment["REDIS_PORT"].flatMap { Int($0) } ?? 6379,
                        password: environment["REDIS_PASSWORD"])))
    #endif
    #if MySQL
        case "mysql":
            return MySQLSessionStore(
                MySQLOptions(
                    host: environment["MYSQL_HOST"] ?? "127.0.0.1",
                    port: environment["MYSQL_PORT"].flatMap { Int($0) } ?? 3306,
                    user: environment["MYSQL_USER"] ?? "root",
                    password: environment["MYSQL_PASSWORD"] ?? "",
                    database: environment["MYSQL_DATABASE"] ?? "sessions"))
    #endif
    default: throw UnknownStore(name: name)
    }
}

/// A store that isn't in this build.
struct UnknownStore: Error, CustomStringConvertible {
    let name: String

    var description: String {
        "There is no store `\(name)`: take memory, or redis or mysql of a build with that trait (swift run --traits Redis,MySQL)."
    }
}
