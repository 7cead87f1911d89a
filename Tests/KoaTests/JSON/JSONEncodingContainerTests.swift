import NIOCore
import Testing

@testable import Koa

/// A value whose encoding is a closure.
private struct Custom: Encodable {
    var body: (any Encoder) throws -> Void

    init(_ body: @escaping (any Encoder) throws -> Void) {
        self.body = body
    }

    func encode(to encoder: any Encoder) throws {
        try body(encoder)
    }
}

private enum Key: String, CodingKey {
    case a, b, c, d
}

private struct Failure: Error {}

private func encoded(_ body: @escaping (any Encoder) throws -> Void) throws -> String {
    String(buffer: try JSONCoding.default.encode(Custom(body)))
}

@Suite("Containers of JSONCoding.encode")
struct JSONEncodingContainerTests {
    @Test("write nested containers in place")
    func nested() throws {
        let text = try encoded { encoder in
            var container = encoder.container(keyedBy: Key.self)
            var object = container.nestedContainer(keyedBy: Key.self, forKey: .a)
            try object.encode(1, forKey: .b)
            var list = container.nestedUnkeyedContainer(forKey: .c)
            try list.encode(2)
            var inner = list.nestedUnkeyedContainer()
            try inner.encode("x")
            var last = list.nestedContainer(keyedBy: Key.self)
            try last.encode(true, forKey: .d)
            try container.encode(3, forKey: .d)
        }
        #expect(text == #"{"a":{"b":1},"c":[2,["x"],{"d":true}],"d":3}"#)
    }

    @Test("can be filled in any order")
    func interleaved() throws {
        let text = try encoded { encoder in
            var container = encoder.container(keyedBy: Key.self)
            var first = container.nestedContainer(keyedBy: Key.self, forKey: .a)
            try container.encode(1, forKey: .b)
            var second = container.nestedUnkeyedContainer(forKey: .c)
            try first.encode(2, forKey: .a)
            try second.encode(3)
            var deep = first.nestedUnkeyedContainer(forKey: .d)
            try container.encode(4, forKey: .d)
            try first.encode(5, forKey: .b)
            try deep.encode(6)
            try second.encode(7)
            try deep.encode(8)
        }
        #expect(text == #"{"a":{"a":2,"d":[6,8],"b":5},"b":1,"c":[3,7],"d":4}"#)
    }

    @Test("are empty when nothing is written")
    func empty() throws {
        let text = try encoded { encoder in
            var container = encoder.unkeyedContainer()
            _ = container.nestedContainer(keyedBy: Key.self)
            _ = container.nestedUnkeyedContainer()
            _ = container.superEncoder()
            try container.encodeNil()
        }
        #expect(text == "[{},[],{},null]")
        #expect(try encoded { _ = $0.container(keyedBy: Key.self) } == "{}")
        #expect(try encoded { _ = $0.unkeyedContainer() } == "[]")
    }

    @Test("are taken up again when they are asked for twice")
    func twice() throws {
        let text = try encoded { encoder in
            var first = encoder.container(keyedBy: Key.self)
            try first.encode(1, forKey: .a)
            var second = encoder.container(keyedBy: JSONPathKey.self)
            try second.encode(2, forKey: .name("b"))
            try first.encode(3, forKey: .c)
        }
        #expect(text == #"{"a":1,"b":2,"c":3}"#)
        let list = try encoded { encoder in
            var first = encoder.unkeyedContainer()
            try first.encode(1)
            var second = encoder.unkeyedContainer()
            #expect(second.count == 1)
            try second.encode(2)
        }
        #expect(list == "[1,2]")
    }

