/// How to reach a MySQL or MariaDB server, and how much of it to take.
///
/// ```swift
/// let options = MySQLOptions(host: "db.internal", user: "site", password: "secret", database: "site", tls: .verified())
/// ```
public struct MySQLOptions: Sendable, Hashable {
    /// Whether a connection is encrypted.
    public enum TLS: Sendable, Hashable {
        /// In the clear: for a server on the same machine, or in a network that is trusted.
        case off
        /// Encrypted, whoever the server is.
        case unverified
        /// Encrypted, with a certificate of the host's name that is signed by an authority: of the PEM file at this path, or
        /// one that the system trusts. Without a path, Connector/C 3.4 and later also takes one that no authority has
        /// signed, of a server at 127.0.0.1 or ::1, or one that knows the password.
        case verified(authorities: String? = nil)
    }

    /// The server's name or address.
    public var host: String
    /// Its port.
    public var port: Int
    /// The path of the server's socket on this machine, which is then used in place of host and port.
    public var socketPath: String?
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
    /// How long opening a connection may take; counted in whole seconds.
    public var connectTimeout: Duration
    /// How long a call may take, the time among it that it waits for a connection and opens it.
    public var timeout: Duration

    /// Makes options.
    ///
    /// - Parameters:
    ///   - host: default 127.0.0.1.
    ///   - port: default 3306.
    ///   - socketPath: default nil: by TCP.
    ///   - user: default `root`.
    ///   - password: default none.
    ///   - database: which holds the tables.
    ///   - tls: default ``TLS/off``.
    ///   - poolSize: default 8.
    ///   - maxWaiting: default 1,024.
    ///   - connectTimeout: default 2 seconds.
    ///   - timeout: default 5 seconds.
    public init(
        host: String = "127.0.0.1", port: Int = 3306, socketPath: String? = nil, user: String = "root",
        password: String = "", database: String, tls: TLS = .off, poolSize: Int = 8, maxWaiting: Int = 1024,
        connectTimeout: Duration = .seconds(2), timeout: Duration = .seconds(5)
    ) {
        self.host = host
        self.port = port
        self.socketPath = socketPath
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

extension MySQLOptions: CustomStringConvertible {
    /// Who logs in where, without the password.
    public var description: String { "\(user)@\(socketPath ?? "\(host):\(port)")/\(database)" }
}
