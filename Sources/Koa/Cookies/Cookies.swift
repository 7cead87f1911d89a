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
    public var secure: Bool? {
        get { overrides?.secure }
        set { overrides = CookieOverrides(secure: newValue, signing: overrides?.signing) }
    }

    /// The signer in place of the application's; nil, the default, leaves the application's.
    public var signer: (any CookieSigner)? {
        get { overrides?.signing?.signer }
        set { overrides = CookieOverrides(secure: secure, signing: newValue.map(CookieSigning.init)) }
    }

    let host: any CookieJarHost
    var overrides: CookieOverrides?

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
        signed ? try verifiedCookie(name)?.value : get(name)
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
    /// - Parameter now: milliseconds since 1970, from which its age counts; nil for the present time.
    /// - Returns: how many bytes it has, where they are too many; nothing is set then.
    package func set(
        _ name: String, _ value: String?, _ options: CookieOptions, limit: Int?, now: Int64? = nil
    ) throws(CookieError) -> Int? {
        let isSecure = secure ?? host.isSecure
        let cookie = try SetCookie(
            name: name, value: value, options: options, secure: options.secure ?? isSecure,
            now: now ?? host.nowMilliseconds)
        guard isSecure || options.secure != true else { throw .insecureConnection }
        if let limit, cookie.byteCount > limit { return cookie.byteCount }
        try add(cookie, overwrite: options.overwrite, signed: options.signed)
        return nil
    }
}

/// What a request's jar has in place of what the request and the application say: by reference, as nearly none has any.
final class CookieOverrides: Sendable {
    let secure: Bool?
    let signing: CookieSigning?

    init(secure: Bool?, signing: CookieSigning?) {
        self.secure = secure
        self.signing = signing
    }
}

/// A jar belongs to its context, and stays in its task.
@available(*, unavailable)
extension Cookies: Sendable {}
