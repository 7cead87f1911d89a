import Koa

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
            case .base64: Base64.length(of: byteCount, .url)
            case .hex: byteCount * 2
            }
        }

        /// Writes the bytes to the start of the output, which has the room that ``length(of:)`` tells.
        ///
        /// - Returns: how many octets were written.
        func write(_ bytes: UnsafeRawBufferPointer, to output: UnsafeMutableBufferPointer<UInt8>) -> Int {
            switch kind {
            case .base64: Base64.write(bytes, to: output, .url)
            case .hex: Self.writeHex(bytes, to: output)
            }
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

        private static func digit16(_ value: UInt8) -> UInt8 {
            value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + (value - 10)
        }
    }
}
