import FoundationEssentials
import KoaBody
import KoaTesting
import NIOCore
import Testing

@testable import KoaBody

@Suite("Decoding a form")
struct FormDecodingTests {
    private func decode<Value: Decodable>(
        _ text: String, as type: Value.Type = Value.self, coding: JSONCoding = .default
    ) throws -> Value {
        let node = try FormText.parse(ByteBuffer(string: text), limits: FormLimits())
        return try FormReader(node: node, coding: coding).decode(type)
    }

    private struct One<Value: Decodable>: Decodable { var v: Value }
    private struct Maybe<Value: Decodable>: Decodable { var v: Value? }

    private func one<Value: Decodable>(_ text: String, _ type: Value.Type) throws -> Value {
        try decode("v=\(text)", as: One<Value>.self).v
    }

    @Test("reads numbers of each width, and nothing else as one")
    func numbers() throws {
        #expect(try one("-7", Int.self) == -7)
        #expect(try one("127", Int8.self) == 127)
        #expect(try one("-32768", Int16.self) == .min)
        #expect(try one("7", Int32.self) == 7)
        #expect(try one("9223372036854775807", Int64.self) == .max)
        #expect(try one("7", UInt.self) == 7)
        #expect(try one("255", UInt8.self) == 255)
        #expect(try one("7", UInt16.self) == 7)
        #expect(try one("7", UInt32.self) == 7)
        #expect(try one("18446744073709551615", UInt64.self) == .max)
        #expect(try one("1.5e3", Double.self) == 1500)
        #expect(try one("0.5", Float.self) == 0.5)
        for text in ["128", "1.0", "", " 1", "0x1", "1_0"] {
            #expect(throws: DecodingError.self) { try one(text, Int8.self) }
        }
        for text in ["nan", "inf", "0x1p3", "1e999", "", "1,5", "infinity"] {
            #expect(throws: DecodingError.self) { try one(text, Double.self) }
        }
        #expect(throws: DecodingError.self) { try one("-1", UInt8.self) }
    }

