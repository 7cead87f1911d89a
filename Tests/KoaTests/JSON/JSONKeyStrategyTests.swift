import Foundation
import NIOCore
import Testing

@testable import Koa

@Suite("JSONCoding.keys = .snakeCase")
struct JSONKeyStrategyTests {
    private static let coding: JSONCoding = {
        var coding = JSONCoding()
        coding.keys = .snakeCase
        return coding
    }()

    private static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try coding.decode(type, from: ByteBuffer(string: text))
    }

    private static let names = [
        "name", "firstName", "myURLProperty", "userID", "oneTwo3", "a", "aB", "Ab", "x1Y2",
        "_leading", "_leadingUpper", "already_snake", "trailing_", "", "_", "éÉcole", "isHTTPS",
    ]

    @Test("converts names as Foundation does", arguments: names)
    func toSnakeCase(name: String) throws {
        struct Holder: Encodable {
            var name: String
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: JSONPathKey.self)
                try container.encode(1, forKey: .name(name))
            }
        }
        let foundation = JSONEncoder()
        foundation.keyEncodingStrategy = .convertToSnakeCase
        let theirs = try foundation.encode(Holder(name: name))
        let ours = try Self.coding.encode(Holder(name: name))
        #expect(String(buffer: ours) == String(decoding: theirs, as: UTF8.self))
    }

    @Test("keeps capitals at the beginning together, which Foundation tears apart")
    func leadingCapitals() throws {
        #expect(JSONKeyNames.snakeCase("URLSession") == "url_session")
        #expect(JSONKeyNames.snakeCase("ABc") == "a_bc")
        #expect(JSONKeyNames.snakeCase("ID") == "id")
    }

    private static let snakes = [
        "first_name", "name", "my_url_property", "one_two_3", "_first_name", "first_name_", "__a_b__", "", "_", "__",
        "a__b", "First_Name", "FIRST_NAME", "firstName", "user_ID", "é_école",
    ]

    @Test("converts keys back as Foundation does", arguments: snakes)
    func toCamelCase(key: String) throws {
        let foundation = JSONDecoder()
        foundation.keyDecodingStrategy = .convertFromSnakeCase
        struct Keys: Decodable {
            var names: [String]
            init(from decoder: any Decoder) throws {
                names = try decoder.container(keyedBy: JSONPathKey.self).allKeys.map(\.stringValue)
            }
        }
        let text = JSON.object(JSONObject([(key, JSON(1))])).description
        let theirs = try foundation.decode(Keys.self, from: Data(text.utf8)).names
        #expect(try Self.decode(Keys.self, text).names == theirs)
    }

    private struct User: Codable, Equatable {
        var firstName: String
        var homepageURL: String?
        var address: Address?

        struct Address: Codable, Equatable {
            var zipCode: Int
        }
    }

    @Test("reads what it writes, in every depth")
    func roundTrip() throws {
        let user = User(firstName: "Ada", homepageURL: "h", address: .init(zipCode: 1))
        let buffer = try Self.coding.encode([user])
        #expect(String(buffer: buffer) == #"[{"first_name":"Ada","homepage_url":"h","address":{"zip_code":1}}]"#)
        #expect(try Self.coding.decode([User].self, from: buffer) == [user])
    }

    @Test("reads unconverted keys and other spellings too")
    func spellings() throws {
        #expect(try Self.decode(User.self, #"{"firstName":"A"}"#).firstName == "A")
        struct Numbered: Decodable {
            var oneTwo3: Int
        }
        #expect(try Self.decode(Numbered.self, #"{"one_two_3":1}"#).oneTwo3 == 1)
        #expect(try Self.decode(Numbered.self, #"{"one_two3":2}"#).oneTwo3 == 2)
        let many = (0..<100).map { #""key_\#($0)":0"# }.joined(separator: ",")
        #expect(try Self.decode(Numbered.self, "{\(many),\"one_two_3\":3}").oneTwo3 == 3)
        #expect(throws: DecodingError.self) { try Self.decode(Numbered.self, "{\(many)}") }
        #expect(throws: DecodingError.self) { try Self.decode(User.self, #"{"first name":"A"}"#) }
    }

    @Test("leaves the keys of dictionaries alone, but not those of their values")
    func dictionaries() throws {
        let users = ["someKey": User(firstName: "A"), "other_key": User(firstName: "B")]
        let buffer = try Self.coding.encode(users)
        let value = try JSON.parse(buffer)
        #expect(value["someKey"]?["first_name"] == "A")
        #expect(try Self.coding.decode([String: User].self, from: buffer) == users)
        struct Holder: Codable, Equatable {
            var extraValues: [String: Int]
            var rawJson: JSON
        }
        let holder = Holder(extraValues: ["aB": 1, "c_d": 2], rawJson: ["eF": 1, "g_h": 2])
        let text = try Self.coding.encode(holder)
        #expect(try JSON.parse(text) == ["extra_values": ["aB": 1, "c_d": 2], "raw_json": ["eF": 1, "g_h": 2]])
        #expect(try Self.coding.decode(Holder.self, from: text) == holder)
    }

    @Test("takes the last of equal keys")
    func duplicates() throws {
        #expect(try Self.decode(User.self, #"{"first_name":"A","first_name":"B"}"#).firstName == "B")
    }
}

