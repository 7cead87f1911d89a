public import Koa
import NIOConcurrencyHelpers

/// Counts in this process's memory, which has a bound.
///
/// ```swift
/// app.use(rateLimit(max: 100, per: .seconds(60), store: MemoryRateLimitStore(capacity: 10_000)))
/// ```
///
/// Keys that nobody asked for during two windows are dropped. Beyond its capacity it forgets those that were asked for
/// the longest ago, so that a flood of keys can make it forget, but not grow. Each key takes about 200 bytes at most: of
/// one longer than 64 bytes it keeps a digest.
public final class MemoryRateLimitStore: RateLimitStore {
    /// Two generations: a key moves to the young one when it is asked for, and the old one is dropped as a whole.
    private struct Generations {
        var young: [String: SlidingWindow] = [:]
        var old: [String: SlidingWindow] = [:]
        /// When the young one began, in seconds.
        var began: Double?
        /// The longest window so far.
        var longest = 0.0
    }

    private let generations = NIOLockedValueBox(Generations())
    private let capacity: Int

    /// - Parameter capacity: how many keys it holds at most. Default 100,000; at least 2.
    public init(capacity: Int = 100_000) {
        self.capacity = max(capacity, 2)
    }

    /// How many keys it holds.
    public var count: Int { generations.withLockedValue { $0.young.count + $0.old.count } }

    /// Counts a request; by the clock's uptime, which nobody sets.
    public func take(_ key: String, _ policy: RateLimitPolicy, clock: any WallClock) -> RateLimitDecision {
        let now = clock.uptime.seconds
        let name = "\(policy.name)\u{0}\(Self.short(key))"
        return generations.withLockedValue { generations in
            generations.longest = max(generations.longest, policy.window.seconds)
            var window =
                generations.young.removeValue(forKey: name) ?? generations.old.removeValue(forKey: name)
                ?? SlidingWindow(start: now)
            let age = now - (generations.began ?? now)
            if age >= 2 * generations.longest || generations.young.count >= capacity / 2 {
                // Of a young one that began so long ago, nothing counts any more either.
                generations.old = age >= 4 * generations.longest ? [:] : generations.young
                generations.young = [:]
                generations.began = now
            } else if generations.began == nil {
                generations.began = now
            }
            let decision = window.take(at: now, policy)
            generations.young[name] = window
            return decision
        }
    }
    /// The longest key that is kept as it is, in bytes.
    private static let longestKey = 64

    /// A key in bounded memory: clients choose some, a forwarded address say, as long as headers may be.
    private static func short(_ key: String) -> String {
        guard key.utf8.count > longestKey else { return key }
        var key = key
        return "\u{0}" + Base64.encode(key.withUTF8 { SHA1.digest(UnsafeRawBufferPointer($0)) })
    }

    /// The bytes of the keys that it holds.
    var keyBytes: Int {
        generations.withLockedValue { generations in
            [generations.young, generations.old].joined().reduce(0) { $0 + $1.key.utf8.count }
        }
    }
}
