#if Redis
    import NIOCore
    import Testing

    @testable import KoaRedis

    @Suite("RedisCommand") struct RedisCommandTests {
        @Test("is written with the length of each argument, so that any text is one")
        func lengths() throws {
            let bytes = RedisCommand.encode([["SET", "", "a\r\n$3\u{0}", "小"], ["PING"]])
            #expect(
                String(buffer: bytes)
                    == "*4\r\n$3\r\nSET\r\n$0\r\n\r\n$6\r\na\r\n$3\u{0}\r\n$3\r\n小\r\n*1\r\n$4\r\nPING\r\n")
        }

        @Test("may consist of empty arguments alone")
        func empty() throws {
            #expect(String(buffer: RedisCommand.encode([["", ""]])) == "*2\r\n$0\r\n\r\n$0\r\n\r\n")
        }

        @Test("is read by the reader as it was written")
        func roundTrip() throws {
            var random = SplitMix64(seed: 1)
            for _ in 0..<200 {
                let arguments = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                    String(
                        String.UnicodeScalarView(
                            (0..<Int.random(in: 0...20, using: &random)).map { _ in
                                Unicode.Scalar(UInt32.random(in: 0...0x2FF, using: &random)) ?? "x"
                            }))
                }
                let reader = try RedisReader(limit: 1 << 20)
                try reader.feed(RedisCommand.encode([RedisCommand(arguments)]))
                #expect(try reader.next() == .array(arguments.map { .text($0) }))
            }
        }
    }
#endif
