import NIOCore
import Testing

@testable import Koa

@Suite("JSON")
struct JSONValueTests {
    @Test("is made from literals")
    func literals() {
        let name = "Ada"
        let value: JSON = [
            "null": nil, "yes": true, "no": false, "int": -3, "double": 1.5, "text": "a\"b", "hello": "Hi \(name)",
            "list": [1, "two", [nil]], "nothing": [:], "empty": [],
        ]
        #expect(value["null"] == .null)
        #expect(value["yes"] == .bool(true))
        #expect(value["int"] == .number(-3))
        #expect(value["double"] == .number(1.5))
        #expect(value["hello"] == .string("Hi Ada"))
        #expect(value["list"] == .array([.number(1), .string("two"), .array([.null])]))
        #expect(value["nothing"] == .object(JSONObject()))
        #expect(value["empty"] == .array([]))
        let expected =
            #"{"null":null,"yes":true,"no":false,"int":-3,"double":1.5,"text":"a\"b","hello":"Hi Ada","#
            + #""list":[1,"two",[null]],"nothing":{},"empty":[]}"#
        #expect(value.description == expected)
    }

    @Test("is made from values")
    func initialisers() {
        #expect(JSON(true) == .bool(true))
        #expect(JSON(7) == .number(7))
        #expect(JSON(UInt64.max) == .number(JSONNumber(UInt64.max)))
        #expect(JSON(0.25) == .number(0.25))
        #expect(JSON("text") == .string("text"))
        #expect(JSON("text".dropFirst()) == .string("ext"))
        #expect(JSON([1, 2]) == .array([1, 2]))
        #expect(JSON(JSONObject()) == .object([:]))
    }

    @Test("answers only as what it is")
    func accessors() {
        let values: [JSON] = [nil, true, 1, 1.5, "s", [1], ["a": 1]]
        #expect(values.map(\.isNull) == [true, false, false, false, false, false, false])
        #expect(values.map(\.bool) == [nil, true, nil, nil, nil, nil, nil])
        #expect(values.map(\.int) == [nil, nil, 1, nil, nil, nil, nil])
        #expect(values.map(\.double) == [nil, nil, 1, 1.5, nil, nil, nil])
        #expect(values.map(\.string) == [nil, nil, nil, nil, "s", nil, nil])
        #expect(values.map(\.array) == [nil, nil, nil, nil, nil, [1], nil])
        #expect(values.map(\.object) == [nil, nil, nil, nil, nil, nil, ["a": 1]])
    }

    @Test("answers an integer only where it is exact")
    func int() {
        #expect(JSON(2.0).int == 2)
        #expect(JSON(2.5).int == nil)
        #expect(JSON(UInt64.max).int == nil)
        #expect(JSON(1e300).int == nil)
        #expect(JSON(Double.nan).int == nil)
        #expect(JSON(Int.min).int == .min)
    }

    @Test("reads members and elements, and nil where there are none")
    func reading() {
        let value: JSON = ["users": [["name": "Ada"], ["name": nil]]]
        #expect(value["users"]?[0]?["name"]?.string == "Ada")
        #expect(value["users"]?[1]?["name"] == .null)
        #expect(value["users"]?[1]?["age"] == nil)
        #expect(value["users"]?[2] == nil)
        #expect(value["users"]?[-1] == nil)
        #expect(value["users"]?[Int.max] == nil)
        #expect(value["users"]?["name"] == nil)
        #expect(value[0] == nil)
        #expect(JSON.null["a"] == nil)
        #expect(JSON("text")[0] == nil)
    }

    @Test("sets members in their place and adds them at the end")
    func settingMembers() {
        var value: JSON = ["a": 1, "b": ["c": 2]]
        value["a"] = "one"
        value["d"] = [1]
        value["b"]?["c"] = .null
        value["b"]?["e"] = 3
        value["x"]?["y"] = 4
        #expect(value.description == #"{"a":"one","b":{"c":null,"e":3},"d":[1]}"#)
        value["b"] = nil
        value["nowhere"] = nil
        #expect(value.description == #"{"a":"one","d":[1]}"#)
    }

    @Test("makes an object of null, and leaves what is no object alone")
    func settingOthers() {
        var value = JSON.null
        value["a"] = nil
        #expect(value == .null)
        value["a"] = 1
        #expect(value == ["a": 1])
        var list: JSON = [1]
        list["a"] = 1
        #expect(list == [1])
        var text: JSON = "text"
        text["a"] = 1
        text[0] = 1
        #expect(text == "text")
    }

