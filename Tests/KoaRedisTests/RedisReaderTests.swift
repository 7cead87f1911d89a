#if Redis
    import NIOCore
    import Testing

    @testable import KoaRedis

    @Suite("RedisReader") struct RedisReaderTests {
        private func read(_ text: String, limit: Int = 1 << 20) throws -> [RedisValue] {
            try read(ByteBuffer(string: text), limit: limit)
        }

        private func read(_ bytes: ByteBuffer, limit: Int = 1 << 20) throws -> [RedisValue] {
            let reader = try RedisReader(limit: limit)
            try reader.feed(bytes)
            var values: [RedisValue] = []
            while let value = try reader.next() { values.append(value) }
            return values
        }

        @Test("reads each kind of answer")
        func kinds() throws {
            let text = "+OK\r\n-ERR no\r\n:-42\r\n$-1\r\n$0\r\n\r\n$4\r\na\r\nb\r\n*-1\r\n*0\r\n*3\r\n:1\r\n$-1\r\n$1\r\nx\r\n"
            #expect(
                try read(text) == [
                    .status("OK"), .error("ERR no"), .integer(-42), .null, .text(""), .text("a\r\nb"), .null, .array([]),
                    .array([.integer(1), .null, .text("x")]),
                ])
        }

        @Test("a string that is no UTF-8 is no text; an error that is none is repaired")
        func badText() throws {
            #expect(try read(ByteBuffer(bytes: [0x24, 0x32, 13, 10, 0xFF, 0xFE, 13, 10])) == [.bytes])
            #expect(try read(ByteBuffer(bytes: [0x2D, 0xFF, 13, 10])) == [.error("\u{FFFD}")])
        }

        @Test("finds the same answers wherever the bytes are cut")
        func pieces() throws {
            let text = "+OK\r\n$4\r\na\r\nb\r\n*2\r\n:12\r\n$3\r\n小\r\n:7\r\n"
            let whole = try read(text)
            for size in 1...text.utf8.count {
                let reader = try RedisReader(limit: 100)
                var values: [RedisValue] = []
                var rest = ByteBuffer(string: text)
                while rest.readableBytes > 0 {
                    let piece = try #require(rest.readSlice(length: min(size, rest.readableBytes)))
                    try reader.feed(piece)
                    while let value = try reader.next() { values.append(value) }
                }
                #expect(values == whole)
            }
        }

        @Test(
            "refuses what isn't Redis', and what no command here is answered with",
            arguments: [
                "HTTP/1.1 400 Bad Request\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\u{0}", ":12x\r\n", ":99999999999999999999\r\n",
                "$x\r\n", "$-2\r\n", "$9223372036854775807\r\n", "*-2\r\n", "*99999999999\r\n",
                // Few bytes that would take much memory.
                "*2147483647\r\n", "*1025\r\n", "*1\r\n*1024\r\n", "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n",
            ])
        func refuses(text: String) throws {
            let error = #expect(throws: RedisError.self) { try read(text) }
            #expect(error?.code == .malformed)
        }

        @Test("an answer longer than the limit is refused before it is there")
        func limit() throws {
            let error = #expect(throws: RedisError.self) {
                try read("$1000000\r\n" + String(repeating: "x", count: 200), limit: 100)
            }
            #expect(error?.code == .malformed)
            // Many that are shorter may come at a time.
            let many = String(repeating: "$50\r\n" + String(repeating: "x", count: 50) + "\r\n", count: 100)
            #expect(try read(many, limit: 100).count == 100)
        }

        @Test("random bytes make answers or errors, never a crash")
        func random() throws {
            var random = SplitMix64(seed: 2)
            let alphabet = Array("*$+-:0123456789\r\n\r\n\r\nxé".utf8)
            var refused = 0
            for _ in 0..<5000 {
                let count = Int.random(in: 0...40, using: &random)
                let bytes = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
                do { _ = try read(ByteBuffer(bytes: bytes)) } catch is RedisError { refused += 1 }
            }
            #expect(refused > 1000)
        }

        @Test("values know their errors and numbers")
        func values() throws {
            #expect(RedisValue.error("NOSCRIPT No matching script").isError("NOSCRIPT"))
            #expect(!RedisValue.error("NOSCRIPTX").isError("NOSCRIPT"))
            #expect(!RedisValue.text("NOSCRIPT").isError("NOSCRIPT"))
            #expect(try RedisValue.integer(7).number == 7)
            #expect(throws: RedisError.self) { try RedisValue.text("7").number }
            let error = #expect(throws: RedisError.self) { try RedisValue.error("WRONGPASS no").checked() }
            #expect(error?.code == .refused)
            #expect(error?.message == "Redis refused: WRONGPASS no. Set the password, and the user if there is one, in RedisOptions.")
        }
    }
#endif
