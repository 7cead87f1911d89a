#if Redis
    import NIOCore

    /// Keeps calls from asking for a connection again and again where there is none: after a failure they are refused for a
    /// while, which doubles up to a second.
    struct RedisBackOff {
        static let first = TimeAmount.milliseconds(20)
        static let longest = TimeAmount.seconds(1)

        private var failures = 0
        private var refusal: (until: NIODeadline, error: RedisError)?

        /// The error of calls at a moment; nil when one may connect.
        func error(at now: NIODeadline) -> RedisError? {
            guard let refusal, now < refusal.until else { return nil }
            return refusal.error
        }

        /// A connection wasn't made.
        ///
        /// - Parameter share: of the time, so that servers which lost Redis at one moment don't all return at another.
        mutating func fail(_ error: RedisError, at now: NIODeadline, share: Double = .random(in: 0.5...1)) {
            let doubled = Self.first.nanoseconds << min(failures, 10)
            let time = Double(min(doubled, Self.longest.nanoseconds)) * share
            failures += 1
            refusal = (now + .nanoseconds(Int64(time)), error)
        }

        /// A connection was made.
        mutating func reset() {
            self = RedisBackOff()
        }
    }
#endif
