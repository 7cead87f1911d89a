/// A signer whose answers depend on nothing but its keys and the text: what it found right is right as long as the
/// application keeps it.
package protocol ConstantSigner: CookieSigner {}

/// A signer, and what it is known to have found right: one value, so that no request keeps what one signer has said as said by
/// the next.
package final class CookieSigning: Sendable {
    let signer: any CookieSigner
    /// Nil where its answers may change.
    let known: KnownCookies?

    init(_ signer: any CookieSigner) {
        self.signer = signer
        known = signer is any ConstantSigner ? KnownCookies() : nil
    }
}

/// A cookie that was verified, and by whom: another signer would sign it otherwise.
package struct VerifiedCookie {
    let cookie: SignedCookie
    let signing: CookieSigning

    /// The cookie's value.
    package var value: String { cookie.value }
}
