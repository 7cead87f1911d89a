/// Percent-encoding of URLs and their parts.
package enum URLEncoding {
    /// What a URL may hold as it is: RFC 3986's characters and `|`, `\`, `^`, which browsers leave alone.
    private static let urlCharacters = ASCIISet.alphanumerics.union(ASCIISet("!#$%&'()*+,-./:;=?@[\\]^_|~"))

    /// What JavaScript's `encodeURI` leaves as it is.
    private static let uriCharacters = ASCIISet.alphanumerics.union(ASCIISet("!#$&'()*+,-./:;=?@_~"))

    /// What JavaScript's `encodeURIComponent` leaves as it is.
    private static let componentCharacters = ASCIISet.alphanumerics.union(ASCIISet("!'()*-._~"))

    /// What `application/x-www-form-urlencoded` leaves as it is.
    private static let formCharacters = ASCIISet.alphanumerics.union(ASCIISet("*-._"))

    /// Makes a text fit for a `Location` field: encodes what may not stand in a URL and keeps what is encoded already.
    ///
    /// This is the reference's encodeurl 2, its corners included: a `%` that begins no escape becomes `%25`, together
    /// with the characters that show it does not, and `%a` at the very end stays.
    package static func encodeURL(_ url: String) -> String {
        let (kept, keptAfterPercent) = (urlCharacters, uriCharacters)
        let bytes = Array(url.utf8)
        guard bytes.contains(where: { !kept.contains($0) || $0 == UInt8(ascii: "%") }) else { return url }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count + bytes.count / 2)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "%") else {
                append(byte, unlessIn: kept, to: &output)
                continue
            }
            let tail = bytes[index...].prefix(2)
            let digits = tail.prefix { $0.hexDigitValue != nil }
            if digits.count == 2 || (digits.count == 1 && tail.count == 1) {
                output.append(byte)
                continue
            }
            // Not an escape: the percent sign and all up to the first byte that is no digit.
            appendEscape(byte, to: &output)
            for byte in tail.prefix(digits.count + 1) { append(byte, unlessIn: keptAfterPercent, to: &output) }
            index += min(tail.count, digits.count + 1)
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Encodes a value for use in a URL as JavaScript's `encodeURIComponent` does: all but letters, digits and
    /// `-_.!~*'()`.
    package static func encodeComponent(_ text: String) -> String {
        encode(text, keeping: componentCharacters)
    }

    /// Decodes `%XX` escapes strictly, as JavaScript's `decodeURIComponent` does. A `+` stays.
    ///
    /// - Returns: Nil when a `%` begins no escape or the bytes are not UTF-8.
    package static func decodeComponent(_ text: some StringProtocol) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        guard let bytes = decode(text.utf8, isLenient: false) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Decodes a name or a value of `application/x-www-form-urlencoded` (WHATWG URL §5.1): `+` is a space, a `%` that
    /// begins no escape stays, and what is not UTF-8 becomes U+FFFD.
    package static func formDecode(_ text: some StringProtocol) -> String {
        let isPlain = text.utf8.allSatisfy { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }
        guard !isPlain else { return String(text) }
        let spaced = text.utf8.lazy.map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
        return String(decoding: decode(spaced, isLenient: true) ?? [], as: UTF8.self)
    }

    /// Encodes a name or a value of `application/x-www-form-urlencoded` (WHATWG URL §5.2): all but letters, digits and
    /// `*-._`, with `+` for a space.
    package static func formEncode(_ text: some StringProtocol) -> String {
        let kept = formCharacters
        guard text.utf8.contains(where: { !kept.contains($0) }) else { return String(text) }
        var output: [UInt8] = []
        for byte in text.utf8 {
            if byte == UInt8(ascii: " ") {
                output.append(UInt8(ascii: "+"))
            } else {
                append(byte, unlessIn: kept, to: &output)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Encodes every byte that is not in the set.
    static func encode(_ text: some StringProtocol, keeping kept: ASCIISet) -> String {
        guard text.utf8.contains(where: { !kept.contains($0) }) else { return String(text) }
        var output: [UInt8] = []
        output.reserveCapacity(text.utf8.count * 2)
        for byte in text.utf8 { append(byte, unlessIn: kept, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends a byte as it is where the set has it, else as `%XX`.
    static func append(_ byte: UInt8, unlessIn kept: ASCIISet, to output: inout [UInt8]) {
        if kept.contains(byte) {
            output.append(byte)
        } else {
            appendEscape(byte, to: &output)
        }
    }

    /// The bytes with their escapes decoded; a `%` that begins none stays when lenient, and makes it nil otherwise.
    static func decode(_ bytes: some Sequence<UInt8>, isLenient: Bool) -> [UInt8]? {
        let input = Array(bytes)
        var output: [UInt8] = []
        output.reserveCapacity(input.count)
        var index = 0
        while index < input.count {
            let byte = input[index]
            index += 1
            if byte == UInt8(ascii: "%") {
                if index + 1 < input.count, let high = input[index].hexDigitValue,
                    let low = input[index + 1].hexDigitValue
                {
                    output.append(high << 4 | low)
                    index += 2
                    continue
                }
                guard isLenient else { return nil }
            }
            output.append(byte)
        }
        return output
    }

    private static func appendEscape(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "%"))
        for digit in [byte >> 4, byte & 0x0F] { output.append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
    }
}
