/// The cookies of one context: reads those of the request, sets those of the response.
///
/// ```swift
/// app.use { ctx in
///     let views = ctx.cookies["views"].flatMap(Int.init) ?? 0
///     ctx.cookies.set("views", "\(views + 1)", .init(maxAge: .days(1), sameSite: .lax))
///     let user = try ctx.cookies.get("user", signed: true)
///     ctx.body = "Hello \(user ?? "stranger"), \(views)"
/// }
/// ```
///
/// What was set is not what is read: a request's cookies stay what the client sent.
public struct Cookies {
    /// Whether the connection counts as encrypted; nil, the default, asks the request.
    public var secure: Bool?

    /// The signer in place of the application's; nil, the default, leaves the application's.
    public var signer: (any CookieSigner)?

    let host: any CookieJarHost

    /// The jar of a context.
    package init(host: any CookieJarHost) {
        self.host = host
    }

    // MARK: Reading

    /// The value of the request's first cookie of that name, nil when there is none. It is not verified.
    ///
    /// Nothing is decoded; the quotes around a value are dropped.
    public func get(_ name: String) -> String? {
        guard let header = host.cookieHeader else { return nil }
        return CookieHeader.value(of: name, in: header)
    }

    /// The value of the request's first cookie of that name, verified by `NAME.sig` when `signed` is true.
    ///
    /// A cookie without a signature reads as nil. So does one with a wrong signature, and the client is told to drop
    /// that signature. One signed by an older key is signed anew by the newest.
    ///
    /// - Throws: ``CookieError`` `.keys required for signed cookies` when there is a signature and no signer.
    public func get(_ name: String, signed: Bool) throws(CookieError) -> String? {
        guard signed else { return get(name) }
        if let cookie = host.signedCookie(name) {
            return try isSigned(cookie.pair, name, by: cookie.signature) ? cookie.value : nil
        }
        guard let header = host.cookieHeader, let value = CookieHeader.value(of: name, in: header),
            let signature = CookieHeader.value(of: name, suffix: ".sig", in: header), !signature.isEmpty
        else { return nil }
        return try isSigned(String(joining: name, "=", value), name, by: signature) ? value : nil
    }

    private func isSigned(_ pair: String, _ name: String, by signature: String) throws(CookieError) -> Bool {
        guard let signer = effectiveSigner else { throw .keysRequired }
        guard let index = signer.index(of: signature, for: pair) else {
            try setCookie(name + ".sig", nil, CookieOptions(signed: false))
            return false
        }
        if index > 0 {
            try setCookie(name + ".sig", signer.sign(pair), CookieOptions(signed: false))
        }
        return true
    }

    /// Reads as ``get(_:)`` and sets as ``set(_:_:_:)`` without options; nil deletes the cookie.
    public subscript(name: String) -> String? {
        get { get(name) }
        nonmutating set { set(name, newValue) }
    }

    // MARK: Setting

    /// Sets a cookie of the response.
    ///
    /// A cookie that can't be set is left out; the middleware then throws when it returns or calls `next`.
    /// ``setCookie(_:_:_:)`` throws at once.
    ///
    /// - Parameters:
    ///   - name: visible ASCII without `;` and `=`.
    ///   - value: nil and the empty one delete the cookie.
    ///   - options: nil, the default, sets a cookie of default attributes that is never signed; any options sign
    ///     it when the application has keys, unless they say `signed: false`.
    public func set(_ name: String, _ value: String?, _ options: CookieOptions? = nil) {
        do {
            try setCookie(name, value, options)
        } catch {
            host.refuse(error)
        }
    }

    /// Sets a cookie of the response as ``set(_:_:_:)`` does, or throws at once.
    ///
    /// - Throws: ``CookieError`` when a part of it is invalid and when `secure` is true and the connection is not:
    ///   nothing is set then. Also when `signed` is true and there is no signer; a response that has cookies then
    ///   keeps this one unsigned, as the reference's does, if the error is caught.
    public func setCookie(
        _ name: String,
        _ value: String?,
        _ options: CookieOptions? = nil
    ) throws(CookieError) {
        var wanted = options ?? CookieOptions()
        if options == nil { wanted.signed = false }
        _ = try set(name, value, wanted, limit: nil)
    }

    /// Sets a cookie whose line may have so many bytes.
    ///
    /// - Returns: how many bytes it has, where they are too many; nothing is set then.
    package func set(
        _ name: String, _ value: String?, _ options: CookieOptions, limit: Int?
    ) throws(CookieError) -> Int? {
        let isSecure = secure ?? host.isSecure
        let cookie = try SetCookie(
            name: name, value: value, options: options, secure: options.secure ?? isSecure, now: host.nowMilliseconds)
        guard isSecure || options.secure != true else { throw .insecureConnection }
        if let limit, cookie.byteCount > limit { return cookie.byteCount }
        try add(cookie, overwrite: options.overwrite, signed: options.signed)
        return nil
    }

    /// Adds a line to the response, and that of its signature.
    ///
    /// - Parameter signed: nil for whether there is a signer.
    func add(_ cookie: SetCookie, overwrite: Bool, signed: Bool?) throws(CookieError) {
        let signer = effectiveSigner
        guard signed ?? (signer != nil) else { return push(cookie, overwrite: overwrite) }
        guard let signer else {
            // As recorded of the reference: it has added the cookie to the lines of the response, when there are any,
            // before it asks for keys.
            if !host.setCookieLines.isEmpty { push(cookie, overwrite: overwrite) }
            throw .keysRequired
        }
        let signature = try cookie.signature(signer.sign(cookie.pair))
        push(cookie, overwrite: overwrite)
        push(signature, overwrite: overwrite)
    }

    private var effectiveSigner: (any CookieSigner)? { signer ?? host.cookieSigner }

    private func push(_ cookie: SetCookie, overwrite: Bool) {
        if overwrite, host.hasCookieLine(of: cookie.name) {
            host.setCookieLines.removeAll { CookieSyntax.isLine($0, of: cookie.name) }
        }
        host.addCookieLine(cookie.header)
    }
}

/// A jar belongs to its context, and stays in its task.
@available(*, unavailable)
extension Cookies: Sendable {}
