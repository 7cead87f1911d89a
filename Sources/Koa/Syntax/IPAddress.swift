/// An IPv4 or IPv6 address.
///
/// An IPv4 address and the IPv6 address that maps it (`::ffff:192.0.2.1`) are the same value: a server that listens on
/// IPv6 sees clients of either kind, and a list of trusted proxies means both.
package struct IPAddress: Sendable, Hashable {
    /// The 128 bits, an IPv4 address as `::ffff:a.b.c.d`, in two halves.
    package let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// An IPv4 address of its 32 bits.
    package init(v4 bits: UInt32) {
        self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(bits))
    }

    /// Reads an address: strict dotted decimal (four numbers, no leading zeros), or the forms of RFC 4291 §2.2.
    ///
    /// - Parameter text: The address alone. A zone (`%eth0`) behind an IPv6 address is dropped; brackets, ports and
    ///   spaces make it nil.
    package init?(_ text: some StringProtocol) {
        // 45 bytes is the longest address; a zone is the name of an interface.
        guard text.utf8.count <= 128 else { return nil }
        let bytes = Array(text.utf8)
        guard bytes.contains(UInt8(ascii: ":")) else {
            guard let bits = IPv4Text.parse(bytes[...]) else { return nil }
            self.init(v4: bits)
            return
        }
        let end = bytes.firstIndex(of: UInt8(ascii: "%")) ?? bytes.count
        guard end != bytes.count - 1, let pieces = IPv6Text.parse(bytes[..<end]) else { return nil }
        self.init(pieces)
    }

    /// An address of the eight 16-bit numbers of its IPv6 form.
    init(_ pieces: [UInt16]) {
        high = pieces.prefix(4).reduce(0) { $0 << 16 | UInt64($1) }
        low = pieces.dropFirst(4).prefix(4).reduce(0) { $0 << 16 | UInt64($1) }
    }

    /// The eight 16-bit numbers of the IPv6 form.
    var pieces: [UInt16] {
        [high, low].flatMap { half in
            [48, 32, 16, 0].map { UInt16(truncatingIfNeeded: half >> UInt64($0)) }
        }
    }

    /// Whether this is an IPv4 address, written as one or mapped.
    package var isV4: Bool { high == 0 && low >> 32 == 0xFFFF }
}

extension IPAddress: CustomStringConvertible {
    /// The canonical text (RFC 5952): dotted decimal for IPv4, lower-case and compressed without brackets for IPv6.
    package var description: String {
        isV4 ? IPv4Text.format(UInt32(truncatingIfNeeded: low)) : IPv6Text.format(pieces)
    }
}
