/// A range of IP addresses in CIDR notation (RFC 4632), such as the proxies to trust.
///
/// IPv4 addresses and the IPv6 addresses that map them are the same, so `10.0.0.0/8` holds `::ffff:10.1.2.3`, and `::/0`
/// holds every address of either kind.
///
/// ```swift
/// let proxies = CIDR("10.0.0.0/8")
/// proxies?.contains("10.1.2.3")        // true
/// CIDR("fd00::/8")?.contains("fe80::1")  // false
/// CIDR("10.0.0.0/33")                  // nil
/// ```
public struct CIDR: Sendable, Hashable, CustomStringConvertible {
    private let network: IPAddress
    /// Of the 128 bits of the IPv6 form.
    private let prefixLength: Int

    /// Reads `ADDRESS/LENGTH`, or an address alone, which is a range of itself.
    ///
    /// - Parameter text: The range. Bits of the address behind the prefix are ignored.
    /// - Returns: Nil when the address is not one, or the length is not 0 to 32 (IPv4) or 0 to 128 (IPv6).
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        let width = first.utf8.contains(UInt8(ascii: ":")) ? 128 : 32
        let length = parts.count == 2 ? Self.number(parts[1]) : width
        guard let length, length <= width else { return nil }
        prefixLength = length + 128 - width
        network = address.masked(prefixLength)
    }

    /// Whether the range holds the address.
    package func contains(_ address: IPAddress) -> Bool {
        address.masked(prefixLength) == network
    }

    /// Whether the range holds the address of this text; false when it is not an address.
    public func contains(_ address: String) -> Bool {
        IPAddress(address).map { contains($0) } ?? false
    }

    /// The range's first address and its length: `10.0.0.0/8`.
    public var description: String {
        network.isV4 ? "\(network)/\(prefixLength - 96)" : "\(network)/\(prefixLength)"
    }

    /// One to three digits without leading zeros.
    private static func number(_ text: Substring) -> Int? {
        guard 1...3 ~= text.utf8.count, text.utf8.allSatisfy(\.isASCIIDigit), text == "0" || !text.hasPrefix("0") else {
            return nil
        }
        return Int(text)
    }
}

extension IPAddress {
    /// The address with all bits after the first `length` cleared.
    fileprivate func masked(_ length: Int) -> IPAddress {
        // Swift's shifts by 64 or more, or by less than nothing, do what this needs.
        IPAddress(high: high & ~(UInt64.max >> length), low: low & ~(UInt64.max >> max(length - 64, 0)))
    }
}
