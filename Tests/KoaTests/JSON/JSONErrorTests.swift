import Testing

@testable import Koa

@Suite("JSONError")
struct JSONErrorTests {
    private static let places: [(text: String, line: Int, column: Int, path: String)] = [
        ("x", 1, 1, ""),
        ("\nx", 2, 1, ""),
        ("\r\n x", 2, 2, ""),
        ("[1,\n2,\n  x]", 3, 3, "[2]"),
        (#"["é€😀",x]"#, 1, 8, "[1]"),
        (#"{"a":x}"#, 1, 6, "a"),
        (#"{"a":{"b":[0,{"c":x}]}}"#, 1, 19, "a.b[1].c"),
        (#"{"users":[{"name":"Ada",}]}"#, 1, 25, "users[0]"),
        (#"{"users":[1,2,3,{"name":tru}]}"#, 1, 28, "users[3].name"),
        (#"{"a":1,"b" 2}"#, 1, 12, "b"),
        (#"{"a":[],"b":[{},{}],"c":x}"#, 1, 25, "c"),
        (#"{"a":{"b":1},x}"#, 1, 14, ""),
        (#"{"a b":x}"#, 1, 8, #"["a b"]"#),
        (#"{"":x}"#, 1, 5, #"[""]"#),
        (#"{"1a":x}"#, 1, 7, #"["1a"]"#),
        (#"{"a\"b":x}"#, 1, 9, #"["a\"b"]"#),
        (#"{"a":{"first-name":x}}"#, 1, 20, "a.first-name"),
        ("[[[x]]]", 1, 4, "[0][0][0]"),
        ("[1]\n\n x", 3, 2, ""),
        ("[1,\n1e400]", 2, 1, "[1]"),
        (#"{"a":[{"n":1e999}]}"#, 1, 12, "a[0].n"),
    ]

    @Test("tells line, column and path", arguments: places)
    func tellsPlace(text: String, line: Int, column: Int, path: String) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.path == path)
    }

    private static let messages: [(text: String, message: String)] = [
        ("", "Expected a value but found the end of the text at line 1, column 1"),
        ("[1,]", #"Expected a value but found "]" at line 1, column 4, in [1]"#),
        ("[1 2]", #"Expected "," or "]" but found "2" at line 1, column 4, in [0]"#),
        (#"{"a":1 2}"#, #"Expected "," or "}" but found "2" at line 1, column 8"#),
        (#"{"a" 1}"#, #"Expected ":" but found "1" at line 1, column 6, in a"#),
        ("{é}", #"Expected a key in quotes but found "é" at line 1, column 2"#),
        ("[tru\n]", #"Expected "true" but found the byte 0xa at line 1, column 5, in [0]"#),
        ("[1] 😀", #"Expected nothing after the value but found "😀" at line 1, column 5"#),
        ("-x", #"Expected a digit but found "x" at line 1, column 2"#),
        ("\"\t\"", "A control character in a string has to be escaped: the byte 0x9 at line 1, column 2"),
        (#""\q""#, #"Unknown escape \ before "q" at line 1, column 2"#),
        (#""\ud800""#, "An escaped surrogate has no other half at line 1, column 2"),
        ("\u{FEFF}[]", "A byte order mark is not allowed before JSON at line 1, column 1"),
        ("1e400", "Expected a number that fits in Double but found the number 1e400 at line 1, column 1"),
        ("007", "A number can't begin with a zero and another digit at line 1, column 1"),
    ]

    @Test("says what was expected and what was found", arguments: messages)
    func tellsMessage(text: String, message: String) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
        #expect(error?.description == message)
    }

    @Test("shortens a very long key in a path")
    func longKey() {
        let key = String(repeating: "k", count: 10_000)
        let error = #expect(throws: JSONError.self) { try JSON(parsing: #"{"\#(key)":x}"#) }
        #expect(error?.path == String(repeating: "k", count: 256) + "…")
        let escaped = #expect(throws: JSONError.self) { try JSON(parsing: #"{"\n\#(key)":x}"#) }
        #expect((error?.path.count ?? 0) < 300)
        #expect((escaped?.path.count ?? .max) < 300)
    }

    @Test("has codes that print their name")
    func codes() {
        #expect(JSONError.Code.tooDeep.description == "tooDeep")
        #expect(JSONError.Code.tooDeep != .tooLarge)
    }
}

@Suite("JSONPosition")
struct JSONPositionTests {
    private static let text = Array("ab\ncé€d\n\n😀x".utf8)

    /// The place of each offset, counted from the beginning.
    private static func place(_ offset: Int) -> (line: Int, column: Int) {
        let before = text.prefix(offset)
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let scalars = before[lineStart...].count { $0 & 0xC0 != 0x80 }
        return (1 + before.count { $0 == 0x0A }, 1 + scalars)
    }

    @Test("finds the same place coming from any other", arguments: 0...text.count)
    func moves(start: Int) {
        Self.text.withUnsafeBytes { bytes in
            for target in 0...Self.text.count {
                var position = JSONPosition()
                position.move(to: start, in: bytes)
                position.move(to: target, in: bytes)
                let expected = Self.place(target)
                #expect(position.line == expected.line)
                // Inside a character the column is that of the character or the next.
                if target == Self.text.count || Self.text[target] & 0xC0 != 0x80 {
                    #expect(position.column == expected.column)
                }
            }
        }
    }

    @Test("stays inside the text")
    func bounds() {
        Self.text.withUnsafeBytes { bytes in
            var position = JSONPosition()
            position.move(to: .max, in: bytes)
            #expect(position.line == 4)
            position.move(to: -5, in: bytes)
            #expect(position.line == 1)
            #expect(position.column == 1)
        }
    }
}