    @Test("write superclasses that share the encoder, or have one of their own")
    func classes() throws {
        class Animal: Codable {
            var name = "Rex"
        }
        final class Dog: Animal {
            var age = 3
            enum CodingKeys: CodingKey { case age }
            override func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try container.encode(age, forKey: .age)
                try super.encode(to: encoder)
            }
        }
        final class Cat: Animal {
            var lives = 9
            enum CodingKeys: CodingKey { case lives }
            override init() { super.init() }
            required init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                lives = try container.decode(Int.self, forKey: .lives)
                try super.init(from: container.superDecoder())
            }
            override func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: CodingKeys.self)
                try super.encode(to: container.superEncoder())
                try container.encode(lives, forKey: .lives)
            }
        }
        #expect(String(buffer: try JSONCoding.default.encode(Dog())) == #"{"age":3,"name":"Rex"}"#)
        let buffer = try JSONCoding.default.encode([Cat()])
        #expect(String(buffer: buffer) == #"[{"super":{"name":"Rex"},"lives":9}]"#)
        let cats = try JSONCoding.default.decode([Cat].self, from: buffer)
        #expect(cats.first?.lives == 9)
        #expect(cats.first?.name == "Rex")
    }

    @Test("give super encoders that hold any value")
    func superEncoders() throws {
        let text = try encoded { encoder in
            var container = encoder.container(keyedBy: Key.self)
            var single = container.superEncoder(forKey: .a).singleValueContainer()
            var list = container.superEncoder(forKey: .b).unkeyedContainer()
            try container.encode("c", forKey: .c)
            try list.encode([1])
            try single.encode("text")
            try Custom { try "d".encode(to: $0) }.encode(to: container.superEncoder(forKey: .d))
        }
        #expect(text == #"{"a":"text","b":[[1]],"c":"c","d":"d"}"#)
    }

    @Test("write every type, keyed, unkeyed and single")
    func everyType() throws {
        let keyed = try encoded { encoder in
            var container = encoder.container(keyedBy: JSONPathKey.self)
            func key(_ name: String) -> JSONPathKey { .name(name) }
            try container.encodeNil(forKey: key("nil"))
            try container.encode(true, forKey: key("bool"))
            try container.encode("s", forKey: key("string"))
            try container.encode(1.5, forKey: key("double"))
            try container.encode(Float(0.5), forKey: key("float"))
            try container.encode(1, forKey: key("int"))
            try container.encode(Int8(2), forKey: key("int8"))
            try container.encode(Int16(3), forKey: key("int16"))
            try container.encode(Int32(4), forKey: key("int32"))
            try container.encode(Int64(5), forKey: key("int64"))
            try container.encode(UInt(6), forKey: key("uint"))
            try container.encode(UInt8(7), forKey: key("uint8"))
            try container.encode(UInt16(8), forKey: key("uint16"))
            try container.encode(UInt32(9), forKey: key("uint32"))
            try container.encode(UInt64(10), forKey: key("uint64"))
            try container.encode([11], forKey: key("list"))
            try container.encodeIfPresent(Int?.none, forKey: key("absent"))
            try container.encodeIfPresent(12, forKey: key("present"))
        }
        let expected =
            #"{"nil":null,"bool":true,"string":"s","double":1.5,"float":0.5,"int":1,"int8":2,"int16":3,"int32":4,"#
            + #""int64":5,"uint":6,"uint8":7,"uint16":8,"uint32":9,"uint64":10,"list":[11],"present":12}"#
        #expect(keyed == expected)
        let unkeyed = try encoded { encoder in
            var container = encoder.unkeyedContainer()
            try container.encodeNil()
            try container.encode(true)
            try container.encode("s")
            try container.encode(1.5)
            try container.encode(Float(0.5))
            try container.encode(1)
            try container.encode(Int8(2))
            try container.encode(Int16(3))
            try container.encode(Int32(4))
            try container.encode(Int64(5))
            try container.encode(UInt(6))
            try container.encode(UInt8(7))
            try container.encode(UInt16(8))
            try container.encode(UInt32(9))
            try container.encode(UInt64(10))
            try container.encode([11])
            try container.encode(contentsOf: [12, 13])
            #expect(container.count == 18)
        }
        #expect(unkeyed == #"[null,true,"s",1.5,0.5,1,2,3,4,5,6,7,8,9,10,[11],12,13]"#)
        func single<Value: Encodable>(_ value: Value) throws -> String {
            try encoded { encoder in
                var container = encoder.singleValueContainer()
                try container.encode(value)
            }
        }
        #expect(try single(true) == "true")
        #expect(try single(Int16(-3)) == "-3")
        #expect(try single(["a": 1]) == #"{"a":1}"#)
    }

    @Test("tell the coding path")
    func codingPath() throws {
        var paths: [String] = []
        func note(_ path: [any CodingKey]) { paths.append(JSONPathKey.text(of: path)) }
        let inner = Custom { encoder in
            note(encoder.codingPath)
            var container = encoder.container(keyedBy: Key.self)
            note(container.codingPath)
            let nested = container.nestedContainer(keyedBy: Key.self, forKey: .b)
            note(nested.codingPath)
            note(container.superEncoder().codingPath)
        }
        _ = try JSONCoding.default.encode(["x": [inner]])
        #expect(paths == ["x[0]", "x[0]", "x[0].b", "x[0].super"])
    }

    @Test("take back what a failed value wrote")
    func rollback() throws {
        let failing = Custom { encoder in
            var container = encoder.container(keyedBy: Key.self)
            try container.encode([1, 2], forKey: .a)
            var nested = container.nestedUnkeyedContainer(forKey: .b)
            try nested.encode(1)
            throw Failure()
        }
        let text = try encoded { encoder in
            var container = encoder.container(keyedBy: Key.self)
            #expect(throws: Failure.self) { try container.encode(failing, forKey: .a) }
            try container.encode(1, forKey: .b)
            #expect(throws: Failure.self) { try container.encode([[failing]], forKey: .c) }
            var list = container.nestedUnkeyedContainer(forKey: .d)
            #expect(throws: Failure.self) { try list.encode(failing) }
            try list.encode(2)
            #expect(throws: Failure.self) { try list.encode(["k": failing]) }
            #expect(encoder.codingPath.isEmpty)
        }
        #expect(text == #"{"b":1,"d":[2]}"#)
        let single = try encoded { encoder in
            var container = encoder.singleValueContainer()
            #expect(throws: Failure.self) { try container.encode(failing) }
            try container.encode("instead")
        }
        #expect(single == #""instead""#)
        let inList = try encoded { encoder in
            var container = encoder.unkeyedContainer()
            var first = container.nestedUnkeyedContainer()
            #expect(throws: Failure.self) { try container.encode(failing) }
            try first.encode(1)
        }
        #expect(inList == "[[1]]")
    }

    @Test("throw when they are used out of turn, and never write what is no JSON")
    func misuse() throws {
        let kinds = try encoded { encoder in
            var keyed = encoder.container(keyedBy: Key.self)
            try keyed.encode(1, forKey: .a)
            var list = encoder.unkeyedContainer()
            #expect(throws: EncodingError.self) { try list.encode(1) }
            var single = encoder.singleValueContainer()
            #expect(throws: EncodingError.self) { try single.encode(1) }
            var inner = list.nestedUnkeyedContainer()
            #expect(throws: EncodingError.self) { try inner.encodeNil() }
            var refused = list.nestedContainer(keyedBy: Key.self)
            #expect(throws: EncodingError.self) { try refused.encode(1, forKey: .a) }
        }
        #expect(kinds == #"{"a":1}"#)
        let two = try encoded { encoder in
            var single = encoder.singleValueContainer()
            try single.encode(1)
            #expect(throws: EncodingError.self) { try single.encode(2) }
            var keyed = encoder.container(keyedBy: Key.self)
            #expect(throws: EncodingError.self) { try keyed.encode(1, forKey: .a) }
        }
        #expect(two == "1")
        let outer = try encoded { encoder in
            var outer = encoder.container(keyedBy: Key.self)
            let copy = outer
            try outer.encode(
                Custom { _ in
                    var late = copy
                    #expect(throws: EncodingError.self) { try late.encode(1, forKey: .b) }
                },
                forKey: .a
            )
        }
        #expect(outer == #"{"a":{}}"#)
    }

    @Test("refuse what comes after the end")
    func afterTheEnd() throws {
        final class Kept {
            var container: KeyedEncodingContainer<Key>?
            var list: (any UnkeyedEncodingContainer)?
        }
        let kept = Kept()
        let text = try encoded { encoder in
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(1, forKey: .a)
            kept.list = container.nestedUnkeyedContainer(forKey: .b)
            kept.container = container
        }
        #expect(text == #"{"a":1,"b":[]}"#)
        #expect(throws: EncodingError.self) { try kept.container?.encode(2, forKey: .b) }
        #expect(throws: EncodingError.self) { try kept.list?.encode(2) }
    }
}