@Suite("JSONCoding.indent and sortedKeys")
struct JSONFormattingTests {
    private static let value: JSON = [
        "b": [1, ["c": nil, "a": "x\n"]], "a": [:], "é": [], "A": 1.5, "a b": true,
    ]

    private func text(indent: Int = 0, sorted: Bool = false, _ value: JSON = value) throws -> String {
        var coding = JSONCoding()
        coding.indent = indent
        coding.sortedKeys = sorted
        return String(buffer: try coding.encode(value))
    }

    @Test("indent as JSON.stringify does")
    func indent() throws {
        let expected = """
            {
              "b": [
                1,
                {
                  "c": null,
                  "a": "x\\n"
                }
              ],
              "a": {},
              "é": [],
              "A": 1.5,
              "a b": true
            }
            """
        #expect(try text(indent: 2) == expected)
        #expect(try text(indent: 4, [1]) == "[\n    1\n]")
        #expect(try text(indent: 2, []) == "[]")
        #expect(try text(indent: 2, 5) == "5")
    }

    @Test("indent by ten spaces at most, and not below none")
    func indentBounds() throws {
        #expect(try text(indent: 1000, [1]) == "[\n          1\n]")
        #expect(try text(indent: -1, [1]) == "[1]")
    }

    @Test("sort by the bytes of the keys")
    func sorting() throws {
        let expected = #"{"A":1.5,"a":{},"a b":true,"b":[1,{"a":"x\n","c":null}],"é":[]}"#
        #expect(try text(sorted: true) == expected)
        #expect(try text(indent: 1, sorted: true, ["b": 1, "a": 2]) == "{\n \"a\": 2,\n \"b\": 1\n}")
    }

    @Test("sort what nested containers wrote, and keep exact numbers")
    func sortingCodable() throws {
        enum Shape: Encodable {
            case rectangle(width: Decimal, height: UInt64)
        }
        let width = try #require(Decimal(string: "1.2345678901234567890123"))
        var coding = JSONCoding()
        coding.sortedKeys = true
        let text = String(buffer: try coding.encode(Shape.rectangle(width: width, height: .max)))
        #expect(text == #"{"rectangle":{"height":18446744073709551615,"width":1.2345678901234567890123}}"#)
    }

    @Test("keep the last value of a key that was encoded twice")
    func duplicates() throws {
        struct Twice: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: JSONPathKey.self)
                try container.encode(1, forKey: .name("a"))
                try container.encode(2, forKey: .name("b"))
                try container.encode(3, forKey: .name("a"))
            }
        }
        var coding = JSONCoding()
        #expect(String(buffer: try coding.encode(Twice())) == #"{"a":1,"b":2,"a":3}"#)
        coding.sortedKeys = true
        #expect(String(buffer: try coding.encode(Twice())) == #"{"a":3,"b":2}"#)
    }
}
