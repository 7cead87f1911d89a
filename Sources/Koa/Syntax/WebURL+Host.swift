extension WebURL {
    /// What no host may have (§3.1).
    private static let forbidden = ASCIISet("\u{00}\u{09}\u{0A}\u{0D} #/:<>?@[\\]^|")

    /// Reads a host and writes it in its one form (§3.5): an IPv6 address in brackets, an IPv4 address in dotted decimal,
    /// or a name, of a special URL in lower-case ASCII.
    ///
    /// - Returns: Nil where the standard reports failure, or for a name that is not mapped safely, see ``WebURL``.
    static func parseHost(_ text: ArraySlice<UInt8>, isSpecial: Bool) -> String? {
        if text.first == UInt8(ascii: "[") {
            guard text.count > 2, text.last == UInt8(ascii: "]"),
                let pieces = IPv6Text.parse(text.dropFirst().dropLast())
            else { return nil }
            return "[\(IPv6Text.format(pieces))]"
        }
        guard isSpecial else {
            let forbidden = forbidden
            return text.contains(where: { forbidden.contains($0) }) ? nil : encode(text, keeping: Kept.control)
        }
        let decoded = URLEncoding.decode(text, isLenient: true) ?? []
        guard let domain = DomainName.toASCII(decoded) else { return nil }
        let bytes = domain.utf8
        let allowed = ASCIISet.printable.subtracting(forbidden).subtracting(ASCIISet("%"))
        guard !bytes.isEmpty, bytes.allSatisfy({ allowed.contains($0) }) else { return nil }
        let parts = domain.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard endsInNumber(parts) else { return domain }
        return parseIPv4(parts).map(IPv4Text.format)
    }

    /// Whether a name is an IPv4 address or nothing (§3.6): its last part, a trailing dot aside, is a number.
    private static func endsInNumber(_ parts: [Substring.UTF8View]) -> Bool {
        var last = parts.last
        if last?.isEmpty == true {
            guard parts.count > 1 else { return false }
            last = parts.dropLast().last
        }
        guard let last, !last.isEmpty else { return false }
        return last.allSatisfy(\.isASCIIDigit) || parseNumber(last) != nil
    }

    /// Reads the forms of an IPv4 address that the C library reads: one to four numbers, decimal, octal or hexadecimal,
    /// of which the last fills what the others leave.
    private static func parseIPv4(_ parts: [Substring.UTF8View]) -> UInt32? {
        let parts = parts.last?.isEmpty == true ? parts.dropLast() : parts[...]
        guard parts.count <= 4, let last = parts.last.flatMap(parseNumber) else { return nil }
        var address: UInt64 = 0
        for part in parts.dropLast() {
            guard let number = parseNumber(part), number <= 255 else { return nil }
            address = address << 8 | number
        }
        let bits = UInt64(8 * (5 - parts.count))
        guard last < 1 << bits else { return nil }
        return UInt32(truncatingIfNeeded: address << bits | last)
    }

    /// A number by its prefix: `0x` hexadecimal, `0` octal, else decimal. Those above 2³² are all the same here.
    private static func parseNumber(_ text: Substring.UTF8View) -> UInt64? {
        var digits = text
        var radix: UInt64 = 10
        guard !digits.isEmpty else { return nil }
        if digits.count > 1, digits.first == UInt8(ascii: "0") {
            digits = digits.dropFirst()
            radix = 8
            if digits.first == UInt8(ascii: "x") || digits.first == UInt8(ascii: "X") {
                digits = digits.dropFirst()
                radix = 16
            }
        }
        var number: UInt64 = 0
        for byte in digits {
            guard let digit = byte.hexDigitValue, digit < radix else { return nil }
            number = min(number * radix + UInt64(digit), 1 << 32)
        }
        return number
    }
}
