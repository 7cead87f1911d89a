import Foundation
import NIOCore
import Testing

@testable import Koa

private func decoded<Value: Decodable>(
    _ type: Value.Type, _ text: String, _ coding: JSONCoding = .default
) throws -> Value {
    try coding.decode(type, from: ByteBuffer(string: text))
}

@Suite("JSONCoding.decode")
struct JSONDecodingTests {
    private struct User: Codable, Equatable {
        var id: Int
        var name: String
        var note: String?
        var score: Double?
        var admin: Bool?
        var age: Int?
        var tags: [String]?
    }

    @Test("reads properties in whatever order, and ignores other members")
    func properties() throws {
        let expected = User(id: 1, name: "Ada", note: "n", score: 1.5, admin: true, age: 36, tags: ["a"])
        let members = [
            #""id":1"#, #""name":"Ada""#, #""note":"n""#, #""score":1.5"#, #""admin":true"#, #""age":36"#,
            #""tags":["a"]"#,
        ]
        let extra = [#""x":{"id":9,"name":[{}]}"#, #""Id":2"#, #""nam":"no""#, #""names":"no""#]
        #expect(try decoded(User.self, "{\(members.joined(separator: ","))}") == expected)
        #expect(try decoded(User.self, "{\(members.reversed().joined(separator: ","))}") == expected)
        for rotation in 0..<members.count {
            let rotated = members[rotation...] + extra + members[..<rotation]
            #expect(try decoded(User.self, "{\(rotated.joined(separator: " , "))}") == expected)
        }
        let many = (0..<100).map { "\"k\($0)\":[\($0)]" }
        #expect(try decoded(User.self, "{\((many + members + many).joined(separator: ","))}") == expected)
    }

    @Test("reads what is absent or null as nil")
    func absent() throws {
        let expected = User(id: 1, name: "A")
        #expect(try decoded(User.self, #"{"id":1,"name":"A"}"#) == expected)
        let nulls = #"{"id":1,"name":"A","note":null,"score":null,"admin":null,"age":null,"tags":null}"#
        #expect(try decoded(User.self, nulls) == expected)
    }

    @Test("takes the last of equal keys, as JSON.parse does")
    func duplicates() throws {
        let text = #"{"id":1,"name":"A","id":2,"n\u0061me":"B"}"#
        #expect(try decoded(User.self, text) == User(id: 2, name: "B"))
        #expect(try decoded(User.self, #"{"n\u0061me":"B","id":1,"name":"A"}"#).name == "A")
        #expect(try decoded([String: Int].self, #"{"a":1,"b":2,"a":3}"#) == ["a": 3, "b": 2])
        let many = (0..<50).map { #""k\#($0)":0"# }.joined(separator: ",")
        #expect(try decoded(User.self, #"{"id":1,\#(many),"id":2,"name":"A"}"#).id == 2)
        #expect(try JSON(parsing: text)["id"] == 2)
    }

    @Test("finds keys with escapes, of every length, and that begin and end alike")
    func keys() throws {
        let names =
            (0...40).map { String(repeating: "k", count: $0) } + [
                "abcdefgh1ijklmnop", "abcdefgh2ijklmnop", "abcdefghXXijklmnopq", "é", "e\u{301}", "\u{E9}x", "\"", "\\",
                "\n",
                "created_at", "created_by",
            ]
        let object = JSONObject(names.enumerated().map { ($1, JSON($0)) })
        for text in [
            JSON.object(object).description, JSON.object(JSONObject(object.suffix(20).map { ($0, $1) })).description,
        ] {
            struct Reader: Decodable {
                var values: [String: Int] = [:]
                var missing = true
                init(from decoder: any Decoder) throws {
                    let container = try decoder.container(keyedBy: JSONPathKey.self)
                    for key in container.allKeys.shuffled() {
                        values[key.stringValue + "|\(key.stringValue.utf8.count)"] = try container.decode(
                            Int.self, forKey: key)
                    }
                    missing = !container.contains(.name("nowhere")) && !container.contains(.name("kK"))
                }
            }
            let reader = try decoded(Reader.self, text)
            #expect(reader.missing)
            for (name, value) in try #require(try JSON(parsing: text).object) {
                #expect(reader.values[name + "|\(name.utf8.count)"] == value.int)
            }
        }
        #expect(try decoded([String: Int].self, #"{"\u0061\n":1,"\ud83d\ude00":2}"#) == ["a\n": 1, "😀": 2])
    }

    private static let integers: [(text: String, value: Int?)] = [
        ("0", 0),
        ("-0", 0),
        ("1", 1),
        ("-1", -1),
        ("1.0", 1),
        ("1.000", 1),
        ("-0.0", 0),
        ("1e3", 1000),
        ("1.5e1", 15),
        ("1500e-2", 15),
        ("1e18", 1_000_000_000_000_000_000),
        ("9223372036854775807", .max),
        ("-9223372036854775808", .min),
        ("9223372036854775807.0", .max),
        ("9007199254740993.0", 9_007_199_254_740_993),
        ("922337203685477580.7e1", .max),
        ("0e99999", 0),
        ("0.000e99999", 0),
        ("1.5", nil),
        ("1e-1", nil),
        ("15e-2", nil),
        ("4503599627370497.2", nil),
        ("9223372036854775808", nil),
        ("-9223372036854775809", nil),
        ("1e19", nil),
        ("1e400", nil),
        ("1e99999999999999999999", nil),
        ("1e-99999999999999999999", nil),
        ("123456789012345678901234567890123456789012345678901234567890", nil),
    ]

    @Test("reads integers that fit, and never rounds", arguments: integers)
    func readsInteger(text: String, value: Int?) throws {
        guard let value else {
            let error = #expect(throws: DecodingError.self) { try decoded([Int].self, "[\(text)]") }
            guard case .dataCorrupted(let context) = error else {
                Issue.record("another error: \(String(describing: error))")
                return
            }
            #expect(context.debugDescription.hasPrefix("Expected an integer that fits in Int but found the number"))
            return
        }
        #expect(try decoded(Int.self, text) == value)
        #expect(try decoded([Int].self, "[\(text)]") == [value])
        #expect(try decoded([Int64].self, "[\(text)]") == [Int64(value)])
    }

    @Test("reads integers of each width at their bounds, and refuses those beyond")
    func widths() throws {
        func check<Integer: FixedWidthInteger & Codable>(_ type: Integer.Type) throws {
            #expect(try decoded([Integer].self, "[\(Integer.min),\(Integer.max)]") == [.min, .max])
            #expect(try decoded([String: Integer].self, #"{"a":\#(Integer.max)}"#) == ["a": .max])
            #expect(throws: DecodingError.self) { try decoded(type, "\(Double(Integer.max) * 4)") }
            #expect(throws: DecodingError.self) { try decoded(type, "-1e30") }
            #expect(throws: DecodingError.self) { try decoded(type, "0.5") }
            #expect(throws: DecodingError.self) { try decoded(type, #""1""#) }
        }
        try check(Int8.self)
        try check(Int16.self)
        try check(Int32.self)
        try check(Int64.self)
        try check(UInt8.self)
        try check(UInt16.self)
        try check(UInt32.self)
        try check(UInt64.self)
        try check(UInt.self)
        #expect(throws: DecodingError.self) { try decoded(UInt8.self, "256") }
        #expect(throws: DecodingError.self) { try decoded(Int8.self, "-129") }
        #expect(throws: DecodingError.self) { try decoded(UInt.self, "-1") }
        #expect(try decoded(UInt128.self, "340282366920938463463374607431768211455") == .max)
        #expect(try decoded(Int128.self, "-170141183460469231731687303715884105728") == .min)
    }

    private static let numbers = [
        "0", "-0", "-0.0", "0.1", "1.5", "-2.25e-3", "1e22", "1e23", "123456789012345678", "18446744073709551616",
        "1.7976931348623157e308", "5e-324", "2.4703282292062328e-324", "1e-400", "0.1234567890123456789012345",
        "9007199254740993", "8.988465674311579e307", "2.2250738585072011e-308", "4.35", "0.3e-0010", "7.038531e-26",
    ]

    @Test("reads floating-point numbers correctly rounded", arguments: numbers)
    func readsDouble(text: String) throws {
        let expected = try #require(Double(text))
        let value = try decoded(Double.self, text)
        #expect(value == expected)
        #expect(value.sign == expected.sign)
        #expect(try decoded([Double].self, "[\(text)]") == [expected])
        if let float = Float(text), float.isFinite {
            #expect(try decoded(Float.self, text) == float)
        } else {
            #expect(throws: DecodingError.self) { try decoded(Float.self, text) }
        }
    }

    @Test("refuses numbers beyond Double and Float, even where JSON.parse is not asked")
    func outOfRange() throws {
        #expect(throws: DecodingError.self) { try decoded(Double.self, "1e400") }
        #expect(throws: DecodingError.self) { try decoded([Float].self, "[1e39]") }
        #expect(throws: JSONError.self) { try decoded(JSON.self, "1e400") }
        #expect(try decoded(User.self, #"{"id":1,"name":"A","x":1e400}"#).id == 1)
    }

    @Test("reads Foundation's types")
    func foundationTypes() throws {
        #expect(try decoded(URL.self, #""https://a.b/c?d""#).absoluteString == "https://a.b/c?d")
        #expect(try decoded([URL].self, #"["/x"]"#).first?.path == "/x")
        #expect(try decoded(Data.self, #""AP8B""#) == Data([0, 255, 1]))
        #expect(try decoded(UUID.self, #""E621E1F8-C36C-495A-93FC-0C247A3E6E5F""#).uuidString.hasPrefix("E621"))
        let digits = "12345678901234567890.123456789"
        #expect(try decoded(Decimal.self, digits) == Decimal(string: digits))
        #expect(try decoded([Decimal].self, "[1e2,-0.5]") == [100, -0.5])
        #expect(throws: DecodingError.self) { try decoded(URL.self, #""""#) }
        #expect(throws: DecodingError.self) { try decoded(Data.self, #""*""#) }
        #expect(throws: DecodingError.self) { try decoded(UUID.self, #""x""#) }
        #expect(throws: DecodingError.self) { try decoded(Decimal.self, #""1""#) }
        #expect(throws: DecodingError.self) { try decoded(URL.self, "1") }
    }

    @Test("reads enums, dictionaries, optionals and nested arrays as Foundation does")
    func features() throws {
        enum Shape: Codable, Equatable {
            case none
            case circle(radius: Double)
            case named(String, size: Int?)
        }
        enum Suit: String, Codable { case hearts, spades }
        func check<Value: Codable & Equatable>(_ value: Value) throws {
            let ours = try JSONCoding.default.encode(value)
            #expect(try JSONCoding.default.decode(Value.self, from: ours) == value)
            #expect(try JSONDecoder().decode(Value.self, from: Data(ours.readableBytesView)) == value)
            let theirs = try JSONEncoder().encode(value)
            #expect(try JSONCoding.default.decode(Value.self, from: ByteBuffer(bytes: theirs)) == value)
        }
        try check([Shape.none, .circle(radius: 2.5), .named("n", size: 1), .named("m", size: nil)])
        try check([Suit.hearts: 1, .spades: 2])
        try check([Suit.spades, .hearts])
        try check([1: "a", -2: "b"])
        try check(["a": ["b": [1, nil, 3]]])
        try check([[[]], [[1], [2, 3]]] as [[[Int]]])
        try check([nil, true] as [Bool?])
        try check(1.5...2.5)
        try check(Set([1, 2, 3]))
        try check(["x", nil])
        try check(UInt64.max)
        try check([Float(0.1)])
        #expect(throws: DecodingError.self) { try decoded(Suit.self, #""clubs""#) }
        #expect(throws: DecodingError.self) { try decoded(Shape.self, "{}") }
        #expect(throws: DecodingError.self) { try decoded([Int: Int].self, #"{"x":1}"#) }
    }

    @Test("reads nested containers, in any order and more than once")
    func nestedContainers() throws {
        struct Reader: Decodable {
            enum Key: CodingKey { case a, b, c }
            var values: [Int] = []
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Key.self)
                var list = try container.nestedUnkeyedContainer(forKey: .b)
                let object = try container.nestedContainer(keyedBy: Key.self, forKey: .a)
                #expect(list.count == 4)
                values.append(try list.decode(Int.self))
                values.append(try object.decode(Int.self, forKey: .c))
                var inner = try list.nestedUnkeyedContainer()
                #expect(list.currentIndex == 2)
                let last = try list.nestedContainer(keyedBy: Key.self)
                values.append(try last.decode(Int.self, forKey: .a))
                values.append(try inner.decode(Int.self))
                #expect(inner.isAtEnd)
                #expect(try list.decodeNil())
                #expect(list.isAtEnd)
                var again = try container.nestedUnkeyedContainer(forKey: .b)
                #expect(try !again.decodeNil())
                values.append(try again.decode(Int.self))
                values.append(try container.superDecoder(forKey: .c).singleValueContainer().decode(Int.self))
                values.append(try container.decode(Int.self, forKey: .c))
            }
        }
        let reader = try decoded(Reader.self, #"{"a":{"c":2},"b":[1,[4],{"a":3},null],"c":5}"#)
        #expect(reader.values == [1, 2, 3, 4, 1, 5, 5])
    }

