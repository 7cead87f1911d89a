#if !Redis
    /// Needs the package trait `Redis`.
    @available(
        *, unavailable,
        message: "needs the package trait Redis, and libhiredis: add traits: [\"Redis\"] to the dependency on koa"
    )
    public struct RedisOptions {}

    /// Needs the package trait `Redis`.
    @available(
        *, unavailable,
        message: "needs the package trait Redis, and libhiredis: add traits: [\"Redis\"] to the dependency on koa"
    )
    public struct RedisClient {}

    /// Needs the package trait `Redis`.
    @available(
        *, unavailable,
        message: "needs the package trait Redis, and libhiredis: add traits: [\"Redis\"] to the dependency on koa"
    )
    public struct RedisSessionStore {}

    /// Needs the package trait `Redis`.
    @available(
        *, unavailable,
        message: "needs the package trait Redis, and libhiredis: add traits: [\"Redis\"] to the dependency on koa"
    )
    public struct RedisRateLimitStore {}

    /// Needs the package trait `Redis`.
    @available(
        *, unavailable,
        message: "needs the package trait Redis, and libhiredis: add traits: [\"Redis\"] to the dependency on koa"
    )
    public struct RedisError {}
#endif
