import Testing

@testable import Koa

@Suite("URLs, relative")
struct WebURLRelativeTests {
    static let relatives: [(String, String, String?)] = [
        ("http://example.com/a/b?q#f", "", "http://example.com/a/b?q"),
        ("http://example.com/a/b?q#f", "?", "http://example.com/a/b?"),
        ("http://example.com/a/b?q#f", "#", "http://example.com/a/b?q#"),
        ("http://example.com/a/b?q#f", "?x", "http://example.com/a/b?x"),
        ("http://example.com/a/b?q#f", "#y", "http://example.com/a/b?q#y"),
        ("http://example.com/a/b?q#f", "c", "http://example.com/a/c"),
        ("http://example.com/a/b?q#f", "./c", "http://example.com/a/c"),
        ("http://example.com/a/b?q#f", "../c", "http://example.com/c"),
        ("http://example.com/a/b?q#f", "../../c", "http://example.com/c"),
        ("http://example.com/a/b?q#f", "/c", "http://example.com/c"),
        ("http://example.com/a/b?q#f", "//evil.com", "http://evil.com/"),
        ("http://example.com/a/b?q#f", "///evil.com", "http://evil.com/"),
        ("http://example.com/a/b?q#f", "\\\\evil.com", "http://evil.com/"),
        ("http://example.com/a/b?q#f", "/\\evil.com", "http://evil.com/"),
        ("http://example.com/a/b?q#f", "\\c", "http://example.com/c"),
        ("http://example.com/a/b?q#f", "//evil.com:80/x", "http://evil.com/x"),
        ("http://example.com/a/b?q#f", "http://evil.com", "http://evil.com/"),
        ("http://example.com/a/b?q#f", "http:c", "http://example.com/a/c"),
        ("http://example.com/a/b?q#f", "http:/c", "http://example.com/c"),
        ("http://example.com/a/b?q#f", "http://c", "http://c/"),
        ("http://example.com/a/b?q#f", "https:c", "https://c/"),
        ("http://example.com/a/b?q#f", "https:evil.com", "https://evil.com/"),
        ("http://example.com/a/b?q#f", "HTTP:c", "http://example.com/a/c"),
        ("http://example.com/a/b?q#f", "javascript:alert(1)", "javascript:alert(1)"),
        ("http://example.com/a/b?q#f", "mailto:x", "mailto:x"),
        ("http://example.com/a/b?q#f", "/relative", "http://example.com/relative"),
        ("http://example.com/a/b?q#f", "not a url", "http://example.com/a/not%20a%20url"),
        ("http://example.com/a/b?q#f", "//", nil),
        ("http://example.com/a/b?q#f", "1:d", "http://example.com/a/1:d"),
        ("http://example.com/a/b?q#f", " /x ", "http://example.com/x"),
        ("http://example.com/a/b?q#f", "\t/\n/e.com", "http://e.com/"),
        ("http://example.com/a/b?q#f", ".", "http://example.com/a/"),
        ("http://example.com/a/b?q#f", "..", "http://example.com/"),
        ("http://example.com/a/b?q#f", "/..//evil.com", "http://example.com//evil.com"),
        ("http://example.com/a/b?q#f", "?a#b", "http://example.com/a/b?a#b"),
        ("http://example.com/a/b?q#f", "%2e%2e/x", "http://example.com/x"),
        ("http://example.com/a/b?q#f", "//user:pw@evil.com/", "http://user:pw@evil.com/"),
        ("http://example.com/a/b?q#f", "//[::1]/", "http://[::1]/"),
        ("https://u:p@h.example:8443/x/y/", "", "https://u:p@h.example:8443/x/y/"),
        ("https://u:p@h.example:8443/x/y/", "z", "https://u:p@h.example:8443/x/y/z"),
        ("https://u:p@h.example:8443/x/y/", "/z", "https://u:p@h.example:8443/z"),
        ("https://u:p@h.example:8443/x/y/", "//h.example", "https://h.example/"),
        ("https://u:p@h.example:8443/x/y/", "?q", "https://u:p@h.example:8443/x/y/?q"),
        ("https://u:p@h.example:8443/x/y/", "https:z", "https://u:p@h.example:8443/x/y/z"),
        ("https://u:p@h.example:8443/x/y/", "http:z", "http://z/"),
        ("https://u:p@h.example:8443/x/y/", "#", "https://u:p@h.example:8443/x/y/#"),
        ("foo://h/p/q", "", "foo://h/p/q"),
        ("foo://h/p/q", "r", "foo://h/p/r"),
        ("foo://h/p/q", "../r", "foo://h/r"),
        ("foo://h/p/q", "/r", "foo://h/r"),
        ("foo://h/p/q", "//g", "foo://g"),
        ("foo://h/p/q", "?x", "foo://h/p/q?x"),
        ("foo://h/p/q", "#y", "foo://h/p/q#y"),
        ("foo://h/p/q", "\\r", "foo://h/p/\\r"),
        ("foo://h/p/q", "foo:r", "foo:r"),
        ("foo://h/p/q", "..\\r", "foo://h/p/..\\r"),
        ("foo:/p/q", "r", "foo:/p/r"),
        ("foo:/p/q", "/r", "foo:/r"),
        ("foo:/p/q", "//g", "foo://g"),
        ("foo:/p/q", "..", "foo:/"),
        ("foo:/p/q", "..//r", "foo:/.//r"),
        ("foo:/p/q", "#y", "foo:/p/q#y"),
        ("mailto:x@y", "#f", "mailto:x@y#f"),
        ("http://example.com", "", "http://example.com/"),
        ("http://example.com", "a", "http://example.com/a"),
        ("http://example.com", "..", "http://example.com/"),
        ("http://example.com", "?q", "http://example.com/?q"),
    ]

