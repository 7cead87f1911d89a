#if Redis
    public import Koa
    public import KoaMiddleware

    /// Counts requests in Redis, where several servers share the counts.
    ///
    /// ```swift
    /// let redis = RedisClient()
    /// app.use(rateLimit(max: 100, per: .seconds(60), store: RedisRateLimitStore(redis)))
    /// ```
    ///
    /// The window slides as that of the memory store does, in one step and by Redis' own clock. A key is gone when it hasn't
    /// been asked for during two windows.
    public final class RedisRateLimitStore: RateLimitStore {
        private let client: RedisClient
        private let prefix: String
        private let hasOwnTime: Bool

        /// - Parameters:
        ///   - client: the connection, which others may share.
        ///   - prefix: put before the policy's name and the key. Default `koa:limit:`.
        public convenience init(_ client: RedisClient, prefix: String = "koa:limit:") {
            self.init(client, prefix: prefix, hasOwnTime: true)
        }

        /// - Parameter hasOwnTime: whether Redis' clock counts; else the application's uptime.
        init(_ client: RedisClient, prefix: String, hasOwnTime: Bool) {
            self.client = client
            self.prefix = prefix
            self.hasOwnTime = hasOwnTime
        }

        /// Counts a request.
        ///
        /// - Throws: ``RedisError`` when Redis fails: the request is then a 503.
        public func take(
            _ key: String, _ policy: RateLimitPolicy, clock: any WallClock
        ) async throws -> RateLimitDecision {
            let now = hasOwnTime ? "" : "\(clock.uptime.seconds)"
            let window = "\(min(max(policy.window.seconds, 0.001), Self.longest))"
            // What Lua can count to.
            let limit = "\(min(policy.limit, 1 << 53))"
            let value = try await Self.script.run(
                on: client, key: name(key, policy), [limit, window, now])
            guard case .array(let parts) = value, parts.count == 3, case .text(let text) = parts[2],
                let reset = Double(text), (0...2 * Self.longest).contains(reset)
            else { throw RedisValue.unexpected }
            return RateLimitDecision(
                isAllowed: try parts[0].number == 1, remaining: Int(try parts[1].number), reset: .seconds(reset))
        }

        /// The longest window, in seconds, which is far beyond every use and far within what a `Duration` holds. A request that
        /// is refused is let in two windows later at most.
        private static let longest = 1e14

        /// The name in Redis: two policies, or two keys, never share one.
        func name(_ key: String, _ policy: RateLimitPolicy) -> String {
            let escaped = policy.name.utf8.reduce(into: "") { text, byte in
                switch byte {
                case UInt8(ascii: ":"): text += "%3A"
                case UInt8(ascii: "%"): text += "%25"
                default: text.unicodeScalars.append(Unicode.Scalar(byte))
                }
            }
            return "\(prefix)\(escaped):\(key)"
        }

        /// `SlidingWindow` of KoaMiddleware, line by line, in seconds. Redis rounds the numbers that a script returns: the
        /// last one is text.
        private static let script = RedisScript(
            """
            local limit, length, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
            if not now then
              local time = redis.call('TIME')
              now = tonumber(time[1]) + tonumber(time[2]) / 1000000
            end
            local stored = redis.call('HMGET', KEYS[1], 'start', 'current', 'previous')
            local start, current, previous = tonumber(stored[1]), tonumber(stored[2]), tonumber(stored[3])
            -- One that begins later than its own length was made before the clock was set back.
            if not start or not current or not previous or start > now + length then
              start, current, previous = now, 0, 0
            end
            if now >= start + length then
              if now < start + 2 * length then
                previous = current
                start = start + length
              else
                previous = 0
                start = now
              end
              current = 0
            end
            local elapsed = math.max(now - start, 0)
            local used = previous * (1 - elapsed / length) + current
            local allowed, remaining, reset = 0, 0, length
            if used + 1 <= limit then
              current = current + 1
              allowed, remaining, reset = 1, math.floor(limit - used - 1), length - elapsed
            elseif limit > 0 then
              local room = limit - 1
              if current < limit and previous > 0 then
                reset = math.max(length * (1 - (room - current) / previous) - elapsed, 0)
              else
                reset = length - elapsed + length * (1 - room / math.max(current, 1))
              end
            end
            redis.call('HSET', KEYS[1], 'start', string.format('%.17g', start), 'current', current, 'previous', previous)
            redis.call('PEXPIRE', KEYS[1], math.min(math.ceil((2 * length - elapsed) * 1000), 1e14))
            return {allowed, remaining, string.format('%.17g', reset)}
            """)
    }

    extension Duration {
        /// In seconds.
        fileprivate var seconds: Double {
            Double(components.seconds) + Double(components.attoseconds) * 1e-18
        }
    }
#endif
