public import Koa

/// How sessions are kept; of ``session(_:store:)``.
///
/// ```swift
/// app.use(session(.init(maxAge: .days(14), rolling: true, sameSite: .lax)))
/// ```
///
/// ``Koa/Context/sessionOptions`` is a request's own copy, which middleware may change.
public struct SessionOptions: Sendable {
    /// The cookie's name. Default `koa.sess`; sites that began with koa-session before version 7 have `koa:sess`.
    public var key: String

    /// How long a session lasts from when it was saved last, in the browser and in the store. Default nil: a day, by a
    /// cookie that has no date when it is set first.
    public var maxAge: SessionAge?

    /// Whether a session is saved again with each request that uses it, which puts off its end. Default false.
    public var rolling: Bool

    /// Whether it is saved again when half of its time is over. Default false.
    public var renew: Bool

    /// Whether it is saved when the middleware have run; else ``Session/commit()`` has to be called. Default true.
    public var autoCommit: Bool

    /// Whether the cookie is signed. Default nil: it is, and needs `app.keys`, unless it is encrypted.
    public var signed: Bool?

    /// Seals the cookie's content, so that the browser's user can't read it. Default nil: it is signed text.
    public var encryption: SessionEncryption?

    /// The cookie's path. Default `/`.
    public var path: String
    /// The domain whose hosts get the cookie. Default nil: this host alone.
    public var domain: String?
    /// Whether the cookie goes over https alone. Default nil: when the request came so.
    public var secure: Bool?
    /// Whether the cookie is hidden from scripts. Default true.
    public var httpOnly: Bool
    /// Which requests of other sites carry the cookie. Default `.unset`: the browser's own default, today `lax`.
    public var sameSite: CookieOptions.SameSite
    /// What the browser evicts first. Default nil.
    public var priority: CookieOptions.Priority?
    /// Whether the cookie is kept apart for each top-level site. Default false.
    public var partitioned: Bool
    /// Whether cookies of the same name that were set before are replaced. Default true.
    public var overwrite: Bool

    /// Put before each new id that isn't made by ``generateID``. Default none.
    public var prefix = ""

    /// Put before each id in the store alone, to tell the sessions of several applications apart. Default none.
    public var storePrefix = ""

    /// Makes the id of a new session in the store; nil, the default, makes a random UUID behind the prefix.
    ///
    /// An id has 1 to 255 printable characters of ASCII, ``storePrefix`` included; another one is an error when it is saved.
    public var generateID: (@Sendable (Context) -> String)?

    /// Where a request's session id is, in place of the cookie. Default nil.
    public var externalKey: SessionExternalKey?

    /// The store of a request, in place of the one given to ``session(_:store:)``. Default nil.
    public var contextStore: (@Sendable (Context) -> any SessionStore)?

    /// Whether a session that was found is granted. Default nil: each is.
    ///
    /// The context has a new, empty session while it is asked.
    public var valid: (@Sendable (Context, JSONObject) -> Bool)?

    /// Called before a session is saved; may change it. Default nil.
    public var beforeSave: (@Sendable (Context, Session) -> Void)?

    /// Writes the content of a cookie session. Default nil: JSON in base64.
    public var encode: (@Sendable (JSONObject) throws -> String)?

    /// Reads the content of a cookie session. Default nil: JSON in base64.
    ///
    /// A ``SessionError`` `.malformed` and a `JSONError` make a new session; any other error is thrown at the request, and
    /// removes the cookie.
    public var decode: (@Sendable (String) throws -> JSONObject)?

    /// Told when a session that the client named isn't granted, and the context has a new one. Default nil.
    public var onEvent: (@Sendable (SessionEvent, Context) -> Void)?

    /// How many bytes a cookie with its attributes may have; nil sends any. Default 4096, what browsers keep at most.
    ///
    /// A session that doesn't fit is a ``SessionError`` `.cookieTooLarge`, rather than one that the browser drops in silence.
    public var cookieLimit: Int? = 4096

    /// How long a session lasts at most, however often it is saved. Default nil: no end.
    public var absoluteLifetime: Duration?

    /// What happens when another request has saved the session since this one loaded it. Default `.merge`.
    public var onConflict: SessionConflict = .merge

    /// What happens when the store can't be reached. Default `.refuse`: the request is a 503.
    public var storeFailure: SessionStoreFailure = .refuse

    /// Makes the options; each defaults as its property says.
    public init(
        key: String = "koa.sess",
        maxAge: SessionAge? = nil,
        rolling: Bool = false,
        renew: Bool = false,
        autoCommit: Bool = true,
        signed: Bool? = nil,
        encryption: SessionEncryption? = nil,
        path: String = "/",
        domain: String? = nil,
        secure: Bool? = nil,
        httpOnly: Bool = true,
        sameSite: CookieOptions.SameSite = .unset,
        priority: CookieOptions.Priority? = nil,
        partitioned: Bool = false,
        overwrite: Bool = true
    ) {
        self.key = key
        self.maxAge = maxAge
        self.rolling = rolling
        self.renew = renew
        self.autoCommit = autoCommit
        self.signed = signed
        self.encryption = encryption
        self.path = path
        self.domain = domain
        self.secure = secure
        self.httpOnly = httpOnly
        self.sameSite = sameSite
        self.priority = priority
        self.partitioned = partitioned
        self.overwrite = overwrite
    }

    /// Whether the cookie is signed.
    var isSigned: Bool { signed ?? (encryption == nil) }

    /// The attributes of the cookie.
    func cookie(lasting maxAge: SessionAge?) -> CookieOptions {
        CookieOptions(
            maxAge: maxAge?.duration, path: path, domain: domain, secure: secure, httpOnly: httpOnly,
            sameSite: sameSite, priority: priority, partitioned: partitioned, signed: isSigned, overwrite: overwrite)
    }
}

/// What happens when another request has saved a stored session since this one loaded it.
///
/// ```swift
/// var options = SessionOptions()
/// options.onConflict = .refuse
/// ```
public enum SessionConflict: Sendable, Hashable {
    /// The keys that this request has changed are set in the other's session: neither loses what the other left alone.
    case merge
    /// The request is a 409, and what the other saved stays.
    case refuse
    /// This request's session replaces the other's, as in the reference.
    case overwrite
}

/// What happens when the store can't be reached.
///
/// ```swift
/// var options = SessionOptions()
/// options.storeFailure = .continueWithout
/// ```
public enum SessionStoreFailure: Sendable, Hashable {
    /// The request is a 503.
    case refuse
    /// The request gets an empty session, which isn't saved (``Session/isAvailable`` is false); the error is logged.
    case continueWithout
}

/// Where a session's id is in a request and its response, in place of a cookie: in a header, say.
///
/// ```swift
/// var options = SessionOptions()
/// options.externalKey = SessionExternalKey(
///     get: { ctx in ctx.get("X-Session") },
///     set: { ctx, id in ctx.set("X-Session", id) })
/// ```
public struct SessionExternalKey: Sendable {
    let get: @Sendable (Context) -> String?
    let set: @Sendable (Context, String) -> Void

    /// - Parameters:
    ///   - get: the id that a request names; nil and `""` are none.
    ///   - set: tells the client the id of a session that was saved.
    public init(
        get: @escaping @Sendable (Context) -> String?, set: @escaping @Sendable (Context, String) -> Void
    ) {
        self.get = get
        self.set = set
    }
}
