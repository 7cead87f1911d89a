import NIOCore

/// Where Redis is and how long to wait for it; of ``RedisClient``.
///
/// ```swift
/// var options = RedisOptions(host: "10.0.0.5", password: "s3cret")
/// options.timeout = .seconds(1)
/// let redis = RedisClient(options)
/// ```
public struct RedisOptions: Sendable {
    /// The host: a name, or an address of IPv4 or IPv6. Default `127.0.0.1`.
    public var host: String
    /// The port. Default 6379.
    public var port: Int
    /// The path of a Unix socket, in place of host and port. Default nil.
    public var socketPath: String?
    /// The user of Redis 6's access lists. Default nil: the default user.
    public var user: String?
    /// The password. Default nil: none is sent.
    public var password: String?
    /// The number of the database. Default 0.
    public var database: Int

    /// How long a connection may take until Redis has answered on it. Default 2 s.
    public var connectTimeout: Duration = .seconds(2)
    /// How long a command may take, waiting for a connection included. Default 5 s.
    ///
    /// When an answer is late the connection is closed, since it may lead nowhere.
    public var timeout: Duration = .seconds(5)
    /// How many calls may wait for their answers at a time; one more is refused at once. Default 10,000.
    public var maxPending = 10_000
    /// How many bytes the commands of those calls may have. Default 64 MiB.
    public var maxPendingBytes = 64 << 20
    /// How many bytes an answer may have; a longer one closes the connection. Default 16 MiB.
    public var maxReplyBytes = 16 << 20

    /// Makes the options; each defaults as its property says.
    public init(
        host: String = "127.0.0.1", port: Int = 6379, user: String? = nil, password: String? = nil,
        database: Int = 0
    ) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
        self.database = database
    }

    /// Options for a Unix socket; the others default as their properties say.
    public init(socketPath: String, user: String? = nil, password: String? = nil, database: Int = 0) {
        self.init(user: user, password: password, database: database)
        self.socketPath = socketPath
    }
}

extension RedisOptions {
    /// The times as SwiftNIO takes them: neither negative nor so long that a moment can't be told.
    var times: (connect: TimeAmount, call: TimeAmount) {
        let range = (shortest: Duration.milliseconds(1), longest: Duration.seconds(86_400))
        return (
            TimeAmount(min(max(connectTimeout, range.shortest), range.longest)),
            TimeAmount(min(max(timeout, range.shortest), range.longest))
        )
    }
}

extension RedisOptions: CustomStringConvertible, CustomReflectable {
    /// Where Redis is, for messages.
    var place: String {
        socketPath ?? (host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)")
    }

    /// Where Redis is; never the password.
    public var description: String { "RedisOptions(\(place), database: \(database))" }

    /// Without the password.
    public var customMirror: Mirror { Mirror(self, children: ["place": place, "database": database]) }
}
