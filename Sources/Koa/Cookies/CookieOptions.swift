#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The attributes of a cookie that is set, and how it is signed.
///
/// ```swift
/// ctx.cookies.set("view", "1", .init(maxAge: .days(1), sameSite: .lax))
/// ctx.cookies.set("id", id, .init(domain: "example.com", secure: true, signed: true))
/// ```
public struct CookieOptions: Sendable, Hashable {
    /// How long the browser keeps the cookie, counted from now and sent as `expires`, cut to whole milliseconds.
    ///
    /// nil (the default) and zero make a cookie that ends with the browser's session, unless ``expires`` is given,
    /// which this one outranks. What lies beyond the year 9999 is sent as its last second.
    public var maxAge: Duration?

    /// The moment at which the browser drops the cookie. Default nil: with its session.
    public var expires: Date?

    /// The path below which the browser sends the cookie back. Default `/`; an empty one sends no attribute.
    public var path: String

    /// The domain whose hosts get the cookie back. Default nil: this host alone.
    public var domain: String?

    /// Whether the browser sends the cookie over encrypted connections alone. Default nil: when this one is.
    ///
    /// true on a connection that is not encrypted is refused, false leaves the attribute out on one that is.
    public var secure: Bool?

    /// Whether the cookie is hidden from the page's scripts. Default true.
    public var httpOnly: Bool

    /// Which requests of other sites carry the cookie. Default ``SameSite/unset``: the browser's own default.
    public var sameSite: SameSite

    /// What the browser evicts first when it has too many cookies. Default nil: no attribute.
    public var priority: Priority?

    /// Whether the cookie is kept apart for each top-level site (CHIPS). Default false.
    public var partitioned: Bool

    /// Whether `NAME.sig` is sent along. Default nil: when the application has keys.
    ///
    /// true without keys is refused.
    public var signed: Bool?

    /// Whether cookies of the same name set earlier in this response are removed. Default false.
    public var overwrite: Bool

    /// Makes the options; each defaults as its property says.
    public init(
        maxAge: Duration? = nil,
        expires: Date? = nil,
        path: String = "/",
        domain: String? = nil,
        secure: Bool? = nil,
        httpOnly: Bool = true,
        sameSite: SameSite = .unset,
        priority: Priority? = nil,
        partitioned: Bool = false,
        signed: Bool? = nil,
        overwrite: Bool = false
    ) {
        self.maxAge = maxAge
        self.expires = expires
        self.path = path
        self.domain = domain
        self.secure = secure
        self.httpOnly = httpOnly
        self.sameSite = sameSite
        self.priority = priority
        self.partitioned = partitioned
        self.signed = signed
        self.overwrite = overwrite
    }
}
