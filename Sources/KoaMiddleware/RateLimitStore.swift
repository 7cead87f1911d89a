public import Koa

/// So many requests within so long a time.
///
/// ```swift
/// let policy = RateLimitPolicy(limit: 100, window: .seconds(60))
/// ```
public struct RateLimitPolicy: Sendable, Hashable {
    /// How many requests a key may make within any window of the length.
    public var limit: Int
    /// The length of the window.
    public var window: Duration
    /// What it is called in the header fields, and in a store that several policies share.
    public var name: String

    /// - Parameter name: Default `default`.
    public init(limit: Int, window: Duration, name: String = "default") {
        self.limit = limit
        self.window = window
        self.name = name
    }
}

/// What a store says of one request.
///
/// ```swift
/// let decision = RateLimitDecision(isAllowed: true, remaining: 9, reset: .seconds(60))
/// ```
public struct RateLimitDecision: Sendable, Hashable {
    /// Whether the request may go on.
    public var isAllowed: Bool
    /// How many more may follow at once.
    public var remaining: Int
    /// How long until there is more than that; of a request that may not go on, until one may.
    public var reset: Duration

    /// Makes a decision.
    public init(isAllowed: Bool, remaining: Int, reset: Duration) {
        self.isAllowed = isAllowed
        self.remaining = remaining
        self.reset = reset
    }
}

/// Where ``rateLimit(max:per:name:store:headers:throws:message:key:allow:block:)`` counts: in memory, or in a database
/// that several servers share.
///
/// ```swift
/// struct Lenient: RateLimitStore {
///     func take(_ key: String, _ policy: RateLimitPolicy, clock: any WallClock) async throws -> RateLimitDecision {
///         RateLimitDecision(isAllowed: true, remaining: policy.limit, reset: policy.window)
///     }
/// }
/// ```
public protocol RateLimitStore: Sendable {
    /// Counts a request of a key, if it may go on, and says whether it may; both in one step, so that two requests at a
    /// time don't both get the last place.
    ///
    /// - Throws: when it can't be reached; the request is then a 500, since a limit that fails open is none.
    func take(_ key: String, _ policy: RateLimitPolicy, clock: any WallClock) async throws -> RateLimitDecision
}
