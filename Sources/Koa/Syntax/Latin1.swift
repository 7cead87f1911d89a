/// Header text: strings whose characters U+0000 to U+00FF each stand for one ISO-8859-1 byte on the wire.
package enum Latin1 {
    /// Reads bytes as ISO-8859-1, which never fails: each becomes the character of its number.
    package static func decode(_ bytes: some Collection<UInt8>) -> String {
        // Most header text is ASCII, which is UTF-8 already; OR-ing the bytes together finds out without a branch each.
        if bytes.reduce(0 as UInt8, |) < 0x80 { return String(decoding: bytes, as: UTF8.self) }
        var utf8: [UInt8] = []
        utf8.reserveCapacity(bytes.count + bytes.count / 2)
        for byte in bytes {
            if byte < 0x80 {
                utf8.append(byte)
            } else {
                utf8.append(0xC0 | byte >> 6)
                utf8.append(0x80 | byte & 0x3F)
            }
        }
        return String(decoding: utf8, as: UTF8.self)
    }

    /// The ISO-8859-1 bytes of a text, or nil when it has a character above U+00FF.
    package static func encode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        return append(text, to: &bytes) ? bytes : nil
    }

    /// Appends the ISO-8859-1 bytes of a text.
    ///
    /// - Returns: False, with nothing appended, when the text has a character above U+00FF.
    package static func append(_ text: String, to bytes: inout [UInt8]) -> Bool {
        let start = bytes.count
        var lead: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case 0x00...0x7F:
                bytes.append(byte)
            case 0x80...0xBF:
                bytes.append(lead << 6 | byte & 0x3F)
            case 0xC2, 0xC3:
                lead = byte & 0x03
            default:
                bytes.removeSubrange(start...)
                return false
            }
        }
        return true
    }

    /// Whether a text can be sent as a header field value: tab, U+0020 to U+007E and U+0080 to U+00FF.
    ///
    /// So CR, LF, NUL and the other ASCII control characters are refused, as Node refuses them.
    package static func isFieldValue(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            // Without an early exit, the loop is one over vectors.
            bytes.reduce(0 as UInt8) { $0 | (isFieldByte($1) ? 0 : 1) } == 0
        } ?? text.utf8.allSatisfy(isFieldByte)
    }

    /// Whether a byte of UTF-8 can belong to a field value: U+0080 to U+00FF are C2 or C3 and a byte from 80 to BF, and
    /// every character above begins with a byte from C4.
    private static func isFieldByte(_ byte: UInt8) -> Bool {
        (0x20...0x7E) ~= byte || (0x80...0xC3) ~= byte || byte == 0x09
    }

    /// Whether a text is a token (RFC 9110 §5.6.2), as the names of fields, methods and cookies have to be.
    package static func isToken(_ text: some StringProtocol) -> Bool {
        let set = ASCIISet.token
        return !text.isEmpty && text.utf8.allSatisfy { set.contains($0) }
    }
}
