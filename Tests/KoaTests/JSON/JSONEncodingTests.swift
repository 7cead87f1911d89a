import Foundation
import NIOCore
import Testing

@testable import Koa

/// Encodes with the default settings.
private func encoded(_ value: some Encodable, _ coding: JSONCoding = .default) throws -> String {
    String(buffer: try coding.encode(value))
}

@Suite("JSONCoding.encode")
struct JSONEncodingTests {
    private struct User: Encodable {
        var id: Int
        var name: String
        var note: String?
        var admin = false
        var tags: [String] = []
    }

    @Test("writes properties in their order and leaves nil out")
    func properties() throws {
        #expect(try encoded(User(id: 1, name: "Ada")) == #"{"id":1,"name":"Ada","admin":false,"tags":[]}"#)
        let full = User(id: -2, name: "G \"H\"", note: "", admin: true, tags: ["a", "b"])
        #expect(try encoded(full) == #"{"id":-2,"name":"G \"H\"","note":"","admin":true,"tags":["a","b"]}"#)
    }

    @Test("writes an explicit nil as null")
    func explicitNil() throws {
        struct Explicit: Encodable {
            var value: Int?
            enum CodingKeys: CodingKey { case value, nothing }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(value, forKey: .value)
                try container.encodeNil(forKey: .nothing)
            }
        }
        #expect(try encoded(Explicit(value: nil)) == #"{"value":null,"nothing":null}"#)
        #expect(try encoded(Explicit(value: 1)) == #"{"value":1,"nothing":null}"#)
        #expect(try encoded([1, nil, 3] as [Int?]) == "[1,null,3]")
        #expect(try encoded(["a": nil] as [String: Int?]) == #"{"a":null}"#)
        #expect(try encoded(Int?.none) == "null")
        #expect(try encoded(Int??.some(.none)) == "null")
    }

    @Test("writes scalars at the top")
    func scalars() throws {
        #expect(try encoded("a") == #""a""#)
        #expect(try encoded(1) == "1")
        #expect(try encoded(UInt8(2)) == "2")
        #expect(try encoded(true) == "true")
        #expect(try encoded(1.5) == "1.5")
        #expect(try encoded(Float(2.5)) == "2.5")
    }

    @Test("writes arrays of every scalar, sets and tuples of arrays")
    func arrays() throws {
        #expect(try encoded([Int]()) == "[]")
        #expect(try encoded([true, false]) == "[true,false]")
        #expect(try encoded([1.5, 2]) == "[1.5,2]")
        #expect(try encoded([Float(0.5)]) == "[0.5]")
        #expect(try encoded(["a", "b"]) == #"["a","b"]"#)
        #expect(try encoded([[1], [], [2, 3]]) == "[[1],[],[2,3]]")
        #expect(try encoded([["a": 1]]) == #"[{"a":1}]"#)
        #expect(try encoded(Set([7])) == "[7]")
        #expect(try encoded(ContiguousArray([1, 2])) == "[1,2]")
        #expect(try encoded(1...3) == "[1,3]")
    }

    @Test("writes dictionaries by the type of their keys")
    func dictionaries() throws {
        struct Name: Hashable, Encodable, CodingKeyRepresentable {
            var text: String
            var codingKey: any CodingKey { JSONPathKey(stringValue: text) }
            init(_ text: String) { self.text = text }
            init?(codingKey: some CodingKey) { text = codingKey.stringValue }
        }
        enum Level: String, Hashable, Encodable, CodingKeyRepresentable { case low, high }
        #expect(try encoded(["a": 1]) == #"{"a":1}"#)
        #expect(try encoded([String: Int]()) == "{}")
        #expect(try encoded([5: "five"]) == #"{"5":"five"}"#)
        #expect(try encoded([Name("n"): 1]) == #"{"n":1}"#)
        #expect(try encoded([Level.high: 1]) == #"{"high":1}"#)
        #expect(try encoded([1.5: true]) == "[1.5,true]")
        #expect(try encoded(["a": ["b": ["c": 1]]]) == #"{"a":{"b":{"c":1}}}"#)
    }

    @Test("writes enums with and without associated values")
    func enums() throws {
        enum Shape: Encodable {
            case none
            case circle(radius: Double)
            case named(String, size: Int?)
            indirect case group([Shape])
        }
        enum Suit: String, Encodable { case hearts }
        enum Rank: Int, Encodable { case ace = 1 }
        #expect(try encoded(Shape.none) == #"{"none":{}}"#)
        #expect(try encoded(Shape.circle(radius: 1.5)) == #"{"circle":{"radius":1.5}}"#)
        #expect(try encoded(Shape.named("n", size: 2)) == #"{"named":{"_0":"n","size":2}}"#)
        #expect(try encoded(Shape.named("n", size: nil)) == #"{"named":{"_0":"n"}}"#)
        #expect(
            try encoded([Shape.group([.none, .circle(radius: 1)]), .none])
                == #"[{"group":{"_0":[{"none":{}},{"circle":{"radius":1}}]}},{"none":{}}]"#
        )
        #expect(try encoded([Suit.hearts]) == #"["hearts"]"#)
        #expect(try encoded(["r": Rank.ace]) == #"{"r":1}"#)
    }

    @Test("writes Foundation's types")
    func foundationTypes() throws {
        let url = try #require(URL(string: "https://example.com/a?b=c#d"))
        #expect(try encoded(url) == #""https://example.com/a?b=c#d""#)
        #expect(try encoded([url]) == #"["https://example.com/a?b=c#d"]"#)
        #expect(try encoded(Data([0, 255, 1])) == #""AP8B""#)
        #expect(try encoded(["d": Data()]) == #"{"d":""}"#)
        let decimal = try #require(Decimal(string: "12345678901234567890.123456789"))
        #expect(try encoded([decimal]) == "[12345678901234567890.123456789]")
        #expect(try encoded(Decimal.nan) == "null")
        let uuid = try #require(UUID(uuidString: "E621E1F8-C36C-495A-93FC-0C247A3E6E5F"))
        #expect(try encoded(uuid) == #""E621E1F8-C36C-495A-93FC-0C247A3E6E5F""#)
        struct Holder: Encodable {
            var url: URL?
            var data: Data
            var uuid: UUID
            var decimal: Decimal
        }
        let holder = Holder(url: url, data: Data([1]), uuid: uuid, decimal: 1.5)
        #expect(
            try encoded(holder)
                == #"{"url":"https://example.com/a?b=c#d","data":"AQ==","uuid":"\#(uuid.uuidString)","decimal":1.5}"#
        )
    }

    @Test("writes existentials as what they hold")
    func existentials() throws {
        let values: [any Encodable] = [1, "a", [true], User(id: 1, name: "A"), Date(timeIntervalSince1970: 0)]
        let texts = try values.map { try encoded($0) }
        #expect(texts[0..<3] == ["1", #""a""#, "[true]"])
        #expect(texts[3] == #"{"id":1,"name":"A","admin":false,"tags":[]}"#)
        #expect(texts[4] == #""1970-01-01T00:00:00.000Z""#)
        struct Holder: Encodable {
            var value: any Encodable
            enum CodingKeys: CodingKey { case value }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(value, forKey: .value)
            }
        }
        #expect(try encoded(Holder(value: [1])) == #"{"value":[1]}"#)
    }

    @Test("writes JSON values inside other types, in order")
    func json() throws {
        struct Holder: Codable, Equatable {
            var value: JSON
            var object: JSONObject
            var list: [JSON]
        }
        let holder = Holder(value: ["b": 1, "a": nil], object: ["z": 1.5, "y": [true]], list: [1, "x", nil])
        let text = #"{"value":{"b":1,"a":null},"object":{"z":1.5,"y":[true]},"list":[1,"x",null]}"#
        #expect(try encoded(holder) == text)
        #expect(try JSONCoding.default.decode(Holder.self, from: ByteBuffer(string: text)) == holder)
        let foundation = try JSONEncoder().encode(holder)
        #expect(try JSONDecoder().decode(Holder.self, from: foundation) == holder)
        #expect(try JSONCoding.default.decode(Holder.self, from: ByteBuffer(bytes: foundation)) == holder)
        #expect(try encoded(["k": JSON.null]) == #"{"k":null}"#)
        #expect(try encoded(JSONObject([("b", JSON(1)), ("a", JSON(2))])) == #"{"b":1,"a":2}"#)
    }

    @Test("writes pairs as an object in their order")
    func pairs() throws {
        var buffer = ByteBuffer(string: ">")
        try JSONCoding.default.encodeObject(
            [
                ("id", 1), ("name", "x\n"), ("a\"b", [1.5]), ("none", Int?.none), ("user", User(id: 2, name: "B")),
                ("shape", Inner.one(value: 1)),
            ],
            into: &buffer
        )
        let user = #"{"id":2,"name":"B","admin":false,"tags":[]}"#
        let expected =
            #">{"id":1,"name":"x\n","a\"b":[1.5],"none":null,"user":\#(user),"shape":{"one":{"value":1}}}"#
        #expect(String(buffer: buffer) == expected)
        var empty = ByteBuffer()
        try JSONCoding.default.encodeObject([], into: &empty)
        #expect(String(buffer: empty) == "{}")
        var nothing = ByteBuffer()
        try JSONCoding.default.encodeObject([("a", Nothing()), ("b", [Nothing()])], into: &nothing)
        #expect(String(buffer: nothing) == #"{"a":{},"b":[{}]}"#)
    }

    private enum Inner: Encodable { case one(value: Int) }

    /// A type that encodes nothing.
    private struct Nothing: Encodable {
        func encode(to encoder: any Encoder) {}
    }

    @Test("writes an empty object for what encodes nothing, but throws at the top")
    func nothing() throws {
        #expect(try encoded([Nothing()]) == "[{}]")
        #expect(try encoded(["a": Nothing()]) == #"{"a":{}}"#)
        let error = #expect(throws: EncodingError.self) { try encoded(Nothing()) }
        guard case .invalidValue(_, let context) = error else {
            Issue.record("another error")
            return
        }
        #expect(context.debugDescription == "Nothing did not encode any value.")
        struct Empty: Encodable {}
        #expect(try encoded(Empty()) == "{}")
    }

    @Test("passes on its userInfo")
    func userInfo() throws {
        let key = try #require(CodingUserInfoKey(rawValue: "unit"))
        struct Length: Codable {
            var unit: String?
            init() {}
            init(from decoder: any Decoder) throws {
                unit = decoder.userInfo.values.first as? String
            }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                try container.encode(encoder.userInfo.values.first as? String)
            }
        }
        var coding = JSONCoding()
        coding.userInfo[key] = "cm"
        #expect(try encoded([Length()], coding) == #"["cm"]"#)
        #expect(try coding.decode([Length].self, from: ByteBuffer(string: "[1]")).first?.unit == "cm")
    }
}
