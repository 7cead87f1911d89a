import Testing

@testable import Koa

@Suite("IP addresses")
struct IPAddressTests {
    static let addresses: [(String, String)] = [
        ("0.0.0.0", "0.0.0.0"), ("127.0.0.1", "127.0.0.1"), ("255.255.255.255", "255.255.255.255"),
        ("192.0.2.1", "192.0.2.1"),
        ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("::0", "::"), ("2001:DB8::1", "2001:db8::1"),
        ("2001:db8:0:0:0:0:0:1", "2001:db8::1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1::8", "1::8"),
        ("0001:0002:0003:0004:0005:0006:0007:0008", "1:2:3:4:5:6:7:8"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("1:0:0:2:3:0:0:4", "1::2:3:0:0:4"), ("0:1:0:1:0:1:0:1", "0:1:0:1:0:1:0:1"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:c000:201", "192.0.2.1"),
        ("::192.0.2.1", "::c000:201"), ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"),
        ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
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
            "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.", "256.1.1.1", "1.2.3.256",
            "01.2.3.4",
            "1.2.3.04", "00.0.0.0", "0x7f.1", "0x7f.0.0.1", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4:80", "1.2.3.a", "-1.2.3.4",
            "+1.2.3.4",
            "1.2.3.4%eth0", "١.2.3.4", "1.2.3.4\0", "unknown", "localhost",
            ":", ":::", "::1::", "1::2::3", ":1", "1:", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::",
            "::1:2:3:4:5:6:7:8",
            "g::", "12345::", "::1.2.3", "::1.2.3.256", "::01.2.3.4", "1.2.3.4::", "1:2:3:4:5:6:7:1.2.3.4",
            "::1.2.3.4:5", "[::1]",
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
