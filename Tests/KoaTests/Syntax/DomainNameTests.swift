import Testing

@testable import Koa

@Suite("Domain names in ASCII")
struct DomainNameTests {
    static let names: [(String, String)] = [
        ("example.com", "example.com"), ("EXAMPLE.Com", "example.com"), ("", ""), (".", "."), ("a..b", "a..b"),
        ("a_b", "a_b"),
        ("bücher.example", "xn--bcher-kva.example"), ("BÜCHER.example", "xn--bcher-kva.example"), ("中国", "xn--fiqs8s"),
        ("中国。example", "xn--fiqs8s.example"), ("a\u{FF0E}b\u{FF61}c", "a.b.c"), ("faß.de", "xn--fa-hia.de"),
        ("βόλος.com", "xn--nxasmm1c.com"),
        ("ΒΌΛΟΣ.com", "xn--nxasmq6b.com"), ("☃.net", "xn--n3h.net"), ("💩.la", "xn--ls8h.la"),
        ("\u{212A}elvin", "kelvin"),
        ("XN--BCHER-KVA", "xn--bcher-kva"), ("xn--fiqs8s.example", "xn--fiqs8s.example"), ("अ\u{94D}अ", "xn--l1ba9s"),
        ("ไทย", "xn--o3cw4h"),
        ("한국", "xn--3e0b707e"), ("אבג", "xn--4dbcd"), ("россия.рф", "xn--h1alffa9f.xn--p1ai"), ("a-é", "xn--a--cja"),
    ]

    @Test("maps what it can", arguments: names)
    func maps(name: String, expected: String) {
        #expect(DomainName.toASCII(Array(name.utf8)) == expected)
    }

    @Test(
        "refuses what the full mapping would change in another way",
        arguments: [
            "\u{FB01}.example", "ａ.example", "Ⅳ", "a\u{AD}b", "a\u{200D}b", "a\u{200B}b", "é\u{301}", "e\u{301}",
            "\u{301}a", "कि\u{93C}",
            "ẞ.de", "İ.example", "\u{FFFD}", "\u{E000}", "\u{378}", "\u{2028}", "\u{3000}", "א1", "1.א", "aא", "אa",
            "a-.א", "か\u{3099}",
            "\u{1100}\u{1161}", "xn--é", "เก\u{E48}\u{94D}", "\u{202E}moc.live", "①", "℃", "㏂", "\u{1F100}", "½",
            "\u{FE0F}", "‥", "⁄", "℀",
        ]
    )
    func refuses(name: String) {
        #expect(DomainName.toASCII(Array(name.utf8)) == nil)
    }

    @Test(
        "refuses an encoded label that encoding would not give",
        arguments: [
            "xn--", "xn--a", "xn--a-", "xn--bcher-", "xn--example-", "a.xn--b.c", "xn--99999999", "xn--\u{E9}-a",
            "xn--fi-", "xn--0",
        ]
    )
    func refusesEncoded(name: String) {
        #expect(DomainName.toASCII(Array(name.utf8)) == nil)
    }

    @Test("refuses bytes that are not UTF-8")
    func malformed() {
        for bytes: [UInt8] in [[0xFF], [0xC3], [0x61, 0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF4, 0x90, 0x80, 0x80]] {
            #expect(DomainName.toASCII(bytes) == nil)
        }
    }

    @Test("stays bounded on hostile names", arguments: ["é", "é.", ".", "xn--", "xn--a.", "日本", "\u{301}", "א"])
    func hostile(part: String) {
        let name = String(repeating: part, count: 65536 / part.utf8.count)
        let result = DomainName.toASCII(Array(name.utf8))
        #expect(result == nil || result?.utf8.allSatisfy { $0 < 0x80 } == true)
    }
}
