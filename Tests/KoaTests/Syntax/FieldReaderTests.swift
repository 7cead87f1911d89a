import Testing

@testable import Koa

@Suite("A cursor over a field value")
struct FieldReaderTests {
    @Test("takes tokens, characters and space")
    func tokens() {
        var reader = FieldReader("text \t; q=0.5")
        #expect(reader.readToken() == "text")
        #expect(reader.readToken() == nil)
        #expect(reader.take(";") == false)
        reader.skipWhitespace()
        #expect(reader.next == UInt8(ascii: ";"))
        #expect(reader.take(";") == true)
        reader.skipWhitespace()
        #expect(reader.readTokenOrQuotedString() == "q")
        #expect(reader.take("=") == true)
        #expect(!reader.isAtEnd)
        #expect(reader.readTokenOrQuotedString() == "0.5")
        #expect(reader.isAtEnd)
        #expect(reader.next == nil)
        #expect(reader.take("a") == false)
    }

    static let quoted: [(String, String?)] = [
        (#""""#, ""), (#""a""#, "a"), (#""a b""#, "a b"), (#""a\"b""#, "a\"b"), (#""a\\""#, "a\\"), (#""\a""#, "a"),
        ("\"a\tb\"", "a\tb"),
        (#""é""#, "é"), (#""\é""#, "é"), (#""a"#, nil), (#"""#, nil), (#""\""#, nil), (#""a\"#, nil), ("\"\n\"", nil),
        ("\"\0\"", nil),
        (#""日""#, nil), ("\"\u{7F}\"", nil), ("a", nil), ("", nil),
    ]

    @Test("undoes a quoted string", arguments: quoted)
    func quotedStrings(text: String, expected: String?) {
        var reader = FieldReader(text + (expected == nil ? "" : "rest"))
        #expect(reader.readQuotedString() == expected)
        #expect(expected == nil || reader.readToken() == "rest")
    }
}
