import Testing

@testable import Koa

@Suite("JSONText")
struct JSONTextTests {
    @Test("marks the first special byte of eight, for every byte at every place")
    func special() {
        for byte in UInt8.min...UInt8.max {
            for place in 0..<8 {
                var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 8)
                bytes[place] = byte
                let word = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self).littleEndian }
                let marks = JSONText.special(word)
                #expect((marks != 0) == JSONText.isSpecial(byte))
                if marks != 0 {
                    #expect(marks.trailingZeroBitCount / 8 == place)
                }
            }
        }
    }

    @Test("finds where plain characters end, whatever follows")
    func plainEnd() {
        for length in 0...24 {
            for end in 0...length {
                for stop in ["\"", "\\", "\u{1}", "é"] {
                    let text = String(repeating: "x", count: end) + stop + String(repeating: "\"", count: length)
                    JSONText.withBytes(of: text) { bytes, count in
                        #expect(JSONText.plainEnd(bytes, from: 0, to: count) == end)
                        #expect(JSONText.plainEnd(bytes, from: 0, to: end) == end)
                    }
                }
            }
        }
    }

    @Test("knows well-formed UTF-8 as the standard library does, for all beginnings of three bytes")
    func sequences() {
        for first in UInt8(0x80)...0xFF {
            for second in stride(from: UInt8(0x70), through: 0xCF, by: 1) {
                for rest: [UInt8] in [
                    [], [0x80], [0xBF], [0x41], [0x80, 0x80], [0xBF, 0xBF], [0x80, 0x41], [0x41, 0x80],
                ] {
                    let bytes = [first, second] + rest
                    let length = JSONText.sequenceLength(bytes, available: bytes.count)
                    var decoder = UTF8()
                    var iterator = bytes.makeIterator()
                    if case .scalarValue(let scalar) = decoder.decode(&iterator) {
                        #expect(length == String(Character(scalar)).utf8.count)
                    } else {
                        #expect(length == 0)
                    }
                }
            }
        }
        #expect(JSONText.sequenceLength([0x41], available: 1) == 1)
        #expect(JSONText.sequenceLength([0x41], available: 0) == 0)
    }

    @Test("reads hexadecimal digits and nothing else")
    func hexDigits() {
        for byte in UInt8.min...UInt8.max {
            let character = Character(Unicode.Scalar(byte))
            let expected = byte < 0x80 ? character.hexDigitValue.map(UInt32.init) : nil
            #expect(JSONText.hexDigit(byte) == expected)
        }
    }

    @Test("has one signature for equal keys, and others for near ones")
    func signatures() {
        var seen: Set<UInt64> = []
        for length in 0...30 {
            let key = String(repeating: "k", count: length)
            #expect(JSONText.signature(of: key) == JSONText.signature(of: String(Array(key))))
            seen.insert(JSONText.signature(of: key))
            seen.insert(JSONText.signature(of: key + "a"))
            seen.insert(JSONText.signature(of: "a" + key))
        }
        #expect(seen.count == 31 + 31 + 30)
    }

    @Test("resolves escapes")
    func unescaped() {
        func text(_ escaped: String) -> String {
            JSONText.withBytes(of: escaped) { JSONText.unescaped($0, count: $1) }
        }
        #expect(text("") == "")
        #expect(text("plain é") == "plain é")
        #expect(text(#"\b\f\n\r\t\"\\\/"#) == "\u{8}\u{C}\n\r\t\"\\/")
        #expect(text(#"a\u0000b\uD83D\uDE00c"#) == "a\0b😀c")
    }

    @Test("compares bytes at every length")
    func equality() {
        for length in 0...20 {
            let text = String(repeating: "x", count: length)
            #expect(JSONText.areIdentical(text, String(Array(text))))
            #expect(!JSONText.areIdentical(text, text + "x"))
            for index in 0..<length {
                var other = Array(text)
                other[index] = "y"
                #expect(!JSONText.areIdentical(text, String(other)))
            }
        }
        #expect(!JSONText.areIdentical("\u{E9}x", "e\u{301}"))
    }
}

