import Testing

@testable import Koa

@Suite("Encoding a URL for Location")
struct EncodeURLTests {
    @Test(
        "keeps a URL of allowed characters the same",
        arguments: [
            "", "/", "http://localhost/foo/bar.html?fizz=buzz#readme", "http://[::1]:8080/foo/bar",
            "http://localhost\\foo\\bar.html", "foo^bar|baz", "/a-b_c.d~e!f*g'h(i)j;k:l@m&n=o+p$q,r",
            "../up", "//evil.example", "javascript:alert(1)", "?q[]=1",
        ]
    )
    func keeps(url: String) {
        #expect(URLEncoding.encodeURL(url) == url)
    }

    static let raw: [(String, String)] = [
        ("http://localhost/\nsnow.html", "http://localhost/%0Asnow.html"),
        ("http://localhost/\u{0C}snow.html", "http://localhost/%0Csnow.html"),
        ("http://localhost/\rsnow.html", "http://localhost/%0Dsnow.html"),
        ("http://localhost/\r\nX: 1", "http://localhost/%0D%0AX:%201"),
        ("http://localhost/ snow.html", "http://localhost/%20snow.html"),
        ("http://localhost/\0snow.html", "http://localhost/%00snow.html"),
        ("http://localhost/☃snow.html", "http://localhost/%E2%98%83snow.html"),
        ("/你好", "/%E4%BD%A0%E5%A5%BD"),
        ("/<script>alert(1)</script>", "/%3Cscript%3Ealert(1)%3C/script%3E"),
        ("/?x=<y>&z=\"q\"", "/?x=%3Cy%3E&z=%22q%22"),
        ("`{}\u{7F}", "%60%7B%7D%7F"),
        ("\u{80}é", "%C2%80%C3%A9"),
        ("http://localhost/\u{1F47B} snow.html", "http://localhost/%F0%9F%91%BB%20snow.html"),
        ("http://localhost/\u{FFFD}foo", "http://localhost/%EF%BF%BDfoo"),
    ]

    @Test("encodes raw characters", arguments: raw)
    func encodes(url: String, expected: String) {
        #expect(URLEncoding.encodeURL(url) == expected)
    }

    static let percent: [(String, String)] = [
        ("http://localhost/%20snow.html", "http://localhost/%20snow.html"),
        ("http://localhost/%F0snow.html", "http://localhost/%F0snow.html"),
        ("http://localhost/%foo%bar%zap%", "http://localhost/%25foo%bar%25zap%25"),
        ("/%zz", "/%25zz"), ("%", "%25"), ("%%", "%25%25"), ("%%20", "%25%2520"), ("%2", "%2"), ("%2z", "%252z"),
        ("%é", "%25%C3%A9"), ("%2é", "%252%C3%A9"), ("% ", "%25%20"), ("%\n", "%25%0A"), ("%a%20", "%25a%2520"),
        ("%[x", "%25%5Bx"), ("%1\\x", "%251%5Cx"), ("%/%/", "%25/%25/"),
    ]

    @Test("keeps escapes and encodes other percent signs", arguments: percent)
    func percentSigns(url: String, expected: String) {
        #expect(URLEncoding.encodeURL(url) == expected)
    }

    @Test("encodes all that has to be of ASCII")
    func ascii() {
        for byte in UInt8(0)...127 where byte != UInt8(ascii: "%") {
            let text = String(decoding: [byte], as: UTF8.self)
            let isEncoded = byte <= 0x20 || byte == 0x7F || "\"<>`{}".utf8.contains(byte)
            #expect((URLEncoding.encodeURL(text) == text) == !isEncoded)
        }
    }

    @Test("leaves nothing that could break a header")
    func headerSafe() {
        let hostile = String(decoding: (0..<65536).map { UInt8(truncatingIfNeeded: $0 &* 131) }, as: UTF8.self)
        #expect(Latin1.isFieldValue(URLEncoding.encodeURL(hostile)))
        let percents = String(repeating: "%", count: 65536)
        #expect(URLEncoding.encodeURL(percents).utf8.count == 3 * 65536)
    }
}

