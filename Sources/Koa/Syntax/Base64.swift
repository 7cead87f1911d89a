/// Base64 (RFC 4648), of both alphabets.
package enum Base64 {
    /// Which text bytes are written as.
    package enum Alphabet {
        /// With `+` and `/`, and `=` where the bytes fill no group of three (section 4).
        case standard
        /// With `-` and `_`, and nothing behind them (section 5).
        case url
    }

    /// The bytes as text.
    package static func encode(_ bytes: some Collection<UInt8>, _ alphabet: Alphabet = .standard) -> String {
        bytes.withContiguousStorageIfAvailable { encode(UnsafeRawBufferPointer($0), alphabet) }
            ?? Array(bytes).withUnsafeBytes { encode($0, alphabet) }
    }

    static func encode(_ bytes: UnsafeRawBufferPointer, _ alphabet: Alphabet) -> String {
        String(unsafeUninitializedCapacity: length(of: bytes.count, alphabet)) { write(bytes, to: $0, alphabet) }
    }

    /// How many octets so many bytes take when written.
    package static func length(of count: Int, _ alphabet: Alphabet) -> Int {
        switch alphabet {
        case .standard: (count + 2) / 3 * 4
        case .url: (count * 4 + 2) / 3
        }
    }

    /// Writes the bytes to the start of the output, which has the room that ``length(of:_:)`` tells.
    ///
    /// - Returns: how many octets were written.
    package static func write(
        _ bytes: UnsafeRawBufferPointer, to output: UnsafeMutableBufferPointer<UInt8>, _ alphabet: Alphabet
    ) -> Int {
        let digits = (alphabet == .standard ? standardDigits : urlDigits).utf8Start
        func digit(_ bits: UInt32, _ shift: UInt32) -> UInt8 { digits[Int(bits >> shift & 63)] }
        var (read, written) = (0, 0)
        while read + 3 <= bytes.count {
            let bits = UInt32(bytes[read]) << 16 | UInt32(bytes[read + 1]) << 8 | UInt32(bytes[read + 2])
            output[written] = digit(bits, 18)
            output[written + 1] = digit(bits, 12)
            output[written + 2] = digit(bits, 6)
            output[written + 3] = digit(bits, 0)
            read += 3
            written += 4
        }
        guard read < bytes.count else { return written }
        let isPair = read + 2 == bytes.count
        let bits = UInt32(bytes[read]) << 16 | (isPair ? UInt32(bytes[read + 1]) << 8 : 0)
        output[written] = digit(bits, 18)
        output[written + 1] = digit(bits, 12)
        if isPair { output[written + 2] = digit(bits, 6) }
        written += isPair ? 3 : 2
        while alphabet == .standard, written % 4 != 0 {
            output[written] = UInt8(ascii: "=")
            written += 1
        }
        return written
    }

    /// Reads text of either alphabet, its padding there or not; nil for any other text.
    package static func decode(_ text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { text -> [UInt8]? in
            var end = text.count
            while end > 0, text[end - 1] == UInt8(ascii: "=") { end -= 1 }
            guard end % 4 != 1, text.count <= (end + 3) / 4 * 4 else { return nil }
            let digits = UnsafeBufferPointer(rebasing: text[..<end])
            var isValid = true
            let bytes = [UInt8](unsafeUninitializedCapacity: end * 3 / 4) { output, count in
                isValid = read(digits, to: output)
                count = isValid ? end * 3 / 4 : 0
            }
            return isValid ? bytes : nil
        }
    }

    private static func read(_ text: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        let values = values.utf8Start
        var wrong: UInt8 = 0
        func value(_ place: Int) -> UInt32 {
            let value = values[Int(text[place] & 127)]
            // No digit has the bit 64, which `none` has; no octet of a digit has the bit 128.
            wrong |= value & 64 | text[place] & 128
            return UInt32(value & 63)
        }
        var (place, written) = (0, 0)
        func put(_ bits: UInt32, _ count: Int) {
            output[written] = UInt8(truncatingIfNeeded: bits >> 16)
            if count > 1 { output[written + 1] = UInt8(truncatingIfNeeded: bits >> 8) }
            if count > 2 { output[written + 2] = UInt8(truncatingIfNeeded: bits) }
            written += count
        }
        while place + 4 <= text.count {
            put(value(place) << 18 | value(place + 1) << 12 | value(place + 2) << 6 | value(place + 3), 3)
            place += 4
        }
        if place + 2 == text.count {
            put(value(place) << 18 | value(place + 1) << 12, 1)
        } else if place + 3 == text.count {
            put(value(place) << 18 | value(place + 1) << 12 | value(place + 2) << 6, 2)
        }
        return wrong == 0
    }

    private static let standardDigits: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    private static let urlDigits: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

    /// The digit that each octet of ASCII is; `~` for none.
    private static let values: StaticString =
        "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~>~>~?456789:;<=~~~~~~~\0\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\t\n\u{B}\u{C}\r\u{E}\u{F}\u{10}\u{11}\u{12}\u{13}\u{14}\u{15}\u{16}\u{17}\u{18}\u{19}~~~~?~\u{1A}\u{1B}\u{1C}\u{1D}\u{1E}\u{1F} !\"#$%&'()*+,-./0123~~~~~"
}
