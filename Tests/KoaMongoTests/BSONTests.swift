#if MongoDB
    import Testing

    @testable import KoaMongo

    @Suite("BSON")
    struct BSONTests {
        /// A document of every type that is written.
        private static let all: BSONDocument = [
            "double": .double(2.5), "string": "小龙 \u{0} end", "document": ["b": 1, "a": 2],
            "array": ["x", 1, true, .null],
            "binary": .binary([0, 255]), "id": .objectID(Array(1...12)), "true": true, "false": false,
            "date": .date(1_700_000_000_123), "null": .null, "int32": -1, "int64": .int64(.min), "empty": [:],
            "none": [],
        ]

        @Test("is read as it was written, in its order")
        func roundTrip() {
            #expect(BSONDocument(bytes: Self.all.bytes) == Self.all)
        }

        @Test("is laid out as the specification has it")
        func layout() {
            // {"hello": "world"}, the specification's own example.
            let hello: [UInt8] = [
                0x16, 0, 0, 0, 0x02, 0x68, 0x65, 0x6C, 0x6C, 0x6F, 0, 6, 0, 0, 0, 0x77, 0x6F, 0x72, 0x6C, 0x64, 0, 0,
            ]
            #expect((["hello": "world"] as BSONDocument).bytes == hello)
            #expect(BSONDocument(bytes: hello) == ["hello": "world"])
            #expect(
                (["a": [7]] as BSONDocument).bytes == [20, 0, 0, 0, 4, 97, 0, 12, 0, 0, 0, 16, 48, 0, 7, 0, 0, 0, 0, 0])
        }

        @Test("of types that JSON has nothing for is read over", arguments: BSONTests.foreign)
        func foreignTypes(_ type: UInt8, _ value: [UInt8], _ expected: BSONValue) {
            #expect(BSONDocument(bytes: Self.document(type, value)) == ["a": expected, "b": true])
        }

        /// Types that aren't written, with a value of each and what it is read as.
        static let foreign: [(UInt8, [UInt8], BSONValue)] = [
            (0x06, [], .undefined),
            (0x0B, [0x5E, 0, 0x69, 0], .other),
            (0x0C, [2, 0, 0, 0, 0x63, 0] + Array(repeating: 7, count: 12), .other),
            (0x0D, [2, 0, 0, 0, 0x78, 0], "x"),
            (0x0E, [2, 0, 0, 0, 0x79, 0], "y"),
            (0x0F, [15, 0, 0, 0, 2, 0, 0, 0, 0x78, 0, 5, 0, 0, 0, 0], .other),
            (0x11, Array(repeating: 1, count: 8), .other),
            (0x13, Array(repeating: 1, count: 16), .other),
            (0xFF, [], .other),
            (0x7F, [], .other),
        ]

        /// `{a: value, b: true}`
        private static func document(_ type: UInt8, _ value: [UInt8]) -> [UInt8] {
            let body = [type, 0x61, 0] + value + [0x08, 0x62, 0, 1, 0]
            return [UInt8(body.count + 4), 0, 0, 0] + body
        }

        @Test(
            "that breaks a rule is none",
            arguments: [
                [], [5, 0, 0, 0], [4, 0, 0, 0], [5, 0, 0, 0, 1], [6, 0, 0, 0, 0], [5, 0, 0, 0, 0, 0],
                [255, 255, 255, 255, 0], [6, 0, 0, 0, 0, 0],
                document(0x20, []), document(0x02, [0, 0, 0, 0]), document(0x02, [255, 255, 255, 255, 0]),
                document(0x02, [2, 0, 0, 0, 0x78, 0x78]), document(0x02, [2, 0, 0, 0, 0xFF, 0]),
                document(0x05, [255, 255, 255, 255, 0]), document(0x05, [100, 0, 0, 0, 0]),
                document(0x03, [255, 0, 0, 0, 0]), document(0x03, [5, 0, 0, 0, 1]), document(0x0F, [3, 0, 0, 0]),
            ] as [[UInt8]])
        func malformed(_ bytes: [UInt8]) {
            #expect(BSONDocument(bytes: bytes) == nil)
        }

        @Test("that ends early is none, wherever it does")
        func truncated() {
            let bytes = Self.all.bytes
            for length in 0..<bytes.count { #expect(BSONDocument(bytes: bytes.prefix(length)) == nil, "\(length)") }
        }

        @Test("with any byte changed is read or refused, and what is read is written again")
        func mutated() {
            let bytes = Self.all.bytes
            for position in bytes.indices {
                for value in [0, 1, 0x7F, 0x80, 0xFF, bytes[position] ^ 1] as [UInt8] {
                    var changed = bytes
                    changed[position] = value
                    guard let document = BSONDocument(bytes: changed) else { continue }
                    #expect(BSONDocument(bytes: document.bytes) != nil, "\(position) = \(value)")
                }
            }
        }

        @Test("may be 200 documents deep, and no more")
        func depth() {
            func nested(_ depth: Int) -> BSONDocument {
                (0..<depth).reduce(BSONDocument()) { document, _ in ["a": .document(document)] }
            }
            #expect(BSONDocument(bytes: nested(200).bytes) != nil)
            #expect(BSONDocument(bytes: nested(201).bytes) == nil)
            // Deep enough to break a stack, if it were followed.
            let depth = 100_000
            var bytes: [UInt8] = []
            for level in (1...depth).reversed() {
                let length = UInt32(level * 8 + 5)
                withUnsafeBytes(of: length.littleEndian) { bytes += $0 }
                bytes += [0x03, 0x61, 0]
            }
            bytes += [5, 0, 0, 0, 0] + Array(repeating: 0, count: depth)
            #expect(BSONDocument(bytes: bytes) == nil)
        }

        @Test("tells integers of every type, and no others")
        func integers() {
            #expect(BSONValue.int32(7).integer == 7)
            #expect(BSONValue.int64(.max).integer == .max)
            #expect(BSONValue.double(864_000).integer == 864_000)
            for value: BSONValue in [.double(0.5), .double(.nan), .double(1e300), "7", true, .date(7), .null] {
                #expect(value.integer == nil)
            }
        }
    }
#endif