@Suite("JSONMemberName")
struct JSONMemberNameTests {
    @Test("is equal, and hashes, by bytes")
    func bytes() {
        #expect(JSONMemberName("a") == JSONMemberName("a"))
        #expect(JSONMemberName("\u{E9}") != JSONMemberName("e\u{301}"))
        #expect(Set(["a", "b", "a", "\u{E9}", "e\u{301}"].map(JSONMemberName.init)).count == 4)
    }
}

@Suite("JSONPathKey")
struct JSONPathKeyTests {
    @Test("is written as a program would")
    func text() {
        let path: [JSONPathKey] = [.name("users"), .index(3), .name("first name"), .name("x-y"), .index(0), .name("")]
        #expect(JSONPathKey.text(of: path) == #"users[3]["first name"].x-y[0][""]"#)
        #expect(JSONPathKey.text(of: [JSONPathKey]()) == "")
        #expect(JSONPathKey.text(of: [.index(1), .index(2)] as [JSONPathKey]) == "[1][2]")
        #expect(JSONPathKey.text(of: [.name("1")] as [JSONPathKey]) == #"["1"]"#)
        #expect(JSONPathKey.text(of: [.name("é"), .name("$ref"), .name("_a")] as [JSONPathKey]) == "é.$ref._a")
    }

    @Test("is a coding key")
    func codingKey() {
        #expect(JSONPathKey(intValue: 2).intValue == 2)
        #expect(JSONPathKey(intValue: 2).stringValue == "Index 2")
        #expect(JSONPathKey(stringValue: "2").intValue == nil)
        #expect(JSONPathKey(stringValue: "2").stringValue == "2")
    }
}

@Suite("JSONTapeEntry")
struct JSONTapeEntryTests {
    @Test("holds its fields apart, at their bounds")
    func packing() {
        #expect(MemoryLayout<JSONTapeEntry>.size == 16)
        var entry = JSONTapeEntry(
            .irregularObject, offset: JSONLimits.maximumBytes, length: JSONLimits.maximumBytes, payload: 0
        )
        #expect(entry.kind == .irregularObject)
        #expect(entry.offset == UInt32(JSONLimits.maximumBytes))
        #expect(entry.length == JSONLimits.maximumBytes)
        entry.next = Int(UInt32.max)
        #expect(entry.cursor == 0)
        entry.cursor = 7
        #expect(entry.next == Int(UInt32.max))
        entry.next = 5
        #expect(entry.cursor == 7)
        #expect(entry.next == 5)
    }

    private static let kinds: [JSONKind] = [
        .null, .true, .false, .integer, .double, .number, .string, .escapedString, .array, .object, .irregularObject,
    ]

    @Test("knows each kind", arguments: kinds)
    func knowsKind(kind: JSONKind) {
        let entry = JSONTapeEntry(kind, offset: 1, length: 2, payload: 3)
        #expect(entry.kind == kind)
        #expect(entry.length == 2)
        #expect(kind.isContainer == [.array, .object, .irregularObject].contains(kind))
        #expect(kind.isObject == [.object, .irregularObject].contains(kind))
        #expect(kind.isNumber == [.integer, .double, .number].contains(kind))
    }
}

@Suite("JSONTape.plainInteger")
struct JSONPlainIntegerTests {
    private static let numbers: [(number: String, digits: String?)] = [
        ("0", "0"),
        ("-0.00e5", "0"),
        ("12", "12"),
        ("-12", "-12"),
        ("12.0", "12"),
        ("1.2e1", "12"),
        ("120e-1", "12"),
        ("1.20e+2", "120"),
        ("0.012e3", "12"),
        ("1e40", "1" + String(repeating: "0", count: 40)),
        ("1e41", nil),
        ("1.2", nil),
        ("12e-1", nil),
        ("0.5", nil),
        ("1e9223372036854775807", nil),
        ("1e9223372036854775808", nil),
        ("1.5e-9223372036854775808", nil),
    ]

    @Test("shifts the digits, and refuses what is no integer", arguments: numbers)
    func shifts(number: String, digits: String?) {
        #expect(JSONTape.plainInteger(number) == digits)
    }
}
