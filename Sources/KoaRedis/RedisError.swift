public import Koa

/// What Redis, or the way to it, has refused; the message teaches the fix. A request that throws it is a 503.
///
/// ```swift
/// let redis = RedisClient()
/// do {
///     try await redis.ping()
/// } catch let error as RedisError where error.code == .unreachable {
///     ctx.logger.error("\(error)")
/// }
/// ```
public struct RedisError: Error, Sendable, CustomStringConvertible {
    /// The kind of a ``RedisError``; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        /// There is no connection: nobody listens, the password is wrong, Redis is still loading its data.
        public static let unreachable = Code(description: "unreachable")
        /// The connection was lost before the answer: whether the command ran isn't known.
        public static let connectionLost = Code(description: "connectionLost")
        /// The answer didn't come in time: whether the command ran isn't known.
        public static let timeout = Code(description: "timeout")
        /// Too many commands wait for their answers; this one wasn't sent.
        public static let overloaded = Code(description: "overloaded")
        /// Redis has answered with an error.
        public static let refused = Code(description: "refused")
        /// What answered doesn't speak as Redis does.
        public static let malformed = Code(description: "malformed")
        /// A URL that isn't one of Redis.
        public static let invalidURL = Code(description: "invalidURL")
        /// The client was shut down.
        public static let shutDown = Code(description: "shutDown")
    }

    /// The kind of failure.
    public let code: Code
    /// What happened and how to mend it.
    public let message: String
    /// The error underneath, if there is one.
    public let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message, and the cause when there is one.
    public var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}

extension RedisError: ErrorStatus {
    /// 503: the client may come back.
    public var status: Status { .serviceUnavailable }
    /// The message is for the server's log alone.
    public var expose: Bool { false }
}

extension RedisError {
    static let shutDown = RedisError(
        .shutDown, "The Redis client was shut down: shut it down after the server has stopped.")

    static let lost = RedisError(.connectionLost, "The connection to Redis was lost before it answered.")

    /// The error of an answer that begins with `-`.
    static func refused(_ text: String) -> RedisError {
        RedisError(.refused, "Redis refused: \(text)\(advice(text))")
    }

    /// Whether an error of Redis' says that it is a replica, which takes no changes; what a script does up to Redis 6 is told
    /// as `ERR Error running script (…): … -READONLY …`.
    static func isOfReplica(_ text: String) -> Bool {
        text.hasPrefix("READONLY ") || text.contains("-READONLY ")
    }

    /// What to do about an error of Redis', by its first word.
    private static func advice(_ text: String) -> String {
        if isOfReplica(text) { return ". This is a replica: name the Redis that it follows." }
        return switch text.prefix(while: { $0 != " " }) {
        case "NOAUTH", "WRONGPASS": ". Set the password, and the user if there is one, in RedisOptions."
        case "NOPERM": ". Permit it to the user: see the commands in docs/stores/redis.md."
        case "MOVED", "ASK", "CROSSSLOT": ". Redis Cluster isn't supported: name a single Redis."
        case "OOM": ". Raise its maxmemory, or let it evict: maxmemory-policy volatile-ttl."
        default: ""
        }
    }
}