    @Test("sets elements, adds one at the end, and does nothing beyond")
    func settingElements() {
        var value: JSON = [1, 2]
        value[0] = "first"
        value[2] = 3
        value[9] = 9
        value[-1] = 9
        value[1] = nil
        value[3] = nil
        #expect(value == ["first", nil, 3])
        value[2]?["a"] = 1
        #expect(value == ["first", nil, 3])
        value[1]?["a"] = 1
        #expect(value == ["first", ["a": 1], 3])
    }

    @Test("changes a copy alone")
    func copies() {
        let original: JSON = ["a": ["b": [1, 2]]]
        var copy = original
        copy["a"]?["b"]?[0] = 9
        #expect(original == ["a": ["b": [1, 2]]])
        #expect(copy == ["a": ["b": [9, 2]]])
    }

    @Test("changes nested values in place")
    func inPlace() {
        // Copying the list at each step would make this quadratic.
        var value: JSON = ["list": []]
        for index in 0..<100_000 {
            value["list"]?[index] = JSON(index)
        }
        #expect(value["list"]?.array?.count == 100_000)
        #expect(value["list"]?[99_999] == 99_999)
    }

    @Test("is equal and hashes regardless of the order of members, but not of elements")
    func equality() {
        let left: JSON = ["a": 1, "b": [1, 2]]
        let right: JSON = ["b": [1, 2], "a": 1]
        #expect(left == right)
        #expect(Set([left, right]).count == 1)
        #expect(left != ["a": 1, "b": [2, 1]])
        #expect(JSON.null != false)
        #expect(JSON(0) != "0")
        #expect(JSON([]) != .object([:]))
    }

    @Test("takes no more than three words")
    func size() {
        #expect(MemoryLayout<JSON>.size <= 17)
    }

    @Test("converts from and to other types")
    func converting() throws {
        struct User: Codable, Equatable {
            var id: Int
            var tags: [String]
        }
        let user = User(id: 1, tags: ["a"])
        let value = try JSON(encoding: user)
        #expect(value == ["id": 1, "tags": ["a"]])
        #expect(try value.decode(User.self) == user)
        #expect(throws: DecodingError.self) { try JSON([1]).decode(User.self) }
    }
}

@Suite("JSONObject")
struct JSONObjectTests {
    /// Sizes below and above that from which an object keeps an index.
    private static let sizes = [0, 1, 2, 15, 16, 17, 40]

    private static func object(_ size: Int) -> JSONObject {
        JSONObject((0..<size).map { ("k\($0)", JSON($0)) })
    }

    @Test("has the same first members as another in whatever order, small and indexed", arguments: [3, 40])
    func sameFirstMembers(_ size: Int) {
        let object = Self.object(size)
        var turned = JSONObject((0..<size).reversed().map { ("k\($0)", JSON($0)) })
        #expect(object.hasSameMembers(as: turned, first: size, size))
        turned.append("more", 1)
        #expect(object.hasSameMembers(as: turned, first: size, size))
        #expect(!object.hasSameMembers(as: turned, first: size, size + 1))
        // What stands behind the first ones isn't one of them.
        var moved = turned
        moved["k0"] = nil
        moved.append("k0", 0)
        #expect(!object.hasSameMembers(as: moved, first: size, size))
        turned["k1"] = 5
        #expect(!object.hasSameMembers(as: turned, first: size, size))
    }

    @Test("loses its last members, and finds the others", arguments: [3, 40])
    func withoutLast(_ size: Int) {
        var object = Self.object(size + 2)
        object.removeLast(2)
        #expect(object == Self.object(size))
        #expect(object["k\(size)"] == nil)
        #expect(object.position(of: "k\(size - 1)") == size - 1)
        object.setValue("new", at: 0)
        #expect(object["k0"] == "new")
        object["k\(size)"] = true
        #expect(object.count == size + 1)
    }

    @Test("keeps the order of insertion", arguments: sizes)
    func order(size: Int) {
        let object = Self.object(size)
        #expect(object.count == size)
        #expect(object.isEmpty == (size == 0))
        #expect(Array(object.keys) == (0..<size).map { "k\($0)" })
        #expect(Array(object.values) == (0..<size).map { JSON($0) })
        #expect(object.map(\.key) == Array(object.keys))
    }

    @Test("finds each key", arguments: sizes)
    func lookUp(size: Int) {
        let object = Self.object(size)
        for index in 0..<size {
            #expect(object["k\(index)"] == JSON(index))
        }
        #expect(object["k\(size)"] == nil)
        #expect(object[""] == nil)
    }

