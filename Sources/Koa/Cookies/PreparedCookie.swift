import NIOConcurrencyHelpers

/// A cookie that is set again and again with the same attributes, which are checked and written once a second.
package final class PreparedCookie: Sendable {
    /// The cookie's name.
    package let name: String
    let signatureName: String
    private let age: Int64
    package let options: CookieOptions

    private let attributes = NIOLockedValueBox<(second: Int64, isSecure: Bool, text: String)?>(nil)

    /// - Throws: ``CookieError`` when the name, the path, the domain or `expires` is invalid.
    package init(name: String, options: CookieOptions) throws(CookieError) {
        _ = try SetCookie(name: name, value: "1", options: options, secure: false, now: 0)
        self.name = name
        signatureName = name + ".sig"
        age = options.maxAge?.saturatedMilliseconds ?? 0
        self.options = options
    }

    /// All that follows the value in a line that sets it.
    func attributes(isSecure: Bool, now: Int64) throws(CookieError) -> String {
        guard isSecure || options.secure != true else { throw .insecureConnection }
        // Of the moment that it expires, not of now: the second begins elsewhere where the age has a fraction.
        let second = HTTPDate.flooredDivision(now &+ age, 1000)
        let known = attributes.withLockedValue { $0 }
        if let known, known.second == second, known.isSecure == isSecure { return known.text }
        let text = try SetCookie(
            name: name, value: "1", options: options, secure: options.secure ?? isSecure, now: now
        ).attributes
        attributes.withLockedValue { $0 = (second, isSecure, text) }
        return text
    }
}

extension Cookies {
    /// Adds a line that sets a prepared cookie, and that of its signature.
    ///
    /// - Parameters:
    ///   - value: not empty.
    ///   - known: what the request brought, if it has the same value.
    ///   - limit: how many bytes the line may have.
    ///   - now: milliseconds since 1970.
    /// - Returns: how many bytes it has, where they are too many; nothing is set then.
    package func set(
        _ cookie: PreparedCookie, _ value: String, known: VerifiedCookie?, limit: Int?, now: Int64
    ) throws(CookieError) -> Int? {
        let attributes = try cookie.attributes(isSecure: secure ?? host.isSecure, now: now)
        let overwrite = cookie.options.overwrite
        func tooMany() -> Int? {
            let count = cookie.name.utf8.count + 1 + value.utf8.count + attributes.utf8.count
            return limit.flatMap { count > $0 ? count : nil }
        }
        if let known, cookie.options.signed != false, known.signing === signing, known.cookie.isSettable,
            known.value.isIdentical(to: value), known.cookie.name.isIdentical(to: cookie.name)
        {
            if let count = tooMany() { return count }
            add(known.cookie, attributes, cookie.name, cookie.signatureName, overwrite)
        } else {
            let line = try SetCookie(name: cookie.name, value: value, attributes: attributes)
            if let count = tooMany() { return count }
            try add(line, overwrite: overwrite, signed: cookie.options.signed)
        }
        return nil
    }
}
