import Testing

@testable import Koa

@Suite("The text of IP addresses")
struct IPAddressTextTests {
    static let forms: [([UInt16], String)] = [
        ([0, 0, 0, 0, 0, 0, 0, 0], "::"), ([0, 0, 0, 0, 0, 0, 0, 1], "::1"), ([1, 0, 0, 0, 0, 0, 0, 0], "1::"),
        ([1, 2, 3, 4, 5, 6, 7, 8], "1:2:3:4:5:6:7:8"), ([1, 0, 3, 4, 5, 6, 7, 8], "1:0:3:4:5:6:7:8"),
        ([0, 0, 3, 4, 5, 6, 0, 0], "::3:4:5:6:0:0"), ([0, 2, 0, 0, 0, 6, 0, 0], "0:2::6:0:0"),
        ([1, 0, 0, 4, 0, 0, 0, 8], "1:0:0:4::8"), ([0xFFFF, 0xABC, 0, 0, 0, 0, 0, 0xF], "ffff:abc::f"),
        ([1, 2, 3, 4, 5, 6, 0, 0], "1:2:3:4:5:6::"), ([0, 0, 0, 0, 0, 0xFFFF, 0x102, 0x304], "::ffff:102:304"),
    ]

    @Test("compresses the first of the longest runs of zeros, and reads it back", arguments: forms)
    func writesIPv6(pieces: [UInt16], text: String) {
        #expect(IPv6Text.format(pieces) == text)
        #expect(IPv6Text.parse(Array(text.utf8)[...]) == pieces)
        #expect(IPAddress(pieces).pieces == pieces)
    }

    @Test(
        "writes and reads every number of an IPv4 address",
        arguments: [0, 1, 9, 10, 99, 100, 127, 199, 200, 249, 250, 255])
    func writesIPv4(number: UInt32) {
        let bits = number << 24 | number << 16 | number << 8 | number
        let text = "\(number).\(number).\(number).\(number)"
        #expect(IPv4Text.format(bits) == text)
        #expect(IPv4Text.parse(Array(text.utf8)[...]) == bits)
    }

    @Test("reads a part of a larger text")
    func slices() {
        let bytes = Array("[1.2.3.4]".utf8)
        #expect(IPv4Text.parse(bytes[1..<8]) == 0x0102_0304)
        #expect(IPv4Text.parse(bytes[1..<2]) == nil)
        #expect(IPv4Text.parse(bytes[1..<1]) == nil)
        let longer = Array("[::1]".utf8)
        #expect(IPv6Text.parse(longer[1..<4]) == [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(IPv6Text.parse(longer[1..<1]) == nil)
    }
}
