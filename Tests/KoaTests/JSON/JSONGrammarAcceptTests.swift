import NIOCore
import Testing

@testable import Koa

/// A text and what it reads as, written compactly.
private typealias Accepted = [(text: String, compact: String)]

@Suite("JSON.parse accepts")
struct JSONGrammarAcceptTests {
    private static let words: Accepted = [
        ("null", "null"),
        ("true", "true"),
        ("false", "false"),
        (" null", "null"),
        ("null\n", "null"),
        ("\t\r\n true \t\r\n", "true"),
    ]

    @Test("the three words", arguments: words)
    func acceptsWords(text: String, compact: String) throws {
        #expect(try JSON(parsing: text).description == compact)
    }

    private static let numbers: Accepted = [
        ("0", "0"),
        ("-0", "0"),
        ("1", "1"),
        ("-1", "-1"),
        ("10", "10"),
        ("100", "100"),
        ("123456789", "123456789"),
        ("0.0", "0"),
        ("-0.0", "0"),
        ("0.5", "0.5"),
        ("-0.5", "-0.5"),
        ("1.50", "1.5"),
        ("10.01", "10.01"),
        ("0e0", "0"),
        ("0E+5", "0"),
        ("0e-5", "0"),
        ("1e0", "1"),
        ("1E3", "1000"),
        ("1e+3", "1000"),
        ("1e-3", "0.001"),
        ("1.5e3", "1500"),
        ("1.5E-3", "0.0015"),
        ("-1.5e+3", "-1500"),
        ("1e00005", "100000"),
        ("1e22", "1e+22"),
        ("1e23", "1e+23"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"),
        ("5e-324", "5e-324"),
        ("2.2250738585072014e-308", "2.2250738585072014e-308"),
        ("1e-400", "0"),
        ("-1e-400", "0"),
        ("0e999999999999999999", "0"),
        ("9007199254740991", "9007199254740991"),
        ("9007199254740993", "9007199254740993"),
        ("9223372036854775807", "9223372036854775807"),
        ("-9223372036854775808", "-9223372036854775808"),
        ("9223372036854775808", "9223372036854775808"),
        ("18446744073709551615", "18446744073709551615"),
        ("18446744073709551616", "18446744073709552000"),
        ("-9223372036854775809", "-9223372036854775808"),
        ("100000000000000000000", "100000000000000000000"),
        ("123456789012345678901234567890", "1.2345678901234568e+29"),
        ("0.1234567890123456789", "0.12345678901234568"),
        ("3.141592653589793238462643383279", "3.141592653589793"),
        ("0.000001", "0.000001"),
        ("0.0000001", "1e-7"),
        ("8.41e21", "8.41e+21"),
        ("0.1", "0.1"),
        ("0.3", "0.3"),
        ("123.456", "123.456"),
        ("9007199254740993.0", "9007199254740992"),
        ("1.0000000000000002", "1.0000000000000002"),
        (" 1 ", "1"),
    ]

    @Test("numbers", arguments: numbers)
    func acceptsNumbers(text: String, compact: String) throws {
        #expect(try JSON(parsing: text).description == compact)
    }

    private static let strings: Accepted = [
        (#""""#, #""""#),
        (#"" ""#, #"" ""#),
        (#""a""#, #""a""#),
        (#""abcdefg""#, #""abcdefg""#),
        (#""abcdefgh""#, #""abcdefgh""#),
        (#""abcdefghi""#, #""abcdefghi""#),
        (#""abcdefghijklmnopqrstuvwxyz""#, #""abcdefghijklmnopqrstuvwxyz""#),
        (#""\"""#, #""\"""#),
        (#""\\""#, #""\\""#),
        (#""\/""#, #""/""#),
        (#""/""#, #""/""#),
        (#""\b\f\n\r\t""#, #""\b\f\n\r\t""#),
        (#""\u0041""#, #""A""#),
        (#""\u00e9""#, #""é""#),
        (#""\u00E9""#, #""é""#),
        (#""\u20ac""#, #""€""#),
        (#""\ud83d\ude00""#, #""😀""#),
        (#""\uD83D\uDE00""#, #""😀""#),
        (#""\uDBFF\uDFFF""#, "\"\u{10FFFF}\""),
        (#""\uD800\uDC00""#, "\"\u{10000}\""),
        (#""\u0000""#, #""\u0000""#),
        (#""\u001f""#, #""\u001f""#),
        (#""\u007f""#, "\"\u{7F}\""),
        ("\"\u{7F}\"", "\"\u{7F}\""),
        (#""\u2028\u2029""#, "\"\u{2028}\u{2029}\""),
        ("\"\u{2028}\"", "\"\u{2028}\""),
        (#""\uFFFE\uffff""#, "\"\u{FFFE}\u{FFFF}\""),
        (#""\uFEFF""#, "\"\u{FEFF}\""),
        (#""é""#, #""é""#),
        (#""日本語""#, #""日本語""#),
        (#""😀😀""#, #""😀😀""#),
        (#""a\u0062c""#, #""abc""#),
        (#""1234567\n""#, #""1234567\n""#),
        (#""12345678\n""#, #""12345678\n""#),
        (#""123456\"\"890""#, #""123456\"\"890""#),
        (#""\\u0041""#, #""\\u0041""#),
        (#""\\\\""#, #""\\\\""#),
        (#""[]{},:""#, #""[]{},:""#),
        (#""/* no comment */""#, #""/* no comment */""#),
        (#""e\u0301""#, "\"e\u{301}\""),
    ]

    @Test("strings", arguments: strings)
    func acceptsStrings(text: String, compact: String) throws {
        #expect(Array(try JSON(parsing: text).description.utf8) == Array(compact.utf8))
    }

    private static let structures: Accepted = [
        ("[]", "[]"),
        ("[ ]", "[]"),
        ("[\n]", "[]"),
        ("{}", "{}"),
        ("{ }", "{}"),
        ("{\t}", "{}"),
        ("[1]", "[1]"),
        ("[1,2]", "[1,2]"),
        (" [ 1 , 2 ] ", "[1,2]"),
        ("[[]]", "[[]]"),
        ("[[],[]]", "[[],[]]"),
        ("[[[1]],2]", "[[[1]],2]"),
        ("[{}]", "[{}]"),
        ("[{},{}]", "[{},{}]"),
        (#"{"a":1}"#, #"{"a":1}"#),
        (#"{"a":{}}"#, #"{"a":{}}"#),
        (#"{"a":[]}"#, #"{"a":[]}"#),
        (#"{"a":{"b":{"c":null}}}"#, #"{"a":{"b":{"c":null}}}"#),
        (#" { "a" : 1 , "b" : 2 } "#, #"{"a":1,"b":2}"#),
        (#"{"":0}"#, #"{"":0}"#),
        (#"{"b":1,"a":2}"#, #"{"b":1,"a":2}"#),
        (#"{"2":1,"1":2}"#, #"{"2":1,"1":2}"#),
        (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#),
        (#"{"a":1,"\u0061":2}"#, #"{"a":2}"#),
        (#"{"a\"b":1}"#, #"{"a\"b":1}"#),
        (#"{"__proto__":1}"#, #"{"__proto__":1}"#),
        (#"[null,true,false,0,"",[],{}]"#, #"[null,true,false,0,"",[],{}]"#),
        (#"[1,{"a":[2,{"b":[3]}]},4]"#, #"[1,{"a":[2,{"b":[3]}]},4]"#),
        ("[1\n,2\r\n,3\t]", "[1,2,3]"),
        (#"{"a":1,"aa":2,"aaa":3,"aaaaaaaa":4,"aaaaaaaaa":5}"#, #"{"a":1,"aa":2,"aaa":3,"aaaaaaaa":4,"aaaaaaaaa":5}"#),
    ]

    @Test("arrays and objects", arguments: structures)
    func acceptsStructures(text: String, compact: String) throws {
        #expect(try JSON(parsing: text).description == compact)
    }

    @Test("all of the Unicode scalars, as they are and escaped")
    func scalars() throws {
        for value in stride(from: UInt32(0x20), through: 0x10FFFF, by: 37) {
            guard let scalar = Unicode.Scalar(value), !["\"", "\\"].contains(scalar) else { continue }
            let text = String(Character(scalar))
            #expect(try JSON(parsing: "\"\(text)\"") == .string(text))
            let escaped = text.utf16.map { unit in
                let digits = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
            #expect(try JSON(parsing: "\"\(escaped.joined())\"") == .string(text))
        }
    }

    @Test("a string with an escape or a multi-byte character at every offset", arguments: 0...20)
    func offsets(length: Int) throws {
        for index in 0..<max(length, 1) {
            var characters = [String](repeating: "x", count: length)
            if length > 0 { characters[index] = "\n" }
            let lineFeed = characters.joined()
            #expect(try JSON(parsing: JSON.string(lineFeed).description) == .string(lineFeed))
            if length > 0 { characters[index] = "€" }
            let euro = characters.joined()
            #expect(try JSON(parsing: "\"\(euro)\"") == .string(euro))
        }
    }

    @Test("the same from text, bytes, a slice of bytes and a part of a buffer")
    func sources() throws {
        let expected: JSON = ["a": [1, "é"]]
        let text = #"{"a":[1,"é"]}"#
        #expect(try JSON(parsing: text) == expected)
        #expect(try JSON.parse(Array(text.utf8)) == expected)
        #expect(try JSON.parse(Array("xx\(text)yy".utf8).dropFirst(2).dropLast(2)) == expected)
        var buffer = ByteBuffer(string: "xx\(text)yy")
        buffer.moveReaderIndex(forwardBy: 2)
        buffer.moveWriterIndex(to: buffer.writerIndex - 2)
        #expect(try JSON.parse(buffer) == expected)
    }
}
