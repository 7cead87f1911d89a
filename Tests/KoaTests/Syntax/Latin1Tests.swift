import Testing

@testable import Koa

@Suite("Header text in ISO-8859-1")
struct Latin1Tests {
    @Test("reads every byte as the character of its number")
    func decodesAll() {
        let text = Latin1.decode(Array(0...255))
        #expect(text.unicodeScalars.map(\.value) == Array(0...255))
    }

    @Test("reads ASCII, nothing, and text beyond")
    func decodes() {
        #expect(Latin1.decode([]) == "")
        #expect(Latin1.decode(Array("text/html".utf8)) == "text/html")
        #expect(Latin1.decode([0x66, 0xFC, 0x72]) == "für")
        #expect(Latin1.decode([0xC3, 0xBC]) == "Ã¼")
        #expect(Latin1.decode(Array("x: y".utf8)[3...]) == "y")
    }

    @Test("writes what it read")
    func roundTrip() {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(Latin1.encode(Latin1.decode(bytes)) == bytes)
    }

    @Test(
        "has no bytes for a character above U+00FF",
        arguments: ["Ā", "€", "aé日", "💩", "\u{FFFD}", "\u{100}b", "é\u{301}"])
    func refuses(text: String) {
        #expect(Latin1.encode(text) == nil)
        var bytes: [UInt8] = [1, 2]
        let isAppended = Latin1.append(text, to: &bytes)
        #expect(!isAppended)
        #expect(bytes == [1, 2])
    }

    @Test("appends behind what is there")
    func appends() {
        var bytes: [UInt8] = [0x61]
        let results = [Latin1.append("bü", to: &bytes), Latin1.append("", to: &bytes)]
        #expect(results == [true, true])
        #expect(bytes == [0x61, 0x62, 0xFC])
    }

    @Test("accepts as a field value each character that Node does, and no other")
    func fieldValues() throws {
        for value in UInt32(0)...0x2FF {
            let scalar = try #require(Unicode.Scalar(value))
            let isAllowed = value == 9 || 0x20...0x7E ~= value || 0x80...0xFF ~= value
            #expect(Latin1.isFieldValue("a\(scalar)b") == isAllowed, "U+\(String(value, radix: 16))")
        }
    }

    @Test(
        "refuses what would split a response or cannot be sent",
        arguments: ["a\r\nb", "a\nb", "a\rb", "\r", "\n", "\0", "a\u{7F}", "日本語", "💩", "\u{2028}", "a\u{1B}[0m", "Ā"]
    )
    func refusesValue(text: String) {
        #expect(!Latin1.isFieldValue(text))
    }

    @Test("accepts values", arguments: ["", " ", "a", "a\tb", "text/html; charset=utf-8", "naïve", "\u{80}\u{FF}"])
    func acceptsValue(text: String) {
        #expect(Latin1.isFieldValue(text))
    }

    @Test("knows the characters of a token")
    func tokens() {
        let allowed = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        #expect(Latin1.isToken(allowed))
        for byte in UInt8(0)...127 {
            let text = String(decoding: [byte], as: UTF8.self)
            #expect(Latin1.isToken(text) == allowed.contains(text))
        }
    }

    @Test("refuses as a token", arguments: ["", " ", "a b", "a:", "é", "a\0", "a\n", "\u{FF41}", "日"])
    func refusesToken(text: String) {
        #expect(!Latin1.isToken(text))
        #expect(!Latin1.isToken(text[...]))
    }

    @Test("keeps to its rules in long texts")
    func hostile() {
        let ascii = String(repeating: "a", count: 65536)
        let latin = String(repeating: "é", count: 65536)
        #expect(Latin1.isFieldValue(ascii) && Latin1.isFieldValue(latin))
        #expect(!Latin1.isFieldValue(ascii + "\n") && !Latin1.isFieldValue(latin + "日"))
        #expect(Latin1.isToken(ascii) && !Latin1.isToken(ascii + "\0"))
        #expect(Latin1.encode(latin)?.count == 65536)
        #expect(Latin1.encode(latin + "日") == nil)
        #expect(Latin1.decode(Array(repeating: 0xFF, count: 65536)).unicodeScalars.count == 65536)
    }
}
