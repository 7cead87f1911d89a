#if Redis
    import Crypto

    /// A script in Lua, which Redis runs in one step and then knows by its digest.
    struct RedisScript: Sendable {
        let source: String
        private let digest: String

        init(_ source: String) {
            self.source = source
            digest = Insecure.SHA1.hash(data: Array(source.utf8))
                .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }

        /// Runs the script on a key; sends its source where Redis doesn't know it.
        ///
        /// - Throws: ``RedisError`` also when the script fails.
        nonisolated(nonsending) func run(on client: RedisClient, key: String, _ arguments: [String]) async throws
            -> RedisValue
        {
            let rest = ["1", key] + arguments
            let value = try await client.call(RedisCommand(["EVALSHA", digest] + rest), isIdempotent: false)
            guard value.isError("NOSCRIPT") else { return try value.checked() }
            return try await client.call(RedisCommand(["EVAL", source] + rest), isIdempotent: false).checked()
        }
    }
#endif
