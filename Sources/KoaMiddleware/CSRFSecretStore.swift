public import Koa

/// Where ``csrf(store:trustedOrigins:excludedMethods:readsQuery:formToken:isExempt:)`` keeps the secret of a browser.
///
/// ```swift
/// struct HeldInSession: CSRFSecretStore {
///     func secret(_ ctx: Context) -> String? { ctx.state["csrf"] as? String }
///     func save(_ secret: String, _ ctx: Context) { ctx.state["csrf"] = secret }
/// }
/// ```
public protocol CSRFSecretStore: Sendable {
    /// The secret that was saved for the browser that asks, as long as nobody but the application can have set it.
    func secret(_ ctx: Context) throws -> String?

    /// Keeps a secret for the browser.
    func save(_ secret: String, _ ctx: Context) throws

    /// Throws when it can't work in an application. Nothing by default.
    func prepare(for app: Application) throws
}

extension CSRFSecretStore {
    /// Nothing to look at.
    public func prepare(for app: Application) throws {}
}

extension CSRFSecretStore where Self == CSRFCookie {
    /// The secret in a signed cookie; see ``CSRFCookie``.
    public static var cookie: CSRFCookie { CSRFCookie() }
}

/// The secret in a signed cookie that scripts can't read; it lasts as long as the browser runs.
///
/// ```swift
/// app.use(csrf(store: CSRFCookie(name: "__Host-csrf", secure: true)))
/// ```
///
/// A name that begins with `__Host-` keeps other hosts of the domain from setting the cookie; it needs https.
public struct CSRFCookie: CSRFSecretStore {
    /// The cookie's name.
    public let name: String
    let secure: Bool?

    /// - Parameters:
    ///   - name: of the cookie. Default `csrf`.
    ///   - secure: whether it goes over https only. Default: if the request came so.
    public init(name: String = "csrf", secure: Bool? = nil) {
        self.name = name
        self.secure = secure
    }

    /// The secret of a cookie whose signature is right.
    public func secret(_ ctx: Context) throws -> String? {
        try ctx.cookies.get(name, signed: true)
    }

    /// Sets the cookie.
    public func save(_ secret: String, _ ctx: Context) throws {
        let options = CookieOptions(secure: secure, httpOnly: true, sameSite: .lax, signed: true, overwrite: true)
        try ctx.cookies.setCookie(name, secret, options)
    }

    /// - Throws: ``KoaError`` `.invalidSetup` when the application has no keys to sign it.
    public func prepare(for app: Application) throws {
        if app.signer == nil {
            throw KoaError(.invalidSetup, "csrf(): its cookie has to be signed: set app.keys (import KoaKeygrip)")
        }
        if name.isEmpty { throw KoaError(.invalidSetup, "csrf(): its cookie needs a name") }
    }
}

extension CSRFSecretStore where Self == CSRFSession {
    /// The secret in the session; see ``CSRFSession``.
    public static var session: CSRFSession { CSRFSession() }
}

/// The secret in the session, which `session()` of KoaSession keeps: it goes with the session.
///
/// ```swift
/// app.use(csrf(store: .session))
/// ```
public struct CSRFSession: CSRFSecretStore {
    /// The session's key.
    public let key: String

    /// - Parameter key: the session's key. Default `csrf`.
    public init(key: String = "csrf") {
        self.key = key
    }

    /// The secret that the session holds.
    public func secret(_ ctx: Context) throws -> String? {
        try session(ctx).secret(key, ctx)
    }

    /// Sets it in the session.
    public func save(_ secret: String, _ ctx: Context) throws {
        try session(ctx).setSecret(secret, forKey: key, ctx)
    }

    private func session(_ ctx: Context) throws -> any HeldSession {
        guard let session = ctx.heldSession else {
            throw KoaError(.invalidSetup, "csrf(store: .session): there is no session: add session() above it.")
        }
        return session
    }
}
