import Koa

/// The secret of a browser, and the tokens that are made of it.
///
/// A token is the secret under a random mask, so that no two are alike: what a page's compressed length tells of one
/// (BREACH) is of no use with the next.
struct CSRFToken {
    /// How many bytes a secret has.
    static let size = 18

    /// The secret's bytes.
    let secret: [UInt8]

    /// A new secret.
    init() {
        secret = Self.random()
    }

    /// A secret out of its text; nil when that is none.
    init?(secret text: String) {
        guard let bytes = Self.bytes(text), bytes.count == Self.size else { return nil }
        secret = bytes
    }

    /// The secret as a text of letters, digits, `-` and `_`.
    var secretText: String { Self.text(secret) }

    /// A new token of the secret.
    func make() -> String {
        let mask = Self.random()
        return Self.text(mask + zip(mask, secret).map { $0 ^ $1 })
    }

    /// Whether a text is a token of the secret.
    func matches(_ token: String) -> Bool {
        guard token.utf8.count <= 4 * Self.size, let bytes = Self.bytes(token), bytes.count == 2 * Self.size else {
            return false
        }
        return ConstantTime.isEqual(zip(bytes, bytes.dropFirst(Self.size)).map { $0 ^ $1 }, to: secret)
    }

    private static func random() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<size).map { _ in .random(in: .min ... .max, using: &generator) }
    }

    /// The sizes are multiples of three, so that it needs no padding.
    private static func text(_ bytes: [UInt8]) -> String { Base64.encode(bytes, .url) }

    private static func bytes(_ text: String) -> [UInt8]? { Base64.decode(text) }
}