    @Test("reads booleans in the words that forms have for them")
    func booleans() throws {
        for text in ["true", "1", "on", "yes"] { #expect(try one(text, Bool.self)) }
        for text in ["false", "0", "off", "no"] { #expect(try !one(text, Bool.self)) }
        for text in ["", "TRUE", "2", "maybe"] {
            #expect(throws: DecodingError.self) { try one(text, Bool.self) }
        }
    }

    @Test("reads dates, URLs, data, decimals and JSON as the application's coding does")
    func scalars() throws {
        #expect(try one("2013-09-13T00:00:00Z", Date.self) == Date(timeIntervalSince1970: 1_379_030_400))
        #expect(try one("https://a.b/c", URL.self).absoluteString == "https://a.b/c")
        #expect(try one("YWI%3D", Data.self) == Data("ab".utf8))
        #expect(try one("1.10", Decimal.self) == Decimal(string: "1.1"))
        #expect(try one("x", JSON.self) == "x")
        var seconds = JSONCoding()
        seconds.dates = .secondsSince1970
        #expect(try decode("v=5", as: One<Date>.self, coding: seconds).v == Date(timeIntervalSince1970: 5))
        #expect(throws: DecodingError.self) { try one("yesterday", Date.self) }
    }

    @Test("reads enumerations by their raw values")
    func enumerations() throws {
        enum Color: String, Decodable { case red, green }
        enum Level: Int, Decodable { case low = 1 }
        #expect(try one("green", Color.self) == .green)
        #expect(try one("1", Level.self) == .low)
        #expect(throws: DecodingError.self) { try one("blue", Color.self) }
    }

    @Test("reads an empty input as nil, and as an empty text where a text is asked for")
    func empty() throws {
        #expect(try decode("v=", as: Maybe<Int>.self).v == nil)
        #expect(try decode("v=", as: Maybe<Bool>.self).v == nil)
        #expect(try decode("v=", as: Maybe<Double>.self).v == nil)
        #expect(try decode("v=", as: Maybe<Date>.self).v == nil)
        #expect(try decode("v=", as: Maybe<String>.self).v == "")
        #expect(try decode("", as: Maybe<String>.self).v == nil)
        #expect(try decode("v=3", as: Maybe<Int>.self).v == 3)
        #expect(throws: DecodingError.self) { try decode("v=x", as: Maybe<Int>.self) }
    }

    @Test("reads one value as a list of one, and a list of numbers")
    func lists() throws {
        #expect(try one("a", [String].self) == ["a"])
        #expect(try decode("v[]=1&v[]=2", as: One<[Int]>.self).v == [1, 2])
        #expect(try decode("v[]=1&v[]=2", as: One<Set<Int>>.self).v == [1, 2])
        #expect(throws: DecodingError.self) { try decode("v[]=1&v[]=2", as: One<Int>.self) }
        #expect(throws: DecodingError.self) { try decode("v[a]=1", as: One<[Int]>.self) }
    }

    @Test("reads dictionaries and nested types")
    func nested() throws {
        struct Line: Decodable, Equatable { var article: String, count: Int }
        #expect(try decode("v[a]=1&v[b]=2", as: One<[String: Int]>.self).v == ["a": 1, "b": 2])
        let lines = try decode("v[0][article]=x&v[0][count]=1&v[1].article=y&v[1].count=2", as: One<[Line]>.self).v
        #expect(lines == [Line(article: "x", count: 1), Line(article: "y", count: 2)])
    }

    @Test("takes one value for a list of one, and not for a list of a list without end")
    func listOfItself() throws {
        let tree = try decode("x=1", as: [String: Tree].self)
        #expect(tree == ["x": .node([.leaf("1")])])
        #expect(
            try decode("x[]=1&x[]=2", as: [String: Tree].self) == [
                "x": .node([.node([.leaf("1")]), .node([.leaf("2")])])
            ])
        #expect(try decode("v[]=a", as: One<[[String]]>.self).v == [["a"]])
        #expect(throws: DecodingError.self) { try one("a", [[String]].self) }
        let error = #expect(throws: DecodingError.self) { try one("x", Endless.self) }
        #expect(BodyError(try #require(error)).path == "v[0]")
    }

    @Test("reads by hand-written decoding too: nested containers and inheritance")
    func containers() throws {
        struct Hand: Decodable {
            enum Keys: String, CodingKey { case a, list, up }
            var keys: Int, first: Int, second: Int, isEnd: Bool, up: String
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Keys.self)
                keys = container.allKeys.count
                let inner = try container.nestedContainer(keyedBy: Keys.self, forKey: .a)
                up = try inner.decode(String.self, forKey: .up)
                var list = try container.nestedUnkeyedContainer(forKey: .list)
                first = try list.decode(Int.self)
                second = try list.decodeNil() ? 0 : Int(from: list.superDecoder())
                isEnd = list.isAtEnd
            }
        }
        let hand = try decode("a[up]=x&list[]=1&list[]=2&other=3", as: Hand.self)
        #expect(hand.keys == 2)
        #expect((hand.up, hand.first, hand.second, hand.isEnd) == ("x", 1, 2, true))
    }

    @Test("tells the path of what doesn't fit")
    func paths() throws {
        struct Deep: Decodable { var a: [One<Int>] }
        let error = #expect(throws: DecodingError.self) { try decode("a[0][v]=1&a[1][v]=x", as: Deep.self) }
        let described = BodyError(try #require(error))
        #expect(described.path == "a[1].v")
        #expect(described.message == "Expected an integer but found the text \"x\".")
    }

    @Test("shows only the beginning of a long text")
    func longText() throws {
        let text = String(repeating: "x", count: 10_000)
        let error = #expect(throws: DecodingError.self) { try one(text, Int.self) }
        #expect(BodyError(try #require(error)).message.count < 100)
    }

    @Test("has no file for a file, and no text for a list beyond its end")
    func files() throws {
        #expect(throws: DecodingError.self) { try one("x", UploadedFile.self) }
        #expect(throws: DecodingError.self) { try JSON("x").decode(UploadedFile.self) }
        struct Two: Decodable {
            init(from decoder: any Decoder) throws {
                var list = try decoder.unkeyedContainer()
                while true { _ = try list.decode(String.self) }
            }
        }
        #expect(throws: DecodingError.self) { try one("x", Two.self) }
    }
}

/// A type that tries a list of itself before all else.
private enum Tree: Decodable, Equatable {
    case node([Tree])
    case leaf(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let nodes = try? container.decode([Tree].self) {
            self = .node(nodes)
        } else {
            self = .leaf(try container.decode(String.self))
        }
    }
}

/// A type that is nothing but a list of itself.
private struct Endless: Decodable {
    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        _ = try list.decode(Endless.self)
    }
}
