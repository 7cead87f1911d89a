import Crypto
import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Seals the content of cookie sessions by AES-GCM with keys of 256 bits, so that the browser's user can neither read nor
/// change it.
///
/// ```swift
/// let encryption = try SessionEncryption(keys: ["a new secret of 32 characters …", "an older secret of 32 …"])
/// app.use(session(.init(encryption: encryption)))
/// ```
///
/// New cookies are sealed by the first key; those of any key are opened, and sealed anew by the first when they were
/// another's: put a new key at the front, and drop the last when its sessions are over. A cookie of another name isn't
/// opened. Printing it shows none of its keys.
public struct SessionEncryption: Sendable, CustomStringConvertible {
    private let keys: [SymmetricKey]

    /// - Parameter keys: secrets of at least 32 bytes of UTF-8, random ones, the newest first.
    /// - Throws: ``SessionError`` `.weakKey` when there is none, or one is shorter.
    public init(keys: [String]) throws {
        guard !keys.isEmpty else { throw SessionError(.weakKey, "Encrypted sessions need a key.") }
        if let short = keys.firstIndex(where: { $0.utf8.count < 32 }) {
            throw SessionError(
                .weakKey, "The key \(short + 1) of \(keys.count) for encrypted sessions has less than 32 bytes.")
        }
        self.keys = keys.map { key in
            // Of its own kind: a secret that app.keys has too gives another key here.
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: Data(key.utf8)), info: Data("koa session cookie 1".utf8),
                outputByteCount: 32)
        }
    }

    /// How many keys there are.
    public var description: String { "SessionEncryption of \(keys.count) keys" }

    /// The content, sealed for the cookie of a name, as letters, digits, `-` and `_`.
    func seal(_ content: JSONObject, for name: String) throws -> String {
        let box = try AES.GCM.seal(
            Data(content.jsonText.utf8), using: keys[0], authenticating: Data(name.utf8))
        guard let combined = box.combined else { throw SessionError(.malformed, "The session can't be sealed.") }
        return Base64.encode(combined, .url)
    }

    /// The content of a cookie, and whether another key than the first sealed it.
    ///
    /// - Throws: ``SessionError`` `.malformed` for what none of the keys has sealed for that name.
    func open(_ value: String, for name: String) throws -> (content: JSONObject, isOld: Bool) {
        guard let data = Base64.decode(value), let box = try? AES.GCM.SealedBox(combined: data) else {
            throw SessionError(.malformed, "The cookie isn't sealed.")
        }
        for (index, key) in keys.enumerated() {
            guard let text = try? AES.GCM.open(box, using: key, authenticating: Data(name.utf8)) else { continue }
            guard let object = try JSON.parse(text).object else { break }
            return (object, index > 0)
        }
        throw SessionError(.malformed, "None of the keys has sealed the cookie.")
    }
}
