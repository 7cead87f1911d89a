/// The requests of one key: a count for the window that runs and one for that before it, of which so much counts as the
/// last length of a window reaches back into it.
package struct SlidingWindow: Sendable, Hashable {
    /// When the window that runs began, in seconds.
    package private(set) var start: Double
    /// Requests in it so far.
    package private(set) var current: Int
    /// Requests in the one before it.
    package private(set) var previous: Int

    /// A window as it was left; by default one that begins.
    package init(start: Double, current: Int = 0, previous: Int = 0) {
        self.start = start
        self.current = current
        self.previous = previous
    }

    /// Counts a request at a time, if it may go on.
    package mutating func take(at now: Double, _ policy: RateLimitPolicy) -> RateLimitDecision {
        let length = max(policy.window.seconds, 0.001)
        advance(to: now, length)
        let elapsed = max(now - start, 0)
        let used = Double(previous) * (1 - elapsed / length) + Double(current)
        guard used + 1 <= Double(policy.limit) else {
            return RateLimitDecision(
                isAllowed: false, remaining: 0, reset: .seconds(wait(elapsed, length, policy.limit)))
        }
        current += 1
        let remaining = Int(exactly: (Double(policy.limit) - used - 1).rounded(.down)) ?? .max
        return RateLimitDecision(isAllowed: true, remaining: remaining, reset: .seconds(length - elapsed))
    }

    private mutating func advance(to now: Double, _ length: Double) {
        guard now >= start + length else { return }
        if now < start + 2 * length {
            previous = current
            start += length
        } else {
            previous = 0
            start = now
        }
        current = 0
    }

    /// How long until one more may go on, if none is counted until then.
    private func wait(_ elapsed: Double, _ length: Double, _ limit: Int) -> Double {
        // None ever may.
        guard limit > 0 else { return length }
        let room = Double(limit - 1)
        if current < limit, previous > 0 {
            return max(length * (1 - (room - Double(current)) / Double(previous)) - elapsed, 0)
        }
        return length - elapsed + length * (1 - room / Double(max(current, 1)))
    }
}

extension Duration {
    /// In seconds.
    package var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
