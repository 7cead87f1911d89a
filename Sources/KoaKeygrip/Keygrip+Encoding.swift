extension Keygrip {
    /// How a signature is written as text.
    ///
    /// ```swift
    /// try Keygrip(["SEKRIT1"], encoding: .hex).sign("Keyboard Cat has a hat.")
    /// // df84abdce22c85e51858a2f9ff0fbecc9b1d48d9
    /// ```
    public struct Encoding: Sendable, Hashable {
        private enum Kind {
            case base64, hex
        }

        private let kind: Kind

        /// Base64 with `-` and `_` for `+` and `/`, without padding (RFC 4648 section 5).
        public static let base64 = Encoding(kind: .base64)

        /// Two lower-case hexadecimal digits a byte.
        public static let hex = Encoding(kind: .hex)

        /// How many octets that many bytes take when written.
        func length(of byteCount: Int) -> Int {
            switch kind {
            case .base64: (byteCount * 4 + 2) / 3
            case .hex: byteCount * 2
            }
        }

        /// Writes the bytes to the start of the output, which has the room that ``length(of:)`` tells.
        ///
        /// - Returns: how many octets were written.
        func write(_ bytes: UnsafeRawBufferPointer, to output: UnsafeMutableBufferPointer<UInt8>) -> Int {
            switch kind {
            case .base64: Self.writeBase64(bytes, to: output)
            case .hex: Self.writeHex(bytes, to: output)
            }
        }

        private static func writeBase64(
            _ bytes: UnsafeRawBufferPointer,
            to output: UnsafeMutableBufferPointer<UInt8>
        ) -> Int {
            var written = 0
            var pending: UInt32 = 0
            var bits: UInt32 = 0
            func put(_ value: UInt32) {
                output[written] = digit64(UInt8(truncatingIfNeeded: value & 63))
                written += 1
            }
            for byte in bytes {
                pending = pending << 8 | UInt32(byte)
                bits += 8
                while bits >= 6 {
                    bits -= 6
                    put(pending >> bits)
                }
                pending &= (1 << bits) - 1
            }
            if bits > 0 { put(pending << (6 - bits)) }
            return written
        }

        private static func writeHex(
            _ bytes: UnsafeRawBufferPointer,
            to output: UnsafeMutableBufferPointer<UInt8>
        ) -> Int {
            var written = 0
            for byte in bytes {
                output[written] = digit16(byte >> 4)
                output[written + 1] = digit16(byte & 15)
                written += 2
            }
            return written
        }

        private static func digit64(_ value: UInt8) -> UInt8 {
            switch value {
            case 0..<26: UInt8(ascii: "A") + value
            case 26..<52: UInt8(ascii: "a") + (value - 26)
            case 52..<62: UInt8(ascii: "0") + (value - 52)
            case 62: UInt8(ascii: "-")
            default: UInt8(ascii: "_")
            }
        }

        private static func digit16(_ value: UInt8) -> UInt8 {
            value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + (value - 10)
        }
    }
}
