#if Redis
    import CKoaRedis
    import NIOCore

    /// Takes the bytes of a connection apart into answers, by hiredis.
    final class RedisReader {
        private let reader: UnsafeMutablePointer<redisReader>
        private let limit: Int
        /// How many bytes have come since the last whole answer.
        private var fed = 0

        /// - Parameter limit: how many bytes an answer may have.
        init(limit: Int) throws {
            guard let functions = Self.functions, let reader = redisReaderCreateWithFunctions(functions) else {
                throw RedisError(.unreachable, "There is no memory for a connection to Redis.")
            }
            self.reader = reader
            self.limit = limit
        }

        deinit {
            redisReaderFree(reader)
        }

        /// Takes bytes, of which ``next()`` makes answers.
        func feed(_ bytes: ByteBuffer) throws {
            fed += bytes.readableBytes
            let isFed = bytes.withUnsafeReadableBytes { bytes in
                redisReaderFeed(reader, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count) == REDIS_OK
            }
            guard isFed else { throw failure }
        }

        /// The next answer that is there whole.
        func next() throws -> RedisValue? {
            var reply: UnsafeMutableRawPointer?
            guard redisReaderGetReply(reader, &reply) == REDIS_OK else { throw failure }
            guard let reply else {
                guard fed <= limit else {
                    throw RedisError(.malformed, "Redis' answer has more bytes than \(limit): see maxReplyBytes.")
                }
                return nil
            }
            defer { freeReplyObject(reply) }
            // What is left of the bytes was fed with an earlier answer.
            fed = reader.pointee.len - reader.pointee.pos
            return RedisValue(UnsafePointer(reply.assumingMemoryBound(to: redisReply.self)))
        }

        private var failure: RedisError {
            let text = withUnsafeBytes(of: reader.pointee.errstr) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            return RedisError(.malformed, "What answers doesn't speak as Redis does (\(text)): is it its port?")
        }

        /// hiredis' own functions that make answers. Nobody changes them: they are constants of the library.
        private nonisolated(unsafe) static let standard: redisReplyObjectFunctions? = {
            guard let reader = redisReaderCreate() else { return nil }
            defer { redisReaderFree(reader) }
            return reader.pointee.fn?.pointee
        }()

        /// Those functions, but that arrays are short and flat, as all that are asked for are: a few bytes of a false Redis
        /// would make hiredis take gigabytes. They live as long as the process, and nobody changes them.
        private nonisolated(unsafe) static let functions: UnsafeMutablePointer<redisReplyObjectFunctions>? = {
            guard var functions = standard else { return nil }
            functions.createArray = { task, count in
                guard let task, task.pointee.parent == nil, count <= 1024 else { return nil }
                return RedisReader.standard?.createArray(task, count)
            }
            let kept = UnsafeMutablePointer<redisReplyObjectFunctions>.allocate(capacity: 1)
            kept.initialize(to: functions)
            return kept
        }()
    }
#endif
