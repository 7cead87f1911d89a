/// How to reach a PostgreSQL server, and how much of it to take.
///
/// ```swift
/// let options = PostgresOptions(host: "db.internal", user: "site", password: "secret", database: "site", tls: .verified())
/// ```
public struct PostgresOptions: Sendable, Hashable {
    /// Whether a connection is encrypted.
    public enum TLS: Sendable, Hashable {
        /// In the clear: for a server on the same machine, or in a network that is trusted.
        case off
        /// Encrypted, whoever the server is.
        case unverified
        /// Encrypted, with a certificate of the host's name that is signed by an authority: of the PEM file at this path;
        /// without a path one that the system trusts (libpq 16 and newer) or that is in `~/.postgresql/root.crt` (older).
        case verified(authorities: String? = nil)
    }

    /// The server's name or address, or the directory of its socket on this machine: what begins with `/`.
    public var host: String
    /// Its port.
    public var port: Int
    /// Who logs in.
    public var user: String
    /// The password.
    public var password: String
    /// The database, which has to be there.
    public var database: String
    /// Whether connections are encrypted.
    public var tls: TLS
    /// How many connections there are at most.
    public var poolSize: Int
    /// How many calls wait for a connection at most; the next one fails at once.
    public var maxWaiting: Int
    /// How long opening a connection may take.
    public var connectTimeout: Duration
    /// How long a call may take, the time among it that it waits for a connection and opens it; the server gives up a
    /// statement after it too.
    public var timeout: Duration

    /// Makes options.
    ///
    /// - Parameters:
    ///   - host: default 127.0.0.1.
    ///   - port: default 5432.
    ///   - user: default `postgres`.
    ///   - password: default none.
    ///   - database: which holds the tables.
    ///   - tls: default ``TLS/off``.
    ///   - poolSize: default 8.
    ///   - maxWaiting: default 1,024.
    ///   - connectTimeout: default 2 seconds.
    ///   - timeout: default 5 seconds.
    public init(
        host: String = "127.0.0.1", port: Int = 5432, user: String = "postgres", password: String = "",
        database: String, tls: TLS = .off, poolSize: Int = 8, maxWaiting: Int = 1024,
        connectTimeout: Duration = .seconds(2), timeout: Duration = .seconds(5)
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.database = database
        self.tls = tls
        self.poolSize = poolSize
        self.maxWaiting = maxWaiting
        self.connectTimeout = connectTimeout
        self.timeout = timeout
    }
}

extension PostgresOptions: CustomStringConvertible {
    /// Who logs in where, without the password.
    public var description: String { "\(user)@\(host):\(port)/\(database)" }
}