    @Test("replaces in place", arguments: sizes.dropFirst())
    func replacing(size: Int) {
        var object = Self.object(size)
        #expect(object.updateValue("new", forKey: "k0") == 0)
        object["k\(size - 1)"] = "last"
        #expect(Array(object.keys) == Array(Self.object(size).keys))
        #expect(object["k\(size - 1)"] == "last")
        #expect(object.updateValue(1, forKey: "other") == nil)
        #expect(object.last?.key == "other")
    }

    @Test("removes, and finds what is left", arguments: sizes.dropFirst())
    func removing(size: Int) {
        var object = Self.object(size)
        #expect(object.removeValue(forKey: "k0") == 0)
        #expect(object.removeValue(forKey: "k0") == nil)
        #expect(object.count == size - 1)
        for index in 1..<max(size, 1) {
            #expect(object["k\(index)"] == JSON(index))
        }
        object["k0"] = 0
        #expect(object.last?.key == "k0")
    }

    @Test("keeps the last value of equal keys at the place of the first")
    func duplicates() {
        #expect(JSONObject([("a", JSON(1)), ("b", JSON(2)), ("a", JSON(3))]).description == #"{"a":3,"b":2}"#)
        let literal: JSONObject = ["a": 1, "b": 2, "a": 3]
        #expect(literal.description == #"{"a":3,"b":2}"#)
    }

    @Test("does not move keys that look like integers to the front")
    func integerKeys() {
        let object: JSONObject = ["b": 1, "2": 2, "1": 3]
        #expect(Array(object.keys) == ["b", "2", "1"])
    }

    @Test("tells keys apart by their bytes", arguments: [0, 20])
    func canonicalEquivalence(others: Int) {
        var object = Self.object(others)
        object["\u{E9}"] = 1
        object["e\u{301}"] = 2
        #expect(object.count == others + 2)
        #expect(object["\u{E9}"] == 1)
        #expect(object["e\u{301}"] == 2)
    }

    @Test("is equal in whatever order, and only with the same members", arguments: sizes)
    func equality(size: Int) {
        let object = Self.object(size)
        let reversed = JSONObject(object.reversed().map { ($0.key, $0.value) })
        #expect(object == reversed)
        #expect(object.hashValue == reversed.hashValue)
        var other = object
        other["x"] = 1
        #expect(object != other)
        var renamed = object
        renamed.removeValue(forKey: "k0")
        renamed["x"] = 0
        #expect(size == 0 || object != renamed)
    }

    @Test("is a collection")
    func collection() {
        let object = Self.object(3)
        #expect(object[1].key == "k1")
        #expect(object.first?.value == 0)
        #expect(object.firstIndex { $0.key == "k2" } == 2)
    }
}

@Suite("JSONNumber")
struct JSONNumberTests {
    @Test("is the same for an integer and a Double of the same value")
    func equality() {
        #expect(JSONNumber(1) == JSONNumber(1.0))
        #expect(JSONNumber(1).hashValue == JSONNumber(1.0).hashValue)
        #expect(JSONNumber(-0.0) == 0)
        #expect(JSONNumber(1.5) != 1)
        #expect(JSONNumber(9_007_199_254_740_993) != JSONNumber(9_007_199_254_740_992.0))
        #expect(JSONNumber(UInt64.max) != JSONNumber(-1))
        #expect(JSONNumber(0x1p63) == JSONNumber(UInt64(1) << 63))
        #expect(JSONNumber(Int8(5)) == JSONNumber(UInt32(5)))
    }

    @Test("keeps 64-bit integers exact and rounds others")
    func exactness() {
        #expect(JSONNumber(Int64.min).exactly(Int64.self) == .min)
        #expect(JSONNumber(UInt64.max).exactly(UInt64.self) == .max)
        #expect(JSONNumber(UInt64.max).int == nil)
        #expect(JSONNumber(Int128.max).double == Double(Int128.max))
        #expect(JSONNumber(Int128(UInt64.max)).exactly(UInt64.self) == .max)
        #expect(JSONNumber(300).exactly(UInt8.self) == nil)
        #expect(JSONNumber(255).exactly(UInt8.self) == 255)
        #expect(JSONNumber(-1).exactly(UInt.self) == nil)
        #expect(JSONNumber(1e30).exactly(Int128.self) == Int128(1e30))
    }

    @Test("prints as JSON, and null for what is not finite")
    func description() {
        #expect(JSONNumber(12).description == "12")
        #expect(JSONNumber(1.25).description == "1.25")
        #expect(JSONNumber(UInt64.max).description == "18446744073709551615")
        #expect(JSONNumber(.infinity).description == "null")
        #expect(JSONNumber(.nan).description == "null")
    }
}
