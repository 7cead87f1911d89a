import Koa
import NIOConcurrencyHelpers

/// Signatures of the newest key that were made or found right not long ago: a browser sends its cookies with each request,
/// and hashing them takes longer than to remember.
///
/// It holds a few hundred, each in the place that its text's hash has; the next text of that place takes it over.
final class KnownSignatures: Sendable {
    private struct Entry: Sendable {
        let text: String
        let signature: String
    }

    private static let places = 1024
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

    private static func place(of text: String) -> Int {
        // Of a process' own seed, so that nobody can choose texts of one place.
        Int(truncatingIfNeeded: UInt(bitPattern: text.hashValue) % UInt(places))
    }
}
