import Foundation
import NIOCore
import Testing

@testable import Koa

@Suite("JSON and Foundation")
struct JSONDifferentialTests {
    private static let documents = [
        #"{"a":[1,-2.5e3,"x\n\u00e9",true,false,null],"b":{"c":[[],{}]}}"#,
        #"[0,1.5,-0.25,1e5,"\ud83d\ude00\\\"",{"k":"é€😀"}]"#,
        #" { "n" : 123456789 , "s" : "" } "#,
    ]

    @Test("agree on the value of whatever this reader accepts among changed documents", arguments: documents)
    func accepted(document: String) throws {
        var generator = SplitMix64(seed: 99)
        let original = Array(document.utf8)
        let alphabet = Array("{}[]\",:\\0123456789eE+-.truefalsn u/ \n\t".utf8) + [0x80, 0xC3, 0xA9, 0xFF, 0x00]
        var accepted = 0
        for _ in 0..<3000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                let byte = alphabet.randomElement(using: &generator) ?? 0x20
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = byte
                case 1: bytes.insert(byte, at: index)
                default: bytes.remove(at: index)
                }
            }
            guard let ours = try? JSON.parse(bytes) else { continue }
            accepted += 1
            let theirs = try? JSONDecoder().decode(JSON.self, from: Data(bytes))
            // Of equal keys Foundation takes the first.
            if ours != theirs {
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(theirs != nil, "\(text)")
                #expect(ours.description != theirs?.description || ours == theirs)
                #expect(ours.object != nil || ours.array != nil)
            }
        }
        #expect(accepted > 100)
    }

    @Test("refuse the same documents cut short", arguments: documents)
    func prefixes(document: String) {
        let bytes = Array(document.utf8)
        for length in 0..<bytes.count {
            let prefix = Array(bytes.prefix(length))
            let theirs = try? JSONDecoder().decode(JSON.self, from: Data(prefix))
            let ours = try? JSON.parse(prefix)
            #expect(ours == theirs)
        }
    }

    @Test("write the same text for types of every kind")
    func sameText() throws {
        struct Everything: Codable {
            var int8 = Int8.min
            var int16 = Int16.max
            var int32 = Int32.min
            var int64 = Int64.max
            var uint = UInt.max
            var uint8 = UInt8.max
            var uint16 = UInt16.max
            var uint32 = UInt32.max
            var uint64 = UInt64.max
            var double = 0.1
            var float = Float(0.1)
            var bool = true
            var string = "a\"\\/\n\u{1}é😀"
            var list = [[1, 2], []]
            var map = ["k": ["x": nil, "y": 1]] as [String: [String: Int?]]
            var absent: Int?
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var coding = JSONCoding()
        coding.sortedKeys = true
        let theirs = String(decoding: try encoder.encode(Everything()), as: UTF8.self)
        #expect(String(buffer: try coding.encode(Everything())) == theirs)
    }

    @Test("read every type, keyed, unkeyed and as one value")
    func everyType() throws {
        struct Reader: Decodable {
            var texts: [String] = []
            init(from decoder: any Decoder) throws {
                let keyed = try decoder.container(keyedBy: JSONPathKey.self)
                func key(_ name: String) -> JSONPathKey { .name(name) }
                texts.append("\(try keyed.decode(Int8.self, forKey: key("i")))")
                texts.append("\(try keyed.decode(Int16.self, forKey: key("i")))")
                texts.append("\(try keyed.decode(Int32.self, forKey: key("i")))")
                texts.append("\(try keyed.decode(Int64.self, forKey: key("i")))")
                texts.append("\(try keyed.decode(UInt.self, forKey: key("i")))")
                texts.append("\(try keyed.decode(UInt8.self, forKey: key("i")))")
                texts.append("\(try keyed.decode(UInt16.self, forKey: key("i")))")
                texts.append("\(try keyed.decode(UInt32.self, forKey: key("i")))")
                texts.append("\(try keyed.decode(UInt64.self, forKey: key("i")))")
                texts.append("\(try keyed.decode(Float.self, forKey: key("i")))")
                texts.append("\(try keyed.decode(Double.self, forKey: key("i")))")
                texts.append("\(try keyed.decode(Bool.self, forKey: key("b")))")
                texts.append(try keyed.decode(String.self, forKey: key("s")))
                texts.append("\(try keyed.decodeNil(forKey: key("n")))")
                texts.append("\(try keyed.decodeIfPresent(UInt8.self, forKey: key("i")) ?? 0)")
                texts.append("\(try keyed.decodeIfPresent(UInt8.self, forKey: key("n")) ?? 0)")
                texts.append("\(try keyed.decodeIfPresent(Float.self, forKey: key("x")) ?? 0)")
                var list = try keyed.nestedUnkeyedContainer(forKey: key("l"))
                texts.append("\(try list.decode(Int8.self))")
                texts.append("\(try list.decode(Int16.self))")
                texts.append("\(try list.decode(Int32.self))")
                texts.append("\(try list.decode(Int64.self))")
                texts.append("\(try list.decode(UInt.self))")
                texts.append("\(try list.decode(UInt8.self))")
                texts.append("\(try list.decode(UInt16.self))")
                texts.append("\(try list.decode(UInt32.self))")
                texts.append("\(try list.decode(UInt64.self))")
                texts.append("\(try list.decode(Float.self))")
                texts.append("\(try list.decode(Double.self))")
                texts.append("\(try list.decode(Bool.self))")
                texts.append(try list.decode(String.self))
                texts.append("\(try list.decodeNil())")
                texts.append("\(try list.superDecoder().singleValueContainer().decode(UInt16.self))")
                texts.append("\(try list.decodeIfPresent(Int.self) ?? -1)")
                texts.append("\(list.isAtEnd)")
            }
        }
        let text = #"{"i":7,"b":true,"s":"t","n":null,"l":[1,2,3,4,5,6,7,8,9,1.5,2.5,false,"u",null,11,null]}"#
        let theirs = try JSONDecoder().decode(Reader.self, from: Data(text.utf8))
        let ours = try JSONCoding.default.decode(Reader.self, from: ByteBuffer(string: text))
        #expect(ours.texts == theirs.texts)
        #expect(ours.texts.count == 34)
    }

    @Test("keep JSON values through each other, and through property lists")
    func otherCoders() throws {
        let value: JSON = ["a": [1, 2.5, "x", true, ["b": []]], "big": 9_223_372_036_854_775_807]
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .xml
        #expect(try PropertyListDecoder().decode(JSON.self, from: encoder.encode(value)) == value)
        #expect(try JSONDecoder().decode(JSON.self, from: JSONEncoder().encode(value)) == value)
        let object = try #require(value.object)
        #expect(try JSONDecoder().decode(JSONObject.self, from: JSONEncoder().encode(object)) == object)
        let large = JSON(UInt64.max)
        #expect(try JSONDecoder().decode([JSON].self, from: JSONEncoder().encode([large])) == [large])
    }
}
