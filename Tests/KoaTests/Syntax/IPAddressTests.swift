import Testing

@testable import Koa

@Suite("IP addresses")
struct IPAddressTests {
    static let addresses: [(String, String)] = [
        ("0.0.0.0", "0.0.0.0"), ("127.0.0.1", "127.0.0.1"), ("255.255.255.255", "255.255.255.255"), ("192.0.2.1", "192.0.2.1"),
        ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("::0", "::"), ("2001:DB8::1", "2001:db8::1"),
        ("2001:db8:0:0:0:0:0:1", "2001:db8::1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1::8", "1::8"),
        ("0001:0002:0003:0004:0005:0006:0007:0008", "1:2:3:4:5:6:7:8"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("1:0:0:2:3:0:0:4", "1::2:3:0:0:4"), ("0:1:0:1:0:1:0:1", "0:1:0:1:0:1:0:1"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:c000:201", "192.0.2.1"),
        ("::192.0.2.1", "::c000:201"), ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
        ("fe80::1%eth0", "fe80::1"), ("fe80::1%25", "fe80::1"), ("::1%1", "::1"),
    ]

    @Test("reads and writes the one form of an address", arguments: addresses)
    func reads(text: String, expected: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == expected)
        #expect(IPAddress(expected) == address)
        #expect(IPAddress(text[...]) == address)
    }

    @Test(
        "refuses what is not strictly an address",
        arguments: [
            "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.", "256.1.1.1", "1.2.3.256", "01.2.3.4",
            "1.2.3.04", "00.0.0.0", "0x7f.1", "0x7f.0.0.1", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4:80", "1.2.3.a", "-1.2.3.4", "+1.2.3.4",
            "1.2.3.4%eth0", "١.2.3.4", "1.2.3.4\0", "unknown", "localhost",
            ":", ":::", "::1::", "1::2::3", ":1", "1:", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
            "g::", "12345::", "::1.2.3", "::1.2.3.256", "::01.2.3.4", "1.2.3.4::", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4:5", "[::1]",
            "::1 ", " ::1", "::1%", "%eth0", "::1/64", "1:::2", "::\0", "0:0:0:0:0:0:0:0:",
        ]
    )
    func refuses(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("takes a mapped address for the one it maps")
    func mapped() throws {
        let plain = try #require(IPAddress("10.1.2.3"))
        let mapped = try #require(IPAddress("::ffff:10.1.2.3"))
        #expect(plain == mapped)
        #expect(plain.hashValue == mapped.hashValue)
        #expect(plain.isV4 && mapped.isV4)
        #expect(IPAddress(v4: 0x0A01_0203) == plain)
        #expect(try !#require(IPAddress("::10.1.2.3")).isV4)
        #expect(try !#require(IPAddress("::ffff:0:0:0")).isV4)
    }

    @Test("stays linear on hostile texts", arguments: ["1", ".", ":", "1:", "1.", "%", "0", "\0", "é", "ffff:"])
    func hostile(part: String) {
        #expect(IPAddress(String(repeating: part, count: 65536)) == nil)
        #expect(IPv6Text.parse(Array(String(repeating: part, count: 65536).utf8)[...]) == nil)
        #expect(IPv4Text.parse(Array(String(repeating: part, count: 65536).utf8)[...]) == nil)
    }
}

@Suite("Ranges of IP addresses")
struct CIDRTests {
    static let inside: [(String, String)] = [
        ("10.0.0.0/8", "10.0.0.0"), ("10.0.0.0/8", "10.255.255.255"), ("10.1.2.3/8", "10.9.9.9"), ("192.0.2.1", "192.0.2.1"),
        ("192.0.2.1/32", "192.0.2.1"), ("192.0.2.128/25", "192.0.2.255"), ("0.0.0.0/0", "1.2.3.4"), ("0.0.0.0/0", "::ffff:1.2.3.4"),
        ("10.0.0.0/8", "::ffff:10.1.2.3"), ("::ffff:10.0.0.0/104", "10.1.2.3"), ("::1", "::1"), ("::1/128", "::1"),
        ("2001:db8::/32", "2001:db8:ffff::1"), ("fd00::/8", "fd12:3456::1"), ("fe80::/10", "febf::1"), ("::/0", "2001:db8::1"),
        ("::/0", "1.2.3.4"), ("2001:db8::/64", "2001:db8::ffff:1"), ("2001:db8::/65", "2001:db8::7fff:0:0:0"), ("fe80::/10", "fe80::1%eth0"),
    ]

    @Test("holds the addresses of its prefix", arguments: inside)
    func holds(range: String, address: String) throws {
        #expect(try #require(CIDR(range)).contains(address))
    }

    static let outside: [(String, String)] = [
        ("10.0.0.0/8", "11.0.0.0"), ("10.0.0.0/8", "9.255.255.255"), ("192.0.2.1", "192.0.2.2"), ("192.0.2.128/25", "192.0.2.127"),
        ("0.0.0.0/0", "::1"), ("10.0.0.0/8", "2001:db8::1"), ("10.0.0.0/8", "::10.0.0.1"), ("::1", "::2"), ("2001:db8::/32", "2001:db9::"),
        ("fe80::/10", "fec0::1"), ("2001:db8::/64", "2001:db8:0:1::"), ("2001:db8::/65", "2001:db8:0:0:8000::"), ("fd00::/8", "10.0.0.1"),
        ("10.0.0.0/8", ""), ("10.0.0.0/8", "10.0.0.1:80"), ("10.0.0.0/8", "unknown"), ("::/0", "x"),
    ]

    @Test("does not hold others, nor what is no address", arguments: outside)
    func holdsNot(range: String, address: String) throws {
        #expect(try !#require(CIDR(range)).contains(address))
    }

    static let texts: [(String, String)] = [
        ("10.1.2.3/8", "10.0.0.0/8"), ("10.1.2.3", "10.1.2.3/32"), ("0.0.0.0/0", "0.0.0.0/0"), ("2001:DB8::1/32", "2001:db8::/32"),
        ("::1", "::1/128"), ("::/0", "::/0"), ("::ffff:10.0.0.0/104", "10.0.0.0/8"), ("255.255.255.255/31", "255.255.255.254/31"),
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
            "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/ 8", "10.0.0.0/8/8",
            "10.0.0.0/8 ", "10.0.0/8", "10/8", "::/129", "::/1280", "::/", "[::]/0", "10.0.0.0/255.0.0.0", "loopback", "10.0.0.0/٨",
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
