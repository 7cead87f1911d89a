import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The header fields that tell a client of its limit.
///
/// ```swift
/// app.use(rateLimit(headers: [.standard, .legacy]))
/// ```
public struct RateLimitHeaders: OptionSet, Sendable {
    /// The bits.
    public let rawValue: Int

    /// Makes a set of its bits.
    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// RateLimit-Policy (`"default";q=100;w=60`) and RateLimit (`"default";r=99;t=60`), as the IETF's draft has them.
    public static let standard = RateLimitHeaders(rawValue: 1)
    /// X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset, in seconds since 1970, as the reference has them.
    public static let legacy = RateLimitHeaders(rawValue: 2)

    func fields(_ policy: RateLimitPolicy, _ decision: RateLimitDecision, now: Date) -> Headers {
        var headers = Headers()
        let reset = decision.reset.wholeSeconds
        if contains(.standard) {
            headers.set("RateLimit-Policy", "\"\(policy.name)\";q=\(policy.limit);w=\(policy.window.wholeSeconds)")
            headers.set("RateLimit", "\"\(policy.name)\";r=\(decision.remaining);t=\(reset)")
        }
        if contains(.legacy) {
            headers.set("X-RateLimit-Limit", "\(policy.limit)")
            headers.set("X-RateLimit-Remaining", "\(decision.remaining)")
            let moment = (now.timeIntervalSince1970 + decision.reset.seconds).rounded(.up)
            headers.set("X-RateLimit-Reset", "\(Int(exactly: moment) ?? .max)")
        }
        return headers
    }
}

extension Duration {
    /// In whole seconds, at least one: who comes back then isn't too early.
    var wholeSeconds: Int {
        // A hair is for what binary fractions lose.
        max(Int(exactly: (seconds - 1e-6).rounded(.up)) ?? .max, 1)
    }
}