    @Test("leaves an unkeyed container where it is when reading an element fails")
    func retry() throws {
        struct Reader: Decodable {
            var texts: [String] = []
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                while !container.isAtEnd {
                    if let number = try? container.decode(Int.self) {
                        texts.append("int \(number)")
                    } else if let list = try? container.decode([Int].self) {
                        texts.append("list \(list)")
                    } else {
                        texts.append(try container.decode(String.self))
                    }
                }
            }
        }
        #expect(try decoded(Reader.self, #"[1,"a",[2,3],"b"]"#).texts == ["int 1", "a", "list [2, 3]", "b"])
    }

    @Test("keeps the bytes for a decoder that outlives it")
    func escaping() throws {
        struct Keeper: Decodable {
            var decoder: any Decoder
            init(from decoder: any Decoder) throws { self.decoder = decoder }
        }
        let kept = try {
            let text = #"{"key":"a text that is too long to be stored inline","n":[1,2]}"#
            return try decoded(Keeper.self, text).decoder
        }()
        let container = try kept.container(keyedBy: JSONPathKey.self)
        #expect(
            try container.decode(String.self, forKey: .name("key")) == "a text that is too long to be stored inline")
        #expect(try container.decode([Int].self, forKey: .name("n")) == [1, 2])
    }

    @Test("refuses what is not JSON, whatever the type")
    func malformed() {
        for text in ["", "{", #"{"id":1,}"#, "[1,]", "{} x", #"{"id":01}"#, "{\"a\":\"\t\"}", "nul", "'a'"] {
            #expect(throws: JSONError.self) { try decoded(User.self, text) }
            #expect(throws: JSONError.self) { try decoded([Int].self, text) }
            #expect(throws: JSONError.self) { try decoded(String.self, text) }
        }
    }

    /// Texts that Foundation's decoder or others take.
    private static let lax = ["[1,]", "[1,2,]", #"{"a":1,}"#, "\u{FEFF}[1]", "[1]\0"]

    @Test("refuses what lax readers let through", arguments: lax)
    func laxness(text: String) {
        #expect(throws: JSONError.self) { try decoded(JSON.self, text) }
        #expect(throws: JSONError.self) { try JSON(parsing: text) }
    }
}