@Suite("Encoding and decoding URL components")
struct URLComponentTests {
    static let components: [(String, String)] = [
        ("", ""), ("abcXYZ019", "abcXYZ019"), ("-_.!~*'()", "-_.!~*'()"), (" ", "%20"), ("+", "%2B"),
        ("a/b?c=d&e#f", "a%2Fb%3Fc%3Dd%26e%23f"), ("é", "%C3%A9"), ("日", "%E6%97%A5"), ("💩", "%F0%9F%92%A9"),
        ("\0\n", "%00%0A"), ("%41", "%2541"), ("\"<>\\^`{|}[]", "%22%3C%3E%5C%5E%60%7B%7C%7D%5B%5D"),
        (";:@$,", "%3B%3A%40%24%2C"),
    ]

    @Test("encodes as encodeURIComponent and decodes back", arguments: components)
    func encodes(text: String, encoded: String) {
        #expect(URLEncoding.encodeComponent(text) == encoded)
        #expect(URLEncoding.decodeComponent(encoded) == text)
    }

    static let decoded: [(String, String)] = [
        ("a+b", "a+b"), ("%c3%a9", "é"), ("%41%42c", "ABc"), ("%25", "%"), ("%2525", "%25"), ("é%20日", "é 日"),
        ("%EF%BB%BFa", "\u{FEFF}a"), ("%00", "\0"), ("%2F", "/"),
    ]

    @Test("decodes as decodeURIComponent", arguments: decoded)
    func decodes(text: String, expected: String) {
        #expect(URLEncoding.decodeComponent(text) == expected)
        #expect(URLEncoding.decodeComponent(text[...]) == expected)
    }

    @Test(
        "refuses malformed escapes and bytes that are not UTF-8",
        arguments: [
            "%", "%2", "a%", "%zz", "%2z", "%z2", "100%", "%%20", "%E4%BD", "%C3%28", "%A0", "%FF", "%C0%80",
            "%ED%A0%80", "%ED%A0%80%ED%B0%80", "%F4%90%80%80", "%E2%82", "%C3é", "%F0%9F%92", "% 41", "%+1", "%-1",
        ]
    )
    func refuses(text: String) {
        #expect(URLEncoding.decodeComponent(text) == nil)
    }

    @Test("stays linear and correct on long texts")
    func hostile() {
        let count = 65536
        #expect(URLEncoding.decodeComponent(String(repeating: "%41", count: count))?.utf8.count == count)
        #expect(URLEncoding.decodeComponent(String(repeating: "%41", count: count) + "%") == nil)
        #expect(URLEncoding.encodeComponent(String(repeating: "\0", count: count)).utf8.count == 3 * count)
    }
}

@Suite("Form encoding")
struct FormEncodingTests {
    static let forms: [(String, String)] = [
        ("", ""), ("abcXYZ019*-._", "abcXYZ019*-._"), ("a b", "a+b"), ("a+b", "a%2Bb"), ("é", "%C3%A9"),
        ("~!'()", "%7E%21%27%28%29"), ("a=b&c", "a%3Db%26c"), ("\r\n", "%0D%0A"), ("\0", "%00"), ("%", "%25"),
    ]

    @Test("encodes and decodes back", arguments: forms)
    func encodes(text: String, encoded: String) {
        #expect(URLEncoding.formEncode(text) == encoded)
        #expect(URLEncoding.formDecode(encoded) == text)
        #expect(URLEncoding.formEncode(text[...]) == encoded)
    }

    static let lenient: [(String, String)] = [
        ("%", "%"), ("%2", "%2"), ("%zz", "%zz"), ("%%41", "%A"), ("a%", "a%"), ("%2B+", "+ "), ("%20+", "  "),
        ("%C3%28", "\u{FFFD}("), ("%FF%FE", "\u{FFFD}\u{FFFD}"), ("%E2%82", "\u{FFFD}"), ("%E2%82x", "\u{FFFD}x"),
        ("%ED%A0%80", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("%F0%9F%92", "\u{FFFD}"), ("%C0%80", "\u{FFFD}\u{FFFD}"),
        ("%EF%BB%BF", "\u{FEFF}"), ("日%E6%97%A5", "日日"), ("%C3é", "\u{FFFD}é"),
    ]

    @Test("keeps or replaces what is malformed", arguments: lenient)
    func decodes(text: String, expected: String) {
        #expect(Array(URLEncoding.formDecode(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test("stays linear on long texts")
    func hostile() {
        #expect(URLEncoding.formDecode(String(repeating: "%", count: 65536)).utf8.count == 65536)
        #expect(URLEncoding.formDecode(String(repeating: "+", count: 65536)).utf8.allSatisfy { $0 == 0x20 })
        #expect(URLEncoding.formDecode(String(repeating: "%F0", count: 65536)).unicodeScalars.count == 65536)
    }
}