    @Test("resolves against a base", arguments: relatives)
    func resolves(base: String, text: String, expected: String?) throws {
        let base = try #require(WebURL(base))
        #expect(WebURL(text, base: base)?.href == expected)
    }

    @Test("cannot resolve against a URL without a hierarchy", arguments: ["a", "/a", "//a", "?a", "", "a#b"])
    func opaqueBase(text: String) throws {
        let base = try #require(WebURL("mailto:x@y.example"))
        #expect(WebURL(text, base: base) == nil)
    }

    @Test(
        "does not take another host for the base's",
        arguments: [
            "//evil.com", "\\\\evil.com", "/\\evil.com", "\\/evil.com", "///evil.com", "http:\\\\evil.com",
            "\t//evil.com", "/\t/evil.com",
            "/\n/evil.com", " //evil.com", "http://example.com@evil.com", "http://example.com:80@evil.com",
            "//example.com.evil.com",
            "http://evil.com\\@example.com", "http://evil.com#@example.com", "http://evil.com?@example.com",
            "https://example.com", "http://example.com:81",
        ]
    )
    func otherOrigin(text: String) throws {
        let base = try #require(WebURL("http://example.com/a/b"))
        let url = try #require(WebURL(text, base: base))
        #expect(url.origin != base.origin)
    }

    @Test("stays linear and never traps on hostile texts")
    func hostile() throws {
        let base = try #require(WebURL("http://example.com/a/b"))
        let parts = [
            "/", "\\", "../", "a/", "@", ":", "[", "]", "?", "#", "%", "%2e/", "\0", "\t", " ", "é", "xn--a.", "1.",
            "0x", ".", "日", "::", "a@",
            "%00", "%ff", "\u{10FFFF}", "http:", "//",
        ]
        let prefixes = [
            "", "http://", "http://a/", "http://[", "http://a:", "http://u@", "foo:", "foo://", "//", "http://a?",
            "http://a#",
        ]
        for part in parts {
            let text = String(repeating: part, count: 512 / part.utf8.count)
            for prefix in prefixes {
                for url in [WebURL(prefix + text), WebURL(prefix + text, base: base)].compactMap(\.self) {
                    #expect(Latin1.isFieldValue(url.href))
                    #expect(WebURL(url.href) == url)
                }
            }
        }
    }

    @Test(
        "takes linear time for texts of any length",
        arguments: [
            "http://a/" + String(repeating: "../", count: 21845), "http://" + String(repeating: "xn--a.", count: 10922),
            "http://" + String(repeating: "é.", count: 21845), "http://" + String(repeating: "é", count: 32768),
            "http://" + String(repeating: "1.", count: 32768), "http://" + String(repeating: "a@", count: 32768),
            "http://[" + String(repeating: ":", count: 65536), "http://a:" + String(repeating: "0", count: 65536),
            "foo:" + String(repeating: "\0", count: 65536), String(repeating: "\t", count: 65536) + "http://a/",
        ]
    )
    func long(text: String) {
        #expect(WebURL(text).map { Latin1.isFieldValue($0.href) } ?? true)
    }
}
