/// Signs cookies, and finds out which of its keys made a signature.
///
/// The core asks this protocol and no cryptography library; `Keygrip` of the module `KoaKeygrip` is the usual
/// implementation, installed by `app.keys = ["some secret hurr"]`. A signer of your own can keep its keys elsewhere:
///
/// ```swift
/// struct VaultSigner: CookieSigner {
///     let vault: Vault
///     func sign(_ text: String) -> String { vault.mac(of: text, key: 0) }
///     func index(of signature: String, for text: String) -> Int? {
///         (0..<vault.count).first { vault.isEqual(vault.mac(of: text, key: $0), signature) }
///     }
/// }
/// app.signer = VaultSigner(vault: vault)
/// ```
public protocol CookieSigner: Sendable {
    /// The signature of a text by the newest key.
    ///
    /// - Parameter text: `NAME=VALUE` of the cookie that is signed.
    /// - Returns: what is sent as the value of `NAME.sig`: visible ASCII without `;`.
    func sign(_ text: String) -> String

    /// The position of the key that made a signature: 0 the newest, greater for older ones, nil when no key made it.
    ///
    /// Signatures come from the client. Compare them in constant time, so that the time taken tells nothing about
    /// the right one.
    func index(of signature: String, for text: String) -> Int?
}

extension CookieSigner {
    /// Whether any key made this signature of the text.
    public func verify(_ signature: String, for text: String) -> Bool {
        index(of: signature, for: text) != nil
    }
}
