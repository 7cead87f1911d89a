#if Redis
    public import Koa
    public import KoaSession

    #if canImport(FoundationEssentials)
        public import FoundationEssentials
    #else
        public import Foundation
    #endif

    /// Keeps sessions in Redis, as koa-redis does: JSON text under the session's id, which Redis removes when its time is over.
    ///
    /// ```swift
    /// let redis = RedisClient()
    /// app.use(session(store: RedisSessionStore(redis, prefix: "koa:sess:")))
    /// ```
    ///
    /// Times are Redis' own: it keeps a session for as long as it has left by the application's clock when it is saved.
    public final class RedisSessionStore: SessionStore {
        private let client: RedisClient
        private let prefix: String

        /// - Parameters:
        ///   - client: the connection, which others may share.
        ///   - prefix: put before each id, to tell sessions from what else is in the database. Default none, as in koa-redis.
        public init(_ client: RedisClient, prefix: String = "") {
            self.client = client
            self.prefix = prefix
        }

        /// The session of an id; what is stored there and is no JSON object counts as none.
        public nonisolated(nonsending) func load(_ id: String, at now: Date) async throws -> SessionRecord? {
            let key = prefix + id
            return try await storeCall {
                let values = try await client.call([["GET", key], ["PTTL", key]], isIdempotent: true)
                guard values.count == 2 else { throw RedisValue.unexpected }
                // Another application's list or hash.
                if values[0].isError("WRONGTYPE") { return nil }
                let left = try values[1].number
                // It may have ended between the two.
                guard case .text(let text) = try values[0].checked(), left != -2 else { return nil }
                guard let content = try? JSONObject(jsonText: text) else { return nil }
                let expires = left < 0 ? nil : now.addingTimeInterval(Double(left) / 1000)
                return SessionRecord(content: content, expires: expires, revision: .text(text))
            }
        }

        /// Saves a session, unless its text is longer than an answer of Redis may be: it could never be loaded.
        public nonisolated(nonsending) func save(
            _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
        ) async throws -> SessionSaving {
            let (key, text, left) = (prefix + id, content.jsonText, Self.milliseconds(from: now, to: expiry))
            try validate(text)
            let isSaved = try await storeCall {
                switch condition {
                case .always:
                    let command: RedisCommand = left > 0 ? ["SET", key, text, "PX", "\(left)"] : ["DEL", key]
                    _ = try await client.call(command, isIdempotent: true).checked()
                    return true
                case .absent where left > 0:
                    let command: RedisCommand = ["SET", key, text, "PX", "\(left)", "NX"]
                    return try await client.call(command, isIdempotent: false).checked() != .null
                case .absent:
                    return try await client.call(["EXISTS", key], isIdempotent: true).number == 0
                case .unchanged(.text(let revision)):
                    return try await Self.replace.run(on: client, key: key, [revision, text, "\(left)"]).number == 1
                case .unchanged(.number):
                    return false
                }
            }
            return isSaved ? .saved(.text(text)) : .refused
        }

        /// Puts off the end of a session.
        public nonisolated(nonsending) func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date)
            async throws -> Bool
        {
            let (key, left) = (prefix + id, Self.milliseconds(from: now, to: expiry))
            return try await storeCall {
                try await client.call(["PEXPIRE", key, "\(left)"], isIdempotent: true).number == 1
            }
        }

        /// Removes a session.
        public nonisolated(nonsending) func destroy(_ id: String) async throws {
            let key = prefix + id
            try await storeCall { _ = try await client.call(["DEL", key], isIdempotent: true).checked() }
        }

        /// Replaces a text by another for a time, if it is the one that is expected.
        private static let replace = RedisScript(
            """
            if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            if tonumber(ARGV[3]) > 0 then
              redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            else
              redis.call('DEL', KEYS[1])
            end
            return 1
            """)

        /// How long a session has left: at most 3,000 years, which Redis can still add to its clock.
        static func milliseconds(from now: Date, to expiry: Date) -> Int64 {
            let left = (expiry.timeIntervalSince(now) * 1000).rounded(.up)
            return left.isNaN ? 0 : Int64(min(max(left, 0), 1e14))
        }

        /// Refuses a text that `GET` couldn't answer with.
        private func validate(_ text: String) throws {
            let (length, limit) = (text.utf8.count, client.options.maxReplyBytes)
            // `$`, the length, and two line ends are around it.
            guard length + "\(length)".utf8.count + 5 <= limit else {
                throw SessionError(
                    .storeUnavailable,
                    "The session has \(length) bytes, and an answer of Redis may have \(limit): keep less in it, or raise "
                        + "maxReplyBytes.")
            }
        }

        /// Throws what fails as a session's error.
        private nonisolated(nonsending) func storeCall<Value: Sendable>(
            _ body: nonisolated(nonsending) () async throws -> Value
        ) async throws -> Value {
            do {
                return try await body()
            } catch let error as RedisError {
                throw SessionError(.storeUnavailable, "The sessions' Redis has failed.", cause: error)
            }
        }
    }
#endif
