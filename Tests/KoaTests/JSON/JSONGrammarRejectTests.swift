import NIOCore
import Testing

@testable import Koa

/// A text, the code of its fault and the column that the fault is in.
private typealias Rejected = [(text: String, code: JSONError.Code, column: Int)]

@Suite("JSON.parse refuses")
struct JSONGrammarRejectTests {
    private static func check(_ text: String, _ code: JSONError.Code, _ column: Int) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
        #expect(error?.code == code)
        #expect(error?.line == 1)
        #expect(error?.column == column)
    }

    private static let words: Rejected = [
        ("", .unexpectedEnd, 1),
        (" ", .unexpectedEnd, 2),
        ("nul", .unexpectedEnd, 4),
        ("nulL", .unexpectedCharacter, 4),
        ("Null", .unexpectedCharacter, 1),
        ("nullx", .trailingContent, 5),
        ("t", .unexpectedEnd, 2),
        ("tru", .unexpectedEnd, 4),
        ("True", .unexpectedCharacter, 1),
        ("TRUE", .unexpectedCharacter, 1),
        ("truth", .unexpectedCharacter, 4),
        ("fals", .unexpectedEnd, 5),
        ("False", .unexpectedCharacter, 1),
        ("undefined", .unexpectedCharacter, 1),
        ("NaN", .unexpectedCharacter, 1),
        ("nan", .unexpectedCharacter, 2),
        ("Infinity", .unexpectedCharacter, 1),
        ("inf", .unexpectedCharacter, 1),
        ("None", .unexpectedCharacter, 1),
        ("true false", .trailingContent, 6),
        ("null,", .trailingContent, 5),
    ]

    @Test("what is no value", arguments: words)
    func refusesWords(text: String, code: JSONError.Code, column: Int) {
        Self.check(text, code, column)
    }

    private static let numbers: Rejected = [
        ("-", .unexpectedEnd, 2),
        ("+1", .unexpectedCharacter, 1),
        ("--1", .invalidNumber, 2),
        ("-+1", .invalidNumber, 2),
        ("- 1", .invalidNumber, 2),
        ("00", .invalidNumber, 1),
        ("01", .invalidNumber, 1),
        ("-01", .invalidNumber, 2),
        ("-00", .invalidNumber, 2),
        ("012", .invalidNumber, 1),
        ("00.5", .invalidNumber, 1),
        (".5", .unexpectedCharacter, 1),
        ("-.5", .invalidNumber, 2),
        ("1.", .unexpectedEnd, 3),
        ("1.e5", .invalidNumber, 3),
        ("1.x", .invalidNumber, 3),
        ("0.", .unexpectedEnd, 3),
        ("1e", .unexpectedEnd, 3),
        ("1E", .unexpectedEnd, 3),
        ("1e+", .unexpectedEnd, 4),
        ("1e-", .unexpectedEnd, 4),
        ("1e+-1", .invalidNumber, 4),
        ("1ex", .invalidNumber, 3),
        ("1e1.5", .trailingContent, 4),
        ("1.5.5", .trailingContent, 4),
        ("1e5e5", .trailingContent, 4),
        ("0x10", .trailingContent, 2),
        ("0b1", .trailingContent, 2),
        ("1_000", .trailingContent, 2),
        ("1,000", .trailingContent, 2),
        ("1a", .trailingContent, 2),
        ("1 2", .trailingContent, 3),
        ("-Infinity", .invalidNumber, 2),
        ("-NaN", .invalidNumber, 2),
        ("1e400", .numberOutOfRange, 1),
        ("-1e400", .numberOutOfRange, 1),
        ("1.8e308", .numberOutOfRange, 1),
        ("1e999999999999999999999", .numberOutOfRange, 1),
        ("１", .unexpectedCharacter, 1),
        ("١", .unexpectedCharacter, 1),
        ("²", .unexpectedCharacter, 1),
    ]

    @Test("numbers that are none", arguments: numbers)
    func refusesNumbers(text: String, code: JSONError.Code, column: Int) {
        Self.check(text, code, column)
    }

    private static let strings: Rejected = [
        (#"""#, .unexpectedEnd, 2),
        (#""a"#, .unexpectedEnd, 3),
        (#""a\"#, .unexpectedEnd, 4),
        (#""a\""#, .unexpectedEnd, 5),
        ("'a'", .unexpectedCharacter, 1),
        ("`a`", .unexpectedCharacter, 1),
        ("a", .unexpectedCharacter, 1),
        (#""a"b"#, .trailingContent, 4),
        (#""a""b""#, .trailingContent, 4),
        (#""\x41""#, .invalidEscape, 2),
        (#""\a""#, .invalidEscape, 2),
        (#""\'""#, .invalidEscape, 2),
        (#""\0""#, .invalidEscape, 2),
        (#""\v""#, .invalidEscape, 2),
        (#""\U0041""#, .invalidEscape, 2),
        (#""\ ""#, .invalidEscape, 2),
        (#""\é""#, .invalidEscape, 2),
        (#""\u""#, .invalidEscape, 4),
        (#""\u1""#, .invalidEscape, 5),
        (#""\u12""#, .invalidEscape, 6),
        (#""\u123""#, .invalidEscape, 7),
        (#""\u123"#, .unexpectedEnd, 7),
        (#""\u00g0""#, .invalidEscape, 6),
        (#""\u+041""#, .invalidEscape, 4),
        (#""\u{41}""#, .invalidEscape, 4),
        (#""\ud800""#, .loneSurrogate, 2),
        (#""\udbff""#, .loneSurrogate, 2),
        (#""\udc00""#, .loneSurrogate, 2),
        (#""\udfff""#, .loneSurrogate, 2),
        (#""\ud800x""#, .loneSurrogate, 2),
        (#""\ud800\n""#, .loneSurrogate, 2),
        (#""\ud800\u0041""#, .loneSurrogate, 2),
        (#""\ud800\ud800""#, .loneSurrogate, 2),
        (#""\udc00\ud800""#, .loneSurrogate, 2),
        (#""\ud800\ud800\udc00""#, .loneSurrogate, 2),
        (#""\ud800\u""#, .invalidEscape, 10),
        (#""\ud800\"#, .loneSurrogate, 2),
        ("\"\n\"", .controlCharacter, 2),
        ("\"\t\"", .controlCharacter, 2),
        ("\"\r\"", .controlCharacter, 2),
        ("\"\0\"", .controlCharacter, 2),
        ("\"\u{1F}\"", .controlCharacter, 2),
        ("\"12345678\u{1}\"", .controlCharacter, 10),
        ("\"é\u{1}\"", .controlCharacter, 3),
    ]

    @Test("strings that are none", arguments: strings)
    func refusesStrings(text: String, code: JSONError.Code, column: Int) {
        Self.check(text, code, column)
    }

    private static let structures: Rejected = [
        ("[", .unexpectedEnd, 2),
        ("]", .unexpectedCharacter, 1),
        ("{", .unexpectedEnd, 2),
        ("}", .unexpectedCharacter, 1),
        ("[1", .unexpectedEnd, 3),
        ("[1,", .unexpectedEnd, 4),
        ("[1,]", .unexpectedCharacter, 4),
        ("[,]", .unexpectedCharacter, 2),
        ("[,1]", .unexpectedCharacter, 2),
        ("[1,,2]", .unexpectedCharacter, 4),
        ("[1 2]", .unexpectedCharacter, 4),
        ("[1;2]", .unexpectedCharacter, 3),
        ("[1:2]", .unexpectedCharacter, 3),
        ("[1}", .unexpectedCharacter, 3),
        ("[}", .unexpectedCharacter, 2),
        ("[]]", .trailingContent, 3),
        ("[[]", .unexpectedEnd, 4),
        ("[][]", .trailingContent, 3),
        ("[x]", .unexpectedCharacter, 2),
        (#"["a":1]"#, .unexpectedCharacter, 5),
        ("{]", .unexpectedCharacter, 2),
        ("{,}", .unexpectedCharacter, 2),
        ("{1:2}", .unexpectedCharacter, 2),
        ("{a:1}", .unexpectedCharacter, 2),
        ("{'a':1}", .unexpectedCharacter, 2),
        ("{null:1}", .unexpectedCharacter, 2),
        (#"{"a""#, .unexpectedEnd, 5),
        (#"{"a"}"#, .unexpectedCharacter, 5),
        (#"{"a" 1}"#, .unexpectedCharacter, 6),
        (#"{"a","b"}"#, .unexpectedCharacter, 5),
        (#"{"a"=1}"#, .unexpectedCharacter, 5),
        (#"{"a"::1}"#, .unexpectedCharacter, 6),
        (#"{"a":"#, .unexpectedEnd, 6),
        (#"{"a":}"#, .unexpectedCharacter, 6),
        (#"{"a":,}"#, .unexpectedCharacter, 6),
        (#"{"a":1"#, .unexpectedEnd, 7),
        (#"{"a":1,"#, .unexpectedEnd, 8),
        (#"{"a":1,}"#, .unexpectedCharacter, 8),
        (#"{"a":1,,"b":2}"#, .unexpectedCharacter, 8),
        (#"{"a":1 "b":2}"#, .unexpectedCharacter, 8),
        (#"{"a":1]"#, .unexpectedCharacter, 7),
        (#"{"a":1}}"#, .trailingContent, 8),
        (#"{"a":1,1}"#, .unexpectedCharacter, 8),
        (#"{"a":1,"b"}"#, .unexpectedCharacter, 11),
        (#"{[]:1}"#, .unexpectedCharacter, 2),
        ("[1]//", .trailingContent, 4),
        ("[1]/* */", .trailingContent, 4),
        ("// x\n1", .unexpectedCharacter, 1),
        ("/* x */ 1", .unexpectedCharacter, 1),
        ("# x", .unexpectedCharacter, 1),
        ("[1] null", .trailingContent, 5),
        ("\u{FEFF}1", .byteOrderMark, 1),
        ("1\u{FEFF}", .trailingContent, 2),
        ("\u{A0}1", .unexpectedCharacter, 1),
        ("[\u{2028}1]", .unexpectedCharacter, 2),
        ("\u{B}1", .unexpectedCharacter, 1),
        ("\u{C}1", .unexpectedCharacter, 1),
        ("\01", .unexpectedCharacter, 1),
        ("1\0", .trailingContent, 2),
        ("[1,\u{B}2]", .unexpectedCharacter, 4),
    ]

    @Test("structures that are none", arguments: structures)
    func refusesStructures(text: String, code: JSONError.Code, column: Int) {
        Self.check(text, code, column)
    }

    private static let illFormed: [[UInt8]] = [
        [0x80],
        [0xBF],
        [0xC0, 0x80],
        [0xC1, 0xBF],
        [0xC2],
        [0xC2, 0x41],
        [0xC2, 0xC2],
        [0xE0, 0x80, 0x80],
        [0xE0, 0x9F, 0xBF],
        [0xE2, 0x82],
        [0xE2, 0x82, 0x41],
        [0xE2, 0x41, 0x82],
        [0xED, 0xA0, 0x80],
        [0xED, 0xBF, 0xBF],
        [0xF0, 0x80, 0x80, 0x80],
        [0xF0, 0x8F, 0xBF, 0xBF],
        [0xF0, 0x9F, 0x98],
        [0xF0, 0x9F, 0x98, 0x41],
        [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80],
        [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xFE],
        [0xFF],
    ]

    @Test("bytes that are not UTF-8, in strings and keys", arguments: illFormed)
    func refusesIllFormed(bytes: [UInt8]) {
        let quoted = Array("\"abc".utf8) + bytes + Array("\"".utf8)
        let value = #expect(throws: JSONError.self) { try JSON.parse(quoted) }
        #expect(value?.code == .invalidUTF8)
        #expect(value?.column == 5)
        let key = #expect(throws: JSONError.self) {
            try JSON.parse(Array("{".utf8) + quoted + Array(":1}".utf8))
        }
        #expect(key?.code == .invalidUTF8)
        #expect(throws: JSONError.self) { try JSON.parse(bytes) }
        #expect(throws: JSONError.self) { try JSON.parse(Array("\"".utf8) + bytes) }
    }

    @Test("other encodings of Unicode")
    func encodings() {
        #expect(throws: JSONError.self) { try JSON.parse([0x5B, 0x00, 0x5D, 0x00]) }
        #expect(throws: JSONError.self) { try JSON.parse([0x00, 0x5B, 0x00, 0x5D]) }
        #expect(throws: JSONError.self) { try JSON.parse([0xFE, 0xFF, 0x00, 0x31]) }
        #expect(throws: JSONError.self) { try JSON.parse([0xFF, 0xFE, 0x31, 0x00]) }
        #expect(throws: JSONError.self) { try JSON.parse([0x00]) }
    }

    @Test("every proper beginning of a document")
    func beginnings() throws {
        let document = #"{"a":[1,-2.5e3,"x\n\u00e9\ud83d\ude00é€😀",true,false,null,{}],"b":{"c":[[]]}}"#
        let bytes = Array(document.utf8)
        _ = try JSON.parse(bytes)
        for length in 0..<bytes.count {
            #expect(throws: JSONError.self) { try JSON.parse(bytes.prefix(length)) }
        }
    }

    @Test("or accepts, but never traps on, a document with any one byte changed")
    func mutations() {
        let bytes = Array(#"{"a":[1,-2.5e3,"\n\u00e9\ud83d\ude00é"],"b":null}"#.utf8)
        var refused = 0
        for index in bytes.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = bytes
                changed[index] = byte
                do {
                    let value = try JSON.parse(changed)
                    #expect((try? JSON(parsing: value.description)) == value)
                } catch {
                    refused += 1
                }
            }
        }
        #expect(refused > bytes.count * 128)
    }
}
