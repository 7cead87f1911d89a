#if !Redis
    public import Koa
    public import KoaMiddleware
    public import KoaSession

    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    // They are what they are with the trait, so that the compiler has nothing to say but the message.

    /// A connection to Redis. Needs the package trait `Redis`.
    @available(
        *, unavailable,
        message: "needs the package trait Redis, and libhiredis: add traits: [\"Redis\"] to the dependency on koa"
    )
    public final class RedisClient: Sendable {
        /// Makes a client.
        public init(_ options: RedisOptions = RedisOptions()) {}
        /// Asks Redis whether it is there.
        public func ping() async throws {}
        /// Closes the connection.
        public func shutDown() async {}
    }

    /// Keeps sessions in Redis. Needs the package trait `Redis`.
    @available(
        *, unavailable,
        message: "needs the package trait Redis, and libhiredis: add traits: [\"Redis\"] to the dependency on koa"
    )
    public final class RedisSessionStore: SessionStore {
        /// Makes a store.
        public init(_ client: RedisClient, prefix: String = "") {}
        /// The session of an id.
        public func load(_ id: String, at now: Date) async throws -> SessionRecord? { nil }
        /// Saves a session.
        public func save(
            _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
        ) async throws -> SessionSaving { .refused }
        /// Puts off the end of a session.
        public func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date) async throws -> Bool {
            false
        }
        /// Removes a session.
        public func destroy(_ id: String) async throws {}
    }

    /// Counts requests in Redis. Needs the package trait `Redis`.
    @available(
        *, unavailable,
        message: "needs the package trait Redis, and libhiredis: add traits: [\"Redis\"] to the dependency on koa"
    )
    public final class RedisRateLimitStore: RateLimitStore {
        /// Makes a store.
        public init(_ client: RedisClient, prefix: String = "koa:limit:") {}
        /// Counts a request.
        public func take(
            _ key: String, _ policy: RateLimitPolicy, clock: any WallClock
        ) async throws -> RateLimitDecision {
            RateLimitDecision(isAllowed: false, remaining: 0, reset: policy.window)
        }
    }
#endif
