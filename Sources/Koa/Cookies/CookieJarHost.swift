/// What the jar of a context needs of that context.
package protocol CookieJarHost: AnyObject {
    /// The Cookie header of the request, nil when there is none; several are joined by `; `.
    var cookieHeader: String? { get }
    /// A cookie and its signature, where a look at the octets of the Cookie header alone can read them; nil for whatever is
    /// less plain.
    ///
    /// - Parameter known: those among which it may be, and then needn't be verified.
    func signedCookie(_ name: String, among known: KnownCookies?) -> FoundCookie?
    /// Whether the connection is encrypted, as ``Request`` tells it.
    var isSecure: Bool { get }
    /// The application's signer, nil when it has no keys.
    var cookieSigning: CookieSigning? { get }
    /// The application's clock, in milliseconds since 1970.
    var nowMilliseconds: Int64 { get }
    /// The Set-Cookie lines of the response, in order.
    var setCookieLines: [String] { get set }
    /// Whether there is a Set-Cookie line.
    var hasCookieLines: Bool { get }
    /// Adds a Set-Cookie line to the response.
    func addCookieLine(_ line: String)
    /// Takes the refusal of a setter that can't throw, to throw it when the middleware is left.
    func refuse(_ error: any Error)
}

/// A cookie that came with a signature.
package enum FoundCookie {
    /// Nobody has looked at the signature yet.
    case unverified(pair: String, value: String, signature: String)
    case verified(SignedCookie)
}
