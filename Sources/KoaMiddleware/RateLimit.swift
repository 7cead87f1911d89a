public import Koa

/// Limits how many requests a client makes; made by
/// ``rateLimit(max:per:name:store:headers:throws:message:key:allow:block:)``.
///
/// ```swift
/// let limit: RateLimit = rateLimit(max: 100, per: .seconds(60))
/// app.use(limit)
/// ```
public struct RateLimit: MiddlewareProtocol {
    let policy: RateLimitPolicy
    let store: any RateLimitStore
    let headers: RateLimitHeaders
    let throwing: Bool
    let allow: (@Sendable (Context) async throws -> Bool)?
    let block: (@Sendable (Context) async throws -> Bool)?
    let message: String?
    let key: @Sendable (Context) async throws -> String?

    /// The function that runs.
    public var middleware: Middleware {
        { ctx, next in
            // Before whatever else lets a request through.
            if let block, try await block(ctx) { throw HTTPError(.forbidden) }
            if let allow, try await allow(ctx) { return try await next() }
            guard let key = try await key(ctx) else { return try await next() }
            let decision = try await store.take(key, policy, clock: ctx.app.clock)
            let fields = headers.fields(policy, decision, now: ctx.app.clock.now)
            for field in fields.fields {
                ctx.set(field.name, field.value)
                ctx.keepOnError(field.name)
            }
            if decision.isAllowed { return try await next() }
            try refuse(ctx, decision)
        }
    }

    /// - Throws: ``KoaError`` `.invalidSetup` for a negative limit, a window that isn't longer than nothing, or a name
    ///   that can't stand in a header.
    public func prepare(for app: Application) throws {
        if policy.limit < 0 { throw KoaError(.invalidSetup, "rateLimit(): max can't be \(policy.limit)") }
        if policy.window <= .zero { throw KoaError(.invalidSetup, "rateLimit(): per can't be \(policy.window)") }
        let isSafe = policy.name.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        if !isSafe || policy.name.isEmpty {
            throw KoaError(
                .invalidSetup, "rateLimit(): the name \(policy.name.debugDescription) can't stand in a header")
        }
    }

    private func refuse(_ ctx: Context, _ decision: RateLimitDecision) throws {
        let seconds = decision.reset.wholeSeconds
        let text = message ?? "Rate limit exceeded, retry in \(Self.words(seconds))."
        if throwing { throw HTTPError(.tooManyRequests, text, headers: ["Retry-After": "\(seconds)"]) }
        ctx.set("Retry-After", seconds)
        ctx.status = .tooManyRequests
        ctx.body = .text(text)
    }

    /// A time in its largest unit: `5 minutes`.
    static func words(_ seconds: Int) -> String {
        for (size, unit) in [(86_400, "day"), (3_600, "hour"), (60, "minute")] where seconds >= size {
            let count = seconds / size + (seconds % size >= size / 2 ? 1 : 0)
            return "\(count) \(unit)\(count == 1 ? "" : "s")"
        }
        return "\(seconds) second\(seconds == 1 ? "" : "s")"
    }

    /// The client's address; of IPv6 its network of 64 bits, of which one client has all addresses.
    public static func clientNetwork(_ ctx: Context) -> String? {
        let text = ctx.ip
        guard let address = IPAddress(text), !address.isV4 else { return text }
        let groups = (0..<4).map { String(address.high >> UInt64(48 - 16 * $0) & 0xFFFF, radix: 16) }
        return groups.joined(separator: ":") + "::/64"
    }
}

/// Limits how many requests a client makes within a time.
///
/// ```swift
/// app.use(rateLimit(max: 100, per: .seconds(60)))
/// ```
///
/// The limit of one route belongs on that route, `router.post("/login", rateLimit(max: 5).middleware) { … }`: whoever compares
/// ``Koa/Request/path`` here forgets the other ways to write a path that the router takes for the same.
///
/// The window slides: at no moment have more than about `max` requests gone through in the time before it. One too many
/// is answered with 429, Retry-After and a text. Refused requests don't count.
///
/// - Parameters:
///   - max: how many requests. Default 2500.
///   - per: within how long a time. Default an hour.
///   - name: of the policy, for the headers and for stores that limits share. Default `default`.
///   - store: where it counts. Default the memory of this process, for each limit its own.
///   - headers: what tells the client. Default RateLimit and RateLimit-Policy.
///   - throws: whether to throw an ``HTTPError`` instead of answering. Default false.
///   - message: the text. Default `Rate limit exceeded, retry in 5 minutes.`
///   - key: who makes the request: `{ ctx in … }`; nil isn't limited. Default the client's address, of IPv6 its network
///     of 64 bits. Behind a proxy, `app.proxy` has to say so.
///   - allow: requests that aren't counted. Default none.
///   - block: requests that get 403, also those that `allow` or a nil key would let through. Default none.
public func rateLimit(
    max: Int = 2500,
    per: Duration = .seconds(3600),
    name: String = "default",
    store: any RateLimitStore = MemoryRateLimitStore(),
    headers: RateLimitHeaders = .standard,
    throws: Bool = false,
    message: String? = nil,
    key: @escaping @Sendable (Context) async throws -> String? = { ctx in RateLimit.clientNetwork(ctx) },
    allow: (@Sendable (Context) async throws -> Bool)? = nil,
    block: (@Sendable (Context) async throws -> Bool)? = nil
) -> RateLimit {
    RateLimit(
        policy: RateLimitPolicy(limit: max, window: per, name: name), store: store, headers: headers,
        throwing: `throws`, allow: allow, block: block, message: message, key: key)
}
