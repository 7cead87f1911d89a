import Testing

@testable import Koa

@Suite("URLs, parsed and written")
struct WebURLTests {
    static let wholes: [(String, String)] = [
        ("http://google.com", "http://google.com/"),
        ("https://EXAMPLE.com/Path", "https://example.com/Path"),
        ("HTTP://example.com:80", "http://example.com/"),
        ("https://example.com:443/", "https://example.com/"),
        ("http://example.com:443", "http://example.com:443/"),
        ("http://example.com:", "http://example.com/"),
        ("http://example.com:00080/", "http://example.com/"),
        ("http://example.com:0", "http://example.com:0/"),
        ("http://example.com:65535", "http://example.com:65535/"),
        ("http://example.com\\@evil.com", "http://example.com/@evil.com"),
        ("http:example.com", "http://example.com/"),
        ("http:/example.com", "http://example.com/"),
        ("http:///example.com", "http://example.com/"),
        ("http:\\\\example.com\\a\\b", "http://example.com/a/b"),
        ("  http://a/  ", "http://a/"),
        ("\0\u{1F} http://a/ \0", "http://a/"),
        ("ht\ntp://a\tb/c\rd", "http://ab/cd"),
        ("http://a/?", "http://a/?"),
        ("http://a/#", "http://a/#"),
        ("http://a/?#", "http://a/?#"),
        ("http://a?b", "http://a/?b"),
        ("http://a#b", "http://a/#b"),
        ("http://a/?a=b c", "http://a/?a=b%20c"),
        ("http://a/%20x", "http://a/%20x"),
        ("http://a/%zz", "http://a/%zz"),
        ("http://a/你好?你=好#你", "http://a/%E4%BD%A0%E5%A5%BD?%E4%BD%A0=%E5%A5%BD#%E4%BD%A0"),
        ("http://a/\"<>`{}|^\\x", "http://a/%22%3C%3E%60%7B%7D|^/x"),
        ("http://a/?\"<>`{}|^\\'#", "http://a/?%22%3C%3E`{}|^\\%27#"),
        ("http://a/#\"<>`{}|^\\'?", "http://a/#%22%3C%3E%60{}|^\\'?"),
        ("http://a/\0\u{7F}", "http://a/%00%7F"),
        ("ftp://a:21/", "ftp://a/"),
        ("ws://a:80/", "ws://a/"),
        ("wss://a:443/x", "wss://a/x"),
        ("http://u@a/", "http://u@a/"),
        ("http://u:p@a/", "http://u:p@a/"),
        ("http://:p@a/", "http://:p@a/"),
        ("http://:@a/", "http://a/"),
        ("http://@a/", "http://a/"),
        ("http://u:@a/", "http://u@a/"),
        ("http://u:p:q@a/", "http://u:p%3Aq@a/"),
        ("http://a@b@c/", "http://a%40b@c/"),
        ("http://u:;=@[]^|@a/", "http://u:%3B%3D%40%5B%5D%5E%7C@a/"),
        ("http://é@a/", "http://%C3%A9@a/"),
        ("http://%41@a/", "http://%41@a/"),
        ("http://a/;x=1?y", "http://a/;x=1?y"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("data:text/plain,a b", "data:text/plain,a b"),
        ("foo://A.b/C", "foo://A.b/C"),
        ("foo://a:80/", "foo://a:80/"),
        ("foo:/a/b", "foo:/a/b"),
        ("foo:a/../b", "foo:a/../b"),
        ("foo:///x", "foo:///x"),
        ("foo://", "foo://"),
        ("foo:/.//x", "foo:/.//x"),
        ("foo:/a/..//b", "foo:/.//b"),
        ("http://a//b//", "http://a//b//"),
        ("http://[::1]:80/", "http://[::1]/"),
    ]

    @Test("writes an absolute URL in its one form, which stays as it is", arguments: wholes)
    func absolute(text: String, expected: String) {
        #expect(WebURL(text)?.href == expected)
        #expect(WebURL(expected)?.href == expected)
    }

    static let malformed = [
        "", "http://", "http:", "https://", "//", "a", "/a", "?a", "#a", ":", "://a", "1http://a", "http", "ht tp://a",
        "é://a", "http://:80", "http://@", "http://u@", "http://u:p@/", "http://@/a", "http://a:65536", "http://a:b",
        "http://a:-1", "http://a:80a", "http://a:8 0", "http://a: 80", "http://a b/", "http://a\0b/", "http://a<b",
        "http://a>b", "http://a^b", "http://a|b", "http://a%", "http://a%zz", "http://%", "http://%00", "http://%20",
        "http://%2f", "http://%3a", "http://%40", "http://%5b", "http://a%25b", "http://\u{7F}", "http://\u{AD}",
        "http://[", "http://]", "http://[]", "http://[::1", "http://::1", "http://[::1]a", "http://[::1]:x",
        "http://[:::1]", "http://[1]", "http://[1:2:3:4:5:6:7:8:9]", "http://[::g]", "http://[12345::]",
        "http://[::1.2.3]", "http://[::01.2.3.4]", "http://[::1%25e]", "http://[1::2::3]", "http://1.2.3.256",
        "http://1.2.3.4.5", "http://4294967296", "http://256.1.1.1", "http://09", "http://1.2.3.09", "http://1..2",
        "http://0x100000000", "http://1.2.3.08", "http://99999999999999999999999", "http://.1", "http://xn--a",
        "http://xn--", "http://%ff", "http://%C3", "foo://a b", "foo://a^b", "foo://[", "foo://a:99999", "foo://u@/",
    ]

    @Test("fails where the standard does", arguments: malformed)
    func fails(text: String) {
        #expect(WebURL(text) == nil)
    }

    @Test("refuses file URLs", arguments: ["file:///etc/passwd", "FILE:a", "fi\nle:///x"])
    func file(text: String) throws {
        #expect(WebURL(text) == nil)
        #expect(WebURL(text, base: try #require(WebURL("http://a/"))) == nil)
    }

    @Test("has its parts")
    func parts() throws {
        let url = try #require(WebURL("HTTPS://user:pa ss@EXAMPLE.com:8443/a/../b c?q=1&r=é#frag ment"))
        #expect(url.scheme == "https")
        #expect(url.username == "user")
        #expect(url.password == "pa%20ss")
        #expect(url.host == "example.com:8443")
        #expect(url.hostname == "example.com")
        #expect(url.port == 8443)
        #expect(url.path == "/b%20c")
        #expect(url.query == "q=1&r=%C3%A9")
        #expect(url.fragment == "frag%20ment")
        #expect(url.origin == "https://example.com:8443")
        #expect(url.description == url.href)
    }

    @Test("tells an empty query from none")
    func empty() throws {
        let url = try #require(WebURL("http://a/?#"))
        #expect(url.query == "" && url.fragment == "")
        let bare = try #require(WebURL("http://a/"))
        #expect(bare.query == nil && bare.fragment == nil && bare.port == nil)
        #expect(bare.username == "" && bare.password == "")
    }

    static let origins: [(String, String)] = [
        ("http://a", "http://a"), ("http://a:80/x", "http://a"), ("http://u:p@a:8080/x?y#z", "http://a:8080"),
        ("https://a:443", "https://a"), ("https://[::1]:8443/", "https://[::1]:8443"), ("ws://a", "ws://a"),
        ("ftp://a", "ftp://a"),
        ("foo://a", "null"), ("mailto:a@b", "null"), ("javascript:alert(1)", "null"), ("data:,x", "null"),
    ]

    @Test("has the origin that browsers compare", arguments: origins)
    func origin(text: String, expected: String) {
        #expect(WebURL(text)?.origin == expected)
    }

    @Test("is equal when its parts are")
    func equality() {
        #expect(WebURL("http://A:80/b/../c") == WebURL("http://a/c"))
        #expect(WebURL("http://a/?") != WebURL("http://a/"))
        #expect(WebURL("http://a/") != WebURL("https://a/"))
    }

    static let schemes: [(String, Bool)] = [
        ("http", true), ("HTTPS", true), ("a", true), ("a+b-c.1", true), ("", false), ("1a", false), ("+a", false),
        ("a b", false),
        ("a:", false), ("é", false), ("aé", false), ("a\n", false), ("\0", false), ("@", false), ("[a", false),
        ("{", false),
    ]

    @Test("knows a scheme", arguments: schemes)
    func scheme(text: String, isScheme: Bool) {
        #expect(WebURL.isScheme(text) == isScheme)
    }
}

@Suite("URLs, what is escaped")
struct WebURLEncodingTests {
    /// The visible ASCII characters, and the space, that a part of a URL has escaped.
    private func escaped(_ make: (Unicode.Scalar) -> String, _ part: (WebURL) -> String?) -> String {
        var result = ""
        for byte in UInt8(0x20)...0x7E where byte != UInt8(ascii: "%") {
            let scalar = Unicode.Scalar(byte)
            let escape = "a%\(String(byte, radix: 16, uppercase: true))b"
            if let url = WebURL(make(scalar)), part(url)?.contains(escape) == true {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    @Test("escapes in each part what the standard's set of it has")
    func sets() {
        #expect(escaped({ "http://h/a\($0)b" }, \.path) == " \"<>`{}")
        #expect(escaped({ "http://h/?a\($0)b" }, \.query) == " \"'<>")
        #expect(escaped({ "foo://h/?a\($0)b" }, \.query) == " \"<>")
        #expect(escaped({ "http://h/#a\($0)b" }, \.fragment) == " \"<>`")
        #expect(escaped({ "http://a\($0)b@h/" }, \.username) == " \";<=>@[]^`{|}")
        #expect(escaped({ "http://:a\($0)b@h/" }, \.password) == " \":;<=>@[]^`{|}")
        #expect(escaped({ "foo:a\($0)b" }, \.path) == "")
    }

    @Test(
        "escapes control characters and what is outside ASCII in every part",
        arguments: ["\0", "\u{1F}", "\u{7F}", "\u{80}", "é", "💩"])
    func always(text: String) throws {
        let escape = URLEncoding.encodeComponent(text)
        let url = try #require(WebURL("foo://u\(text)v:p\(text)q@h/a\(text)b?c\(text)d#e\(text)f"))
        #expect(url.username == "u\(escape)v")
        #expect(url.password == "p\(escape)q")
        #expect(url.path == "/a\(escape)b")
        #expect(url.query == "c\(escape)d")
        #expect(url.fragment == "e\(escape)f")
    }
}

@Suite("URLs, their hosts")
struct WebURLHostTests {
    static let hosts: [(String, String)] = [
        ("http://EXAMPLE.com/", "http://example.com/"),
        ("http://a./", "http://a./"),
        ("http://a..b/", "http://a..b/"),
        ("http://%41.com/", "http://a.com/"),
        ("http://%e4%b8%ad/", "http://xn--fiq/"),
        ("http://bücher/", "http://xn--bcher-kva/"),
        ("http://BÜCHER/", "http://xn--bcher-kva/"),
        ("http://faß.de/", "http://xn--fa-hia.de/"),
        ("http://中国/", "http://xn--fiqs8s/"),
        ("http://☃.net/", "http://xn--n3h.net/"),
        ("http://a_b/", "http://a_b/"),
        ("http://a!b/", "http://a!b/"),
        ("http://a$b&c'd(e)f*g+h,i;j=k/", "http://a$b&c'd(e)f*g+h,i;j=k/"),
        ("http://a\"b/", "http://a\"b/"),
        ("http://a`b/", "http://a`b/"),
        ("http://a{b}/", "http://a{b}/"),
        ("http://1.2.3.4/", "http://1.2.3.4/"),
        ("http://1.2.3.4./", "http://1.2.3.4/"),
        ("http://127.1/", "http://127.0.0.1/"),
        ("http://127.0.1/", "http://127.0.0.1/"),
        ("http://1.256/", "http://1.0.1.0/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://0x7F000001/", "http://127.0.0.1/"),
        ("http://017700000001/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0/", "http://0.0.0.0/"),
        ("http://0x/", "http://0.0.0.0/"),
        ("http://0x.0x.0/", "http://0.0.0.0/"),
        ("http://4294967295/", "http://255.255.255.255/"),
        ("http://255.255.255.255/", "http://255.255.255.255/"),
        ("http://1.2.3.08x/", "http://1.2.3.08x/"),
        ("http://a.1x/", "http://a.1x/"),
        ("http://1.2.3.4a/", "http://1.2.3.4a/"),
        ("http://%31.2.3.4/", "http://1.2.3.4/"),
        ("http://%31.2.3.4/", "http://1.2.3.4/"),
        ("http://[::]/", "http://[::]/"),
        ("http://[::1]/", "http://[::1]/"),
        ("http://[1::]/", "http://[1::]/"),
        ("http://[1:2:3:4:5:6:7:8]/", "http://[1:2:3:4:5:6:7:8]/"),
        ("http://[1:0:0:2::3]/", "http://[1:0:0:2::3]/"),
        ("http://[0:0:1::]/", "http://[0:0:1::]/"),
        ("http://[2001:cdba:0000:0000:0000:0000:3257:9652]/", "http://[2001:cdba::3257:9652]/"),
        ("http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]/"),
        ("http://[::FFFF:ABCD]/", "http://[::ffff:abcd]/"),
        ("http://[1:2:3:4:5:6:1.2.3.4]/", "http://[1:2:3:4:5:6:102:304]/"),
        ("http://[1:0:2:0:3:0:4:0]/", "http://[1:0:2:0:3:0:4:0]/"),
        ("http://xn--fiqs8s/", "http://xn--fiqs8s/"),
        ("http://XN--BCHER-KVA/", "http://xn--bcher-kva/"),
    ]

    @Test("writes names, IPv4 and IPv6 addresses in their one form", arguments: hosts)
    func readsHosts(text: String, expected: String) {
        #expect(WebURL(text)?.href == expected)
    }

    @Test("refuses each forbidden character in a host, raw or escaped")
    func forbidden() {
        for byte in UInt8(0)...127 {
            let isForbidden = byte <= 0x20 || byte == 0x7F || "#%/:<>?@[\\]^|".utf8.contains(byte)
            let hex = String(byte, radix: 16)
            let escaped = WebURL("http://a%\(hex.count == 1 ? "0" : "")\(hex)b/")
            #expect((escaped == nil) == isForbidden, "0x\(hex)")
        }
    }

    @Test("keeps the host of another scheme as it is, escaped")
    func opaque() {
        #expect(WebURL("foo://EXAMPLE.com")?.hostname == "EXAMPLE.com")
        #expect(WebURL("foo://é/")?.hostname == "%C3%A9")
        #expect(WebURL("foo://1.2.3/")?.hostname == "1.2.3")
        #expect(WebURL("foo://[::0:1]/")?.hostname == "[::1]")
        #expect(WebURL("foo:///")?.hostname == "")
    }

    @Test(
        "refuses names that it cannot map safely",
        arguments: ["http://\u{FB01}/", "http://a\u{AD}b/", "http://e\u{301}/", "http://ẞ/", "http://א1/"])
    func unsafe(text: String) {
        #expect(WebURL(text) == nil)
    }
}

@Suite("URLs, their paths")
struct WebURLPathTests {
    static let paths: [(String, String)] = [
        ("http://h", "http://h/"),
        ("http://h/", "http://h/"),
        ("http://h/a", "http://h/a"),
        ("http://h/a/", "http://h/a/"),
        ("http://h/a/b/../c", "http://h/a/c"),
        ("http://h/a/..", "http://h/"),
        ("http://h/a/../", "http://h/"),
        ("http://h/../..", "http://h/"),
        ("http://h/..", "http://h/"),
        ("http://h/.", "http://h/"),
        ("http://h/./", "http://h/"),
        ("http://h/a/.", "http://h/a/"),
        ("http://h/a/./b", "http://h/a/b"),
        ("http://h/a/%2e%2E/b", "http://h/b"),
        ("http://h/a/.%2e", "http://h/"),
        ("http://h/a/%2e./b", "http://h/b"),
        ("http://h/%2e", "http://h/"),
        ("http://h/%2E/a", "http://h/a"),
        ("http://h/...", "http://h/..."),
        ("http://h/a/...", "http://h/a/..."),
        ("http://h/a..b", "http://h/a..b"),
        ("http://h/.a", "http://h/.a"),
        ("http://h/a//../b", "http://h/a/b"),
        ("http://h//..", "http://h/"),
        ("http://h/a/b/..//c", "http://h/a//c"),
        ("http://h/a\\..\\b", "http://h/b"),
        ("http://h/%2f", "http://h/%2f"),
        ("http://h/%5c..", "http://h/%5c.."),
        ("http://h/a;..", "http://h/a;.."),
        ("http://h/..;/a", "http://h/..;/a"),
        ("http://h/%252e%252e/a", "http://h/%252e%252e/a"),
        ("http://h/a/%2e%2e%2f", "http://h/a/%2e%2e%2f"),
        ("http://h/a?/../b", "http://h/a?/../b"),
        ("http://h/a#/../b", "http://h/a#/../b"),
    ]

    @Test("resolves dot segments, escaped ones too, and never leaves the root", arguments: paths)
    func readsPaths(text: String, expected: String) {
        #expect(WebURL(text)?.href == expected)
    }
}
