import Testing

@testable import Koa

@Suite("Escaping HTML")
struct HTMLEscapingTests {
    static let texts: [(String, String)] = [
        ("", ""), ("plain", "plain"), ("日本語 é 💩", "日本語 é 💩"), ("\"", "&quot;"), ("&", "&amp;"), ("'", "&#39;"),
        ("<", "&lt;"), (">", "&gt;"), ("&amp;", "&amp;amp;"), ("a<b>c", "a&lt;b&gt;c"),
        (
            "<script>alert('x' && \"y\")</script>",
            "&lt;script&gt;alert(&#39;x&#39; &amp;&amp; &quot;y&quot;)&lt;/script&gt;"
        ),
        ("é<日", "é&lt;日"), ("\0\n\r\t", "\0\n\r\t"), ("`/=", "`/="),
    ]

    @Test("replaces the five characters and no other", arguments: texts)
    func escapes(text: String, expected: String) {
        #expect(HTMLEscaping.escape(text) == expected)
    }

    @Test("finds them behind combining characters, where a grapheme is another")
    func combining() {
        #expect(HTMLEscaping.escape("<\u{301}>\u{200D}").utf8.elementsEqual("&lt;\u{301}&gt;\u{200D}".utf8))
    }

    @Test("stays linear on long texts")
    func hostile() {
        #expect(HTMLEscaping.escape(String(repeating: "<", count: 65536)).utf8.count == 4 * 65536)
        #expect(HTMLEscaping.escape(String(repeating: "a", count: 65536)).utf8.count == 65536)
    }
}
