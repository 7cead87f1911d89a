#if Redis
    import NIOCore
    import Testing

    @testable import KoaRedis

    @Suite("RedisCommand") struct RedisCommandTests {
        @Test("is written with the length of each argument, so that any text is one")
        func lengths() throws {
            let bytes = try RedisCommand.encode([["SET", "", "a\r\n$3\u{0}", "小"], ["PING"]])
            #expect(
                String(buffer: bytes)
                    == "*4\r\n$3\r\nSET\r\n$0\r\n\r\n$6\r\na\r\n$3\u{0}\r\n$3\r\n小\r\n*1\r\n$4\r\nPING\r\n")
        }

        @Test("may consist of empty arguments alone")
        func empty() throws {
            #expect(String(buffer: try RedisCommand.encode([["", ""]])) == "*2\r\n$0\r\n\r\n$0\r\n\r\n")
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

        @Test("greets by AUTH with and without a user, SELECT unless it is 0, and PING")
        func greeting() {
            #expect(RedisOptions().greeting.map(\.arguments) == [["PING"]])
            #expect(
                RedisOptions(user: "u", password: "p", database: 3).greeting.map(\.arguments)
                    == [["AUTH", "u", "p"], ["SELECT", "3"], ["PING"]])
            #expect(
                RedisOptions(socketPath: "/s", password: "p").greeting.map(\.arguments) == [["AUTH", "p"], ["PING"]])
        }

        @Test("options don't tell the password")
        func secret() {
            let options = RedisOptions(host: "::1", user: "u", password: "hunter2", database: 1)
            var dumped = ""
            dump(options, to: &dumped)
            for text in ["\(options)", String(reflecting: options), dumped] { #expect(!text.contains("hunter2")) }
            #expect("\(options)" == "RedisOptions([::1]:6379, database: 1)")
        }
    }
#endif
