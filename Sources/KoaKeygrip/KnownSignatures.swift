import Koa
import NIOConcurrencyHelpers

/// Signatures of the newest key that were made or found right not long ago: a browser sends its cookies with each request,
/// and hashing them takes longer than to remember.
///
/// It holds a few thousand, each in the place that its text's hash has; the next text of that place takes it over.
final class KnownSignatures: Sendable {
    private struct Entry: Sendable {
        let text: String
        let signature: String
    }

    /// A power of two.
    private static let places = 4096
    /// Texts beyond it aren't kept, in bytes.
    private static let longest = 256

    private let entries = NIOLockedValueBox([Entry?](repeating: nil, count: places))

    /// The signature of a text, where it is known.
    func signature(of text: String) -> String? {
        guard text.utf8.count <= Self.longest else { return nil }
        let place = Self.place(of: text)
        guard let entry = entries.withLockedValue({ $0[place] }), entry.text.isIdentical(to: text) else { return nil }
        return entry.signature
    }

    /// Keeps the signature of a text.
    func keep(_ signature: String, of text: String) {
        guard text.utf8.count <= Self.longest else { return }
        let place = Self.place(of: text)
        entries.withLockedValue { $0[place] = Entry(text: text, signature: signature) }
    }

    /// No hash that somebody couldn't aim at: texts of one place only push each other out.
    private static func place(of text: String) -> Int {
        var text = text
        return text.withUTF8 { octets in
            let bytes = UnsafeRawBufferPointer(octets)
            var hash = UInt64(truncatingIfNeeded: bytes.count)
            var start = 0
            while start + 8 <= bytes.count {
                hash = (hash ^ bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 32
                start += 8
            }
            for octet in bytes[start...] { hash = (hash ^ UInt64(octet)) &* 0x0100_0000_01B3 }
            return Int(truncatingIfNeeded: (hash ^ hash >> 29) & UInt64(places - 1))
        }
    }
}
