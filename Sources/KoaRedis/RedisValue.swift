#if Redis
    import CKoaRedis

    /// What Redis answers a command with.
    enum RedisValue: Sendable, Hashable {
        case null
        case integer(Int64)
        /// A string of UTF-8.
        case text(String)
        /// A string that is no UTF-8: nothing that was written here.
        case bytes
        /// `OK` and the like.
        case status(String)
        case error(String)
        case array([RedisValue])

        /// The value of an answer as hiredis has read it.
        init(_ reply: UnsafePointer<redisReply>) {
            let reply = reply.pointee
            switch reply.type {
            case REDIS_REPLY_INTEGER: self = .integer(reply.integer)
            case REDIS_REPLY_STRING:
                let bytes = UnsafeRawBufferPointer(start: reply.str, count: reply.len)
                // What is ASCII, as most is, needs no further look.
                if bytes.reduce(0 as UInt8, |) < 0x80 {
                    self = .text(String(decoding: bytes, as: UTF8.self))
                } else {
                    self = String(validating: bytes, as: UTF8.self).map { .text($0) } ?? .bytes
                }
            case REDIS_REPLY_STATUS: self = .status(Self.repaired(reply))
            case REDIS_REPLY_ERROR: self = .error(Self.repaired(reply))
            case REDIS_REPLY_ARRAY:
                let elements = UnsafeBufferPointer(start: reply.element, count: reply.elements)
                self = .array(elements.map { element in element.map { RedisValue($0) } ?? .null })
            default: self = .null
            }
        }

        private static func repaired(_ reply: redisReply) -> String {
            String(decoding: UnsafeRawBufferPointer(start: reply.str, count: reply.len), as: UTF8.self)
        }

        /// Whether it is an error that begins with the word.
        func isError(_ word: String) -> Bool {
            guard case .error(let text) = self else { return false }
            return text == word || text.hasPrefix(word + " ")
        }

        /// - Throws: ``RedisError`` when it is an error.
        func checked() throws -> RedisValue {
            if case .error(let text) = self { throw RedisError.refused(text) }
            return self
        }

        /// The value as a number.
        ///
        /// - Throws: ``RedisError`` when it is none.
        var number: Int64 {
            get throws {
                guard case .integer(let number) = try checked() else { throw Self.unexpected }
                return number
            }
        }

        static let unexpected = RedisError(.malformed, "Redis answered with another kind of value than it should.")
    }
#endif
