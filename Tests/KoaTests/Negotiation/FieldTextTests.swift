import Testing

@testable import Koa

@Suite("FieldText")
struct FieldTextTests {
    @Test("knows exactly the token bytes")
    func tokenBytes() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        let expected = Set("!#$%&'*+-.^_`|~0123456789\(letters)".utf8)
        #expect(Set((0...255).filter { FieldText.isTokenByte($0) }) == expected)
        #expect(FieldText.isToken("x-Y_1"))
        #expect(!FieldText.isToken(""))
        #expect(!FieldText.isToken("a b"))
    }

    static let trimmed: [(String, String)] = [
        ("", ""), (" ", ""), ("\t \t", ""), ("a", "a"), (" a b\t", "a b"), ("\na ", "\na"), ("\u{A0}a", "\u{A0}a"),
        (" e\u{301} ", "e\u{301}"),
    ]

    @Test("trims spaces and tabs", arguments: trimmed)
    func trims(_ text: String, _ expected: String) {
        #expect(FieldText.trim(text[...]) == expected[...])
    }

    @Test("compares without regard to the case of ASCII letters")
    func equals() {
        #expect(FieldText.equalsIgnoringCase("Content-TYPE", "content-type"))
        #expect(FieldText.equalsIgnoringCase("", ""))
        #expect(!FieldText.equalsIgnoringCase("a", "ab"))
        #expect(!FieldText.equalsIgnoringCase("É", "é"))
        #expect(!FieldText.equalsIgnoringCase("@", "`"))
        #expect(!FieldText.equalsIgnoringCase("[", "{"))
    }

    @Test("cuts at the first of a byte")
    func cuts() {
        let equals = UInt8(ascii: "=")
        #expect(FieldText.cut("a=b=c", at: equals) == ("a", "b=c"))
        #expect(FieldText.cut("=", at: equals) == ("", ""))
        #expect(FieldText.cut("a", at: equals) == ("a", nil))
    }
}

@Suite("FieldParts")
struct FieldPartsTests {
    static let escaped: [(String, [String])] = [
        ("", [""]), ("a", ["a"]), ("a,b", ["a", "b"]), (" a , b\t,c ", ["a", "b", "c"]), (",", ["", ""]),
        ("a,,b,", ["a", "", "b", ""]), (#"a;x="1,2",b"#, [#"a;x="1,2""#, "b"]), (#""\",",b"#, [#""\",""#, "b"]),
        (#""\\",b"#, [#""\\""#, "b"]), (#"\",b"#, [#"\",b"#]), (#"\,b"#, [#"\"#, "b"]), (#""a,b"#, [#""a,b"#]),
        (#""a\"#, [#""a\"#]),
    ]

    @Test("are parted outside of quoted strings", arguments: escaped)
    func checkEscaped(_ text: String, _ expected: [String]) {
        #expect(FieldParts(text, separator: ",").map(String.init) == expected)
    }

    @Test("of quoting without escapes end a quote at the next one")
    func plain() {
        let parts = FieldParts(#""a\", "b,c""#, separator: ",", quoting: .plain)
        #expect(parts.map(String.init) == [#""a\""#, #""b,c""#])
    }

    @Test("without quoting are parted at each separator")
    func none() {
        let parts = FieldParts(#""a,b",c"#, separator: ",", quoting: .none)
        #expect(parts.map(String.init) == [#""a"#, #"b""#, "c"])
    }

    @Test("can have another separator")
    func separator() {
        #expect(FieldParts("a;b,c", separator: ";").map(String.init) == ["a", "b,c"])
    }
}
