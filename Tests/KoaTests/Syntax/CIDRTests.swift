import Testing

@testable import Koa

@Suite("Ranges of IP addresses")
struct CIDRTests {
    static let inside: [(String, String)] = [
        ("10.0.0.0/8", "10.0.0.0"), ("10.0.0.0/8", "10.255.255.255"), ("10.1.2.3/8", "10.9.9.9"),
        ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1/32", "192.0.2.1"), ("192.0.2.128/25", "192.0.2.255"), ("0.0.0.0/0", "1.2.3.4"),
        ("0.0.0.0/0", "::ffff:1.2.3.4"),
        ("10.0.0.0/8", "::ffff:10.1.2.3"), ("::ffff:10.0.0.0/104", "10.1.2.3"), ("::1", "::1"), ("::1/128", "::1"),
        ("2001:db8::/32", "2001:db8:ffff::1"), ("fd00::/8", "fd12:3456::1"), ("fe80::/10", "febf::1"),
        ("::/0", "2001:db8::1"),
        ("::/0", "1.2.3.4"), ("2001:db8::/64", "2001:db8::ffff:1"), ("2001:db8::/65", "2001:db8::7fff:0:0:0"),
        ("fe80::/10", "fe80::1%eth0"),
    ]

    @Test("holds the addresses of its prefix", arguments: inside)
    func holds(range: String, address: String) throws {
        #expect(try #require(CIDR(range)).contains(address))
    }

    static let outside: [(String, String)] = [
        ("10.0.0.0/8", "11.0.0.0"), ("10.0.0.0/8", "9.255.255.255"), ("192.0.2.1", "192.0.2.2"),
        ("192.0.2.128/25", "192.0.2.127"),
        ("0.0.0.0/0", "::1"), ("10.0.0.0/8", "2001:db8::1"), ("10.0.0.0/8", "::10.0.0.1"), ("::1", "::2"),
        ("2001:db8::/32", "2001:db9::"),
        ("fe80::/10", "fec0::1"), ("2001:db8::/64", "2001:db8:0:1::"), ("2001:db8::/65", "2001:db8:0:0:8000::"),
        ("fd00::/8", "10.0.0.1"),
        ("10.0.0.0/8", ""), ("10.0.0.0/8", "10.0.0.1:80"), ("10.0.0.0/8", "unknown"), ("::/0", "x"),
    ]

    @Test("does not hold others, nor what is no address", arguments: outside)
    func holdsNot(range: String, address: String) throws {
        #expect(try !#require(CIDR(range)).contains(address))
    }

    static let texts: [(String, String)] = [
        ("10.1.2.3/8", "10.0.0.0/8"), ("10.1.2.3", "10.1.2.3/32"), ("0.0.0.0/0", "0.0.0.0/0"),
        ("2001:DB8::1/32", "2001:db8::/32"),
        ("::1", "::1/128"), ("::/0", "::/0"), ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
        ("255.255.255.255/31", "255.255.255.254/31"),
    ]

    @Test("writes its first address and its length", arguments: texts)
    func writes(text: String, expected: String) throws {
        let range = try #require(CIDR(text))
        #expect(range.description == expected)
        #expect(CIDR(expected) == range)
    }

    @Test(
        "refuses",
        arguments: [
            "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/ 8",
            "10.0.0.0/8/8",
            "10.0.0.0/8 ", "10.0.0/8", "10/8", "::/129", "::/1280", "::/", "[::]/0", "10.0.0.0/255.0.0.0", "loopback",
            "10.0.0.0/٨",
            "10.0.0.0/99999999999999999999", "::ffff:10.0.0.0/8x", "10.0.0.0/0x8", "\0/8", "10.0.0.0/00",
        ]
    )
    func refuses(text: String) {
        #expect(CIDR(text) == nil)
    }

    @Test("every length holds its first address and not the one before it", arguments: 1...32)
    func lengths(length: Int) throws {
        let range = try #require(CIDR("128.0.0.0/\(length)"))
        #expect(range.contains("128.0.0.0"))
        #expect(!range.contains("127.255.255.255"))
        let last = UInt32(0x8000_0000) | (length == 32 ? 0 : UInt32.max >> UInt32(length))
        #expect(range.contains(IPAddress(v4: last)))
        #expect(length == 1 || !range.contains(IPAddress(v4: last + 1)))
    }

    @Test("stays linear on hostile texts", arguments: ["/", "1", ":", "10.0.0.0/8", "\0"])
    func hostile(part: String) {
        #expect(CIDR(String(repeating: part, count: 65536)) == nil)
    }
}
