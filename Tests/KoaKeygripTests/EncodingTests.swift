import Testing

@testable import KoaKeygrip

@Suite("How a signature is written")
struct EncodingTests {
    private func text(_ bytes: [UInt8], _ encoding: Keygrip.Encoding) -> String {
        let length = encoding.length(of: bytes.count)
        return bytes.withUnsafeBytes { bytes in
            String(unsafeUninitializedCapacity: length) {
                let written = encoding.write(bytes, to: $0)
                #expect(written == length)
                return written
            }
        }
    }

    /// RFC 4648 section 10, without its padding, and the two letters that differ in a URL.
    static let base64Cases: [(String, String)] = [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"), ("~~~???", "fn5-Pz8_"),
    ]

    @Test("base64 is RFC 4648's for URLs, without padding", arguments: base64Cases)
    func base64(_ bytes: String, _ expected: String) {
        #expect(text(Array(bytes.utf8), .base64) == expected)
    }

    @Test("base64 has a digit for each six bits")
    func alphabet() {
        var bytes: [UInt8] = []
        for first in stride(from: 0, to: 64, by: 4) {
            let bits = (0..<4).reduce(0) { $0 << 6 | (first + $1) }
            bytes += [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)]
        }
        #expect(text(bytes, .base64) == "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    }

    @Test("hexadecimal is in lower case")
    func hex() {
        #expect(text([], .hex) == "")
        #expect(text([0x00, 0x0F, 0xA0, 0xFF, 0x12], .hex) == "000fa0ff12")
    }
}
