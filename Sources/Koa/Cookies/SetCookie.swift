#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One line of a Set-Cookie header: checked when it is made, so that no value can add an attribute or a line.
///
/// The format and its order are the reference's:
/// `NAME=VALUE[; path=P][; expires=DATE][; domain=D][; priority=W][; samesite=W][; secure][; httponly][; partitioned]`.
///
/// ```swift
/// try SetCookie(name: "a", value: "b", options: .init(), secure: false, now: 0).header  // a=b; path=/; httponly
/// ```
package struct SetCookie: Sendable {
    /// The cookie's name.
    package let name: String

    /// The cookie's value, empty when the cookie is deleted.
    package let value: String

    /// All that follows the value.
    let attributes: String

    /// Makes the line.
    ///
    /// - Parameters:
    ///   - value: nil and the empty one delete the cookie: it expires at the epoch, whatever the options say.
    ///   - options: `secure`, `signed` and `overwrite` of these are the caller's to heed.
    ///   - secure: whether the `secure` attribute is sent.
    ///   - now: milliseconds since 1970, from which `maxAge` is counted.
    /// - Throws: ``CookieError`` when the name, the value, the path, the domain or `expires` is invalid.
    package init(
        name: String,
        value: String?,
        options: CookieOptions,
        secure: Bool,
        now: Int64
    ) throws(CookieError) {
        let value = value ?? ""
        guard CookieSyntax.isName(name) else { throw .invalidName(name) }
        guard CookieSyntax.isValue(value) else { throw .invalidValue(of: name) }
        guard CookieSyntax.isAttributeValue(options.path) else { throw .invalidPath(options.path) }
        if let domain = options.domain, !CookieSyntax.isAttributeValue(domain) { throw .invalidDomain(domain) }

        self.name = name
        self.value = value
        let expires = value.isEmpty ? 0 : try Self.expiry(options, now: now)
        self.attributes = Self.attributes(options, expires: expires, secure: secure)
    }

    private init(unchecked name: String, _ value: String, _ attributes: String) {
        self.name = name
        self.value = value
        self.attributes = attributes
    }

    /// Makes a line of attributes, and a name, that were checked before.
    ///
    /// - Throws: ``CookieError`` when the value is invalid.
    init(name: String, value: String, attributes: String) throws(CookieError) {
        guard CookieSyntax.isValue(value) else { throw .invalidValue(of: name) }
        self.init(unchecked: name, value, attributes)
    }

    /// `NAME=VALUE`: what is signed.
    package var pair: String { String(joining: name, "=", value) }

    /// The value of the Set-Cookie header.
    package var header: String { String(joining: name, "=", value, attributes) }

    /// How many bytes the header's value has.
    package var byteCount: Int { name.utf8.count + 1 + value.utf8.count + attributes.utf8.count }

    /// When a cookie that has a value expires, in milliseconds since 1970; nil with the browser's session.
    private static func expiry(_ options: CookieOptions, now: Int64) throws(CookieError) -> Int64? {
        if let maxAge = options.maxAge, maxAge != .zero {
            let age = maxAge.saturatedMilliseconds
            let (sum, overflow) = now.addingReportingOverflow(age)
            return clamped(overflow ? (age < 0 ? .min : .max) : sum)
        }
        guard let expires = options.expires else { return nil }
        let seconds = expires.timeIntervalSince1970
        guard seconds.isFinite else { throw .invalidExpires }
        // 1e12 seconds lie far outside the range, and their milliseconds within an Int64.
        return clamped(Int64((min(max(seconds, -1e12), 1e12) * 1_000).rounded()))
    }

    /// The moment within the years 1601 to 9999, those which browsers read (RFC 6265 section 5.1.1).
    private static func clamped(_ milliseconds: Int64) -> Int64 {
        min(max(milliseconds, -11_644_473_600_000), 253_402_300_799_999)
    }

    private static func attributes(_ options: CookieOptions, expires: Int64?, secure: Bool) -> String {
        var line = String(
            joining: options.path.isEmpty ? "" : "; path=", options.path,
            expires == nil ? "" : "; expires=", expires.map(HTTPDate.format) ?? "")
        func append(_ name: String, _ value: String) {
            line += name
            line += value
        }
        if let domain = options.domain, !domain.isEmpty { append("; domain=", domain) }
        if let priority = options.priority { append("; priority=", priority.word) }
        if let word = options.sameSite.word { append("; samesite=", word) }
        if secure { line += "; secure" }
        if options.httpOnly { line += "; httponly" }
        if options.partitioned { line += "; partitioned" }
        return line
    }
}
