import NIOConcurrencyHelpers

/// A cookie that is set again and again with the same attributes, which are checked and written once a second.
package final class PreparedCookie: Sendable {
    /// The cookie's name.
    package let name: String
    package let options: CookieOptions

    private let attributes = NIOLockedValueBox<(second: Int64, isSecure: Bool, text: String)?>(nil)

    /// - Throws: ``CookieError`` when the name, the path, the domain or `expires` is invalid.
    package init(name: String, options: CookieOptions) throws(CookieError) {
        _ = try SetCookie(name: name, value: "1", options: options, secure: false, now: 0)
        self.name = name
        self.options = options
    }

    /// The line that sets it.
    ///
    /// - Parameter value: not empty.
    func line(_ value: String, isSecure: Bool, now: Int64) throws(CookieError) -> SetCookie {
        guard isSecure || options.secure != true else { throw .insecureConnection }
        // Of the moment that it expires, not of now: the second begins elsewhere where the age has a fraction.
        let second = HTTPDate.flooredDivision(now &+ (options.maxAge?.saturatedMilliseconds ?? 0), 1000)
        let known = attributes.withLockedValue { $0 }
        if let known, known.second == second, known.isSecure == isSecure {
            return try SetCookie(name: name, value: value, attributes: known.text)
        }
        let cookie = try SetCookie(
            name: name, value: value, options: options, secure: options.secure ?? isSecure, now: now)
        attributes.withLockedValue { $0 = (second, isSecure, cookie.attributes) }
        return cookie
    }
}

extension Cookies {
    /// Adds a line that sets a prepared cookie, and that of its signature.
    ///
    /// - Parameters:
    ///   - value: not empty.
    ///   - limit: how many bytes the line may have.
    /// - Returns: how many bytes it has, where they are too many; nothing is set then.
    package func set(_ cookie: PreparedCookie, _ value: String, limit: Int?) throws(CookieError) -> Int? {
        let line = try cookie.line(value, isSecure: secure ?? host.isSecure, now: host.nowMilliseconds)
        if let limit, line.byteCount > limit { return line.byteCount }
        try add(line, overwrite: cookie.options.overwrite, signed: cookie.options.signed)
        return nil
    }
}
