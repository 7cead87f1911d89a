import FoundationEssentials
import NIOCore
import Testing

@testable import Koa

@Suite("JSONCoding.decode says what is wrong")
struct JSONDecodingErrorTests {
    private struct User: Decodable {
        var name: String
        var age: Int
        var address: Address?
        var tags: [String]?
        var small: UInt8?
        var flag: Bool?
        var ratio: Double?

        struct Address: Decodable {
            var city: String
        }
    }

    private struct Page: Decodable {
        var users: [User]
    }

    private enum Kind {
        case missing, null, type, corrupted
    }

    private static func check<Value: Decodable>(
        _ type: Value.Type, _ text: String, _ kind: Kind, path: String, message: String
    ) throws {
        let error = #expect(throws: DecodingError.self) {
            try JSONCoding.default.decode(type, from: ByteBuffer(string: text))
        }
        let (actual, context): (Kind, DecodingError.Context) =
            switch try #require(error) {
            case .keyNotFound(_, let context): (.missing, context)
            case .valueNotFound(_, let context): (.null, context)
            case .typeMismatch(_, let context): (.type, context)
            case .dataCorrupted(let context): (.corrupted, context)
            @unknown default: throw CancellationError()
            }
        #expect(actual == kind)
        #expect(JSONPathKey.text(of: context.codingPath) == path)
        #expect(context.debugDescription == message)
    }

    @Test("a key that is not there")
    func missing() throws {
        try Self.check(
            User.self, #"{"name":"A"}"#, .missing, path: "",
            message: #"No value for the key "age" in the object at line 1, column 1."#
        )
        try Self.check(
            Page.self, #"{"users":[{"name":"A","age":1},{"age":2}]}"#, .missing, path: "users[1]",
            message: #"No value for the key "name" in the object at line 1, column 32."#
        )
        try Self.check(
            Page.self, "{}", .missing, path: "",
            message: #"No value for the key "users" in the object at line 1, column 1."#
        )
    }

    @Test("null where a value has to be")
    func null() throws {
        try Self.check(
            Page.self, #"{"users":[{"name":null,"age":1}]}"#, .null, path: "users[0].name",
            message: "Expected a string but found null at line 1, column 19."
        )
        try Self.check(
            Page.self, #"{"users":[null]}"#, .null, path: "users[0]",
            message: "Expected an object but found null at line 1, column 11."
        )
        try Self.check(
            [Int].self, "null", .null, path: "", message: "Expected an array but found null at line 1, column 1.")
        try Self.check(
            [[Int]].self, "[[1],[2,null]]", .null, path: "[1][1]",
            message: "Expected an integer but found null at line 1, column 9."
        )
    }

    @Test("a value of another kind")
    func type() throws {
        let text = """
            {
              "users": [
                {"name": "Ada", "age": 36},
                {"name": "é", "age": "36"}
              ]
            }
            """
        try Self.check(
            Page.self, text, .type, path: "users[1].age",
            message: #"Expected an integer but found the string "36" at line 4, column 26."#
        )
        let cases: [(member: String, path: String, message: String)] = [
            (#""name":1"#, "name", "Expected a string but found the number 1 at line 1, column 9."),
            (#""name":[1,2]"#, "name", "Expected a string but found an array of 2 elements at line 1, column 9."),
            (#""name":{}"#, "name", "Expected a string but found an object of 0 members at line 1, column 9."),
            (#""flag":1"#, "flag", "Expected true or false but found the number 1 at line 1, column 9."),
            (#""ratio":"1""#, "ratio", #"Expected a number but found the string "1" at line 1, column 10."#),
            (#""tags":["a",1]"#, "tags[1]", "Expected a string but found the number 1 at line 1, column 14."),
            (#""tags":"a""#, "tags", #"Expected an array but found the string "a" at line 1, column 9."#),
            (#""address":[5]"#, "address", "Expected an object but found an array of 1 element at line 1, column 12."),
            (#""address":{"city":true}"#, "address.city", "Expected a string but found true at line 1, column 20."),
            (#""small":false"#, "small", "Expected an integer but found false at line 1, column 10."),
        ]
        for (member, path, message) in cases {
            let defaults = member.hasPrefix(#""name""#) ? #""age":1"# : #""name":"A","age":1"#
            try Self.check(User.self, "{\(member),\(defaults)}", .type, path: path, message: message)
        }
    }

    @Test("a number that does not fit")
    func corrupted() throws {
        let member = #""name":"A","age":1"#
        try Self.check(
            User.self, #"{"small":300,\#(member)}"#, .corrupted, path: "small",
            message: "Expected an integer that fits in UInt8 but found the number 300 at line 1, column 10."
        )
        try Self.check(
            User.self, #"{"small":-1,\#(member)}"#, .corrupted, path: "small",
            message: "Expected an integer that fits in UInt8 but found the number -1 at line 1, column 10."
        )
        try Self.check(
            [Int].self, "[1, 2.5]", .corrupted, path: "[1]",
            message: "Expected an integer that fits in Int but found the number 2.5 at line 1, column 5."
        )
        try Self.check(
            [Double].self, "[1e999]", .corrupted, path: "[0]",
            message: "Expected a number that fits in Double but found the number 1e999 at line 1, column 2."
        )
    }

    @Test("a long value by its beginning alone")
    func snippets() throws {
        let long = String(repeating: "é", count: 500)
        try Self.check(
            [Int].self, "[\"\(long)\"]", .type, path: "[0]",
            message:
                "Expected an integer but found the string \"\(String(repeating: "é", count: 20))…\" at line 1, column 2."
        )
        let odd = "x" + long
        try Self.check(
            [Int].self, "[\"\(odd)\"]", .type, path: "[0]",
            message:
                "Expected an integer but found the string \"x\(String(repeating: "é", count: 19))…\" at line 1, column 2."
        )
        let digits = String(repeating: "9", count: 1000)
        try Self.check(
            Int.self, digits, .corrupted, path: "",
            message: "Expected an integer that fits in Int but found the number "
                + String(repeating: "9", count: 40) + "… at line 1, column 1."
        )
    }

    @Test("reading on behind the end of an array")
    func exhausted() throws {
        struct Pair: Decodable {
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                _ = try container.decode(Int.self)
                _ = try container.decode(Int.self)
            }
        }
        struct Nil: Decodable {
            init(from decoder: any Decoder) throws {
                var container = try decoder.unkeyedContainer()
                _ = try container.decodeNil()
            }
        }
        try Self.check(
            [Pair].self, "[[1,2],[1]]", .null, path: "[1][1]",
            message: "The array at line 1, column 8 has only 1 elements."
        )
        try Self.check(
            Nil.self, "[]", .null, path: "[0]", message: "The array at line 1, column 1 has only 0 elements.")
    }

    @Test("a date, a URL or Base64 that is none")
    func texts() throws {
        struct Event: Decodable {
            var at: Date?
            var data: Data?
        }
        try Self.check(
            Event.self, #"{"at":"yesterday"}"#, .corrupted, path: "at",
            message: #"Expected an ISO 8601 date but found the string "yesterday" at line 1, column 7."#
        )
        try Self.check(
            Event.self, #"{"data":"?"}"#, .corrupted, path: "data",
            message: #"Expected Base64 but found the string "?" at line 1, column 9."#
        )
        try Self.check(
            Event.self, #"{"at":1}"#, .type, path: "at",
            message: "Expected a string but found the number 1 at line 1, column 7."
        )
    }

    @Test("the coding path to every decoder and container")
    func codingPath() throws {
        struct Inner: Decodable {
            enum Key: CodingKey { case list, object }
            init(from decoder: any Decoder) throws {
                func text(_ path: [any CodingKey]) -> String { JSONPathKey.text(of: path) }
                #expect(text(decoder.codingPath) == "a[1]")
                let container = try decoder.container(keyedBy: Key.self)
                #expect(text(container.codingPath) == "a[1]")
                var list = try container.nestedUnkeyedContainer(forKey: .list)
                #expect(text(list.codingPath) == "a[1].list")
                _ = try list.decode(Int.self)
                let deep = try list.nestedUnkeyedContainer()
                #expect(text(deep.codingPath) == "a[1].list[1]")
                let object = try container.nestedContainer(keyedBy: Key.self, forKey: .object)
                #expect(text(object.codingPath) == "a[1].object")
                #expect(text(try container.superDecoder(forKey: .object).codingPath) == "a[1].object")
                #expect(text(try decoder.singleValueContainer().codingPath) == "a[1]")
            }
        }
        struct Outer: Decodable {
            enum Key: CodingKey { case a }
            init(from decoder: any Decoder) throws {
                #expect(decoder.codingPath.isEmpty)
                var list = try decoder.container(keyedBy: Key.self).nestedUnkeyedContainer(forKey: .a)
                _ = try list.decode(Int.self)
                _ = try list.decode(Inner.self)
            }
        }
        _ = try JSONCoding.default.decode(
            Outer.self, from: ByteBuffer(string: #"{"a":[0,{"list":[1,[2]],"object":{}}]}"#)
        )
    }

    @Test("a super value that is not there")
    func superMissing() throws {
        struct Reader: Decodable {
            init(from decoder: any Decoder) throws {
                _ = try decoder.container(keyedBy: JSONPathKey.self).superDecoder()
            }
        }
        try Self.check(
            Reader.self, "{}", .missing, path: "",
            message: #"No value for the key "super" in the object at line 1, column 1."#
        )
    }
}
