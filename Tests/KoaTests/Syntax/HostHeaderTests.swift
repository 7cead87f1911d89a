import Testing

@testable import Koa

@Suite("The Host field's grammar")
struct HostHeaderGrammarTests {
    @Test(
        "accepts names, addresses and ports",
        arguments: [
            "", "a", "localhost", "localhost:8080", "example.com", "EXAMPLE.com", "foo.com.", "foo.com:",
            "a.b.c.d.example.co.uk",
            "xn--fiqs8s.example", "127.0.0.1", "127.0.0.1:3000", "[::1]", "[::1]:3000", "[::1]:", "[2001:DB8::1]:65535",
            "[::ffff:192.0.2.1]:80", "under_score.example", "a-b.example", "a:0", "a:65535", "a:00080", "a%20b",
            "a!$&'()*+;=b",
            "~x", "1", "1.2.3", "999.999.999.999",
        ]
    )
    func accepts(value: String) {
        #expect(HostHeader.isValid(value))
        #expect(HostHeader.isValid(Array(value.utf8)))
    }

    @Test(
        "refuses what could be read as another host",
        arguments: [
            ":80", ":", "a:65536", "a:99999", "a:-1", "a:+1", "a:8a", "a:80:80", "a::", "a: 80", "a@b",
            "user:pass@host",
            "evil@good.example", "a,b", "a b", " a", "a ", "a\t", "a/b", "a/", "a\\b", "a?b", "a#b", "a\0", "a\r\nb",
            "é.example",
            "日本", "a\"b", "a<b", "a>b", "a^b", "a`b", "a{b", "a|b", "a}b", "a\u{7F}", "%", "a%2", "a%zz", "%4",
            "[", "]", "[]", "[::1", "::1", "2001:db8::1", "[::1]x", "[::1]80", "[::1]:x", "[::1]:65536", "[::1]@a",
            "a[::1]",
            "[::g]", "[1:2:3]", "[invalidIPv6]", "[::1%25eth0]", "[v1.x]", "[::1]]", "[[::1]]", "[1.2.3.4]", "a]",
            "[:::1]",
        ]
    )
    func refuses(value: String) {
        #expect(!HostHeader.isValid(value))
        #expect(!HostHeader.isValid(Array(value.utf8)))
    }

    @Test("refuses every byte outside ASCII and every control character, wherever it stands")
    func bytes() {
        for byte in UInt8.min...UInt8.max where byte >= 0x7F || byte <= 0x20 {
            #expect(!HostHeader.isValid([byte]))
            #expect(!HostHeader.isValid([0x61, byte]))
            #expect(!HostHeader.isValid([0x61, byte, 0x61]))
            #expect(!HostHeader.isValid([0x61, 0x3A, byte]))
        }
    }

    @Test("reads hostile values in linear time")
    func hostile() {
        let count = 65536
        #expect(HostHeader.isValid(String(repeating: "a", count: count)))
        for text in [":", "[", "@", "%", "[:", "0:", ",", "\0"] {
            #expect(!HostHeader.isValid(String(repeating: text, count: count)))
        }
        #expect(!HostHeader.isValid("a:" + String(repeating: "9", count: count)))
        #expect(!HostHeader.isValid("[" + String(repeating: "0", count: count) + "]"))
        #expect(!HostHeader.isValid("[" + String(repeating: ":", count: count)))
    }
}

@Suite("The hostname of a Host field")
struct HostnameTests {
    static let hosts: [(String, String, String)] = [
        ("foo.com:3000", "foo.com:3000", "foo.com"),
        ("foo.com", "foo.com", "foo.com"),
        ("foo.com.", "foo.com.", "foo.com."),
        ("foo.com:", "foo.com:", "foo.com"),
        ("EXAMPLE.com", "EXAMPLE.com", "EXAMPLE.com"),
        ("", "", ""),
        ("127.0.0.1:3000", "127.0.0.1:3000", "127.0.0.1"),
        ("[::1]", "[::1]", "[::1]"),
        ("[::1]:80", "[::1]:80", "[::1]"),
        ("[::1]:1337", "[::1]:1337", "[::1]"),
        (
            "[2001:cdba:0000:0000:0000:0000:3257:9652]:1337", "[2001:cdba:0000:0000:0000:0000:3257:9652]:1337",
            "[2001:cdba::3257:9652]"
        ),
        ("[2001:CDBA::1]", "[2001:CDBA::1]", "[2001:cdba::1]"),
        ("[invalidIPv6]:1337", "", ""),
        ("a.com, b.com", "a.com", "a.com"),
        ("a.com , b.com:80", "a.com", "a.com"),
        (" \ta.com:8080 ", "a.com:8080", "a.com"),
        (", b.com", "", ""),
        ("proxy.example.com", "proxy.example.com", "proxy.example.com"),
    ]

    @Test("leaves the port out, keeps brackets, takes the first of a list", arguments: hosts)
    func hostname(value: String, host: String, hostname: String) {
        #expect(HostHeader.host(of: value) == host)
        #expect(HostHeader.hostname(of: value) == hostname)
    }

    static let users: [(String, String, String)] = [
        ("evil.com:fake@legitimate.com", "legitimate.com", "legitimate.com"),
        ("user@example.com", "example.com", "example.com"),
        ("user:password@example.com:8080", "example.com:8080", "example.com"),
        ("user@example.com:80", "example.com", "example.com"),
        ("a@b@EXAMPLE.com", "example.com", "example.com"),
        ("user@[::1]:3000", "[::1]:3000", "[::1]"),
        ("@example.com", "example.com", "example.com"),
        ("user@", "", ""), ("@", "", ""), ("user@exa mple", "", ""), ("user@/evil", "", ""), ("user@a/b", "", ""),
        ("evil.com/@good.com", "evil.com", "evil.com"), ("evil.com#@good.com", "evil.com", "evil.com"),
        ("user@[bad]", "", ""), ("user@%7Bx", "", ""), ("a{b:/@", "", ""), ("user@1.2.3.4.5", "", ""),
    ]

    @Test("reads a host behind user information as a URL's", arguments: users)
    func userInformation(value: String, host: String, hostname: String) {
        #expect(HostHeader.host(of: value) == host)
        #expect(HostHeader.hostname(of: value) == hostname)
    }

    @Test(
        "is empty where the value is no host",
        arguments: ["a b", "a/b", "a\\b", "é", "a:b", "a:65536", "a\0", "日本", "a?b", "#"])
    func invalid(value: String) {
        #expect(HostHeader.host(of: value) == "")
        #expect(HostHeader.hostname(of: value) == "")
    }

    @Test("stays linear on hostile values", arguments: ["@", ",", " ", "[", "a@", "\t,", ":", "%"])
    func hostile(part: String) {
        let value = String(repeating: part, count: 65536 / part.utf8.count)
        #expect(HostHeader.hostname(of: value) == "")
        #expect(HostHeader.host(of: value + "\0") == "")
    }
}
