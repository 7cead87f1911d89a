public import Koa

/// Refuses requests that other sites made a browser send; made by
/// ``csrf(store:trustedOrigins:excludedMethods:readsQuery:formToken:isExempt:)``.
///
/// ```swift
/// let protection: CSRF = csrf()
/// app.use(protection)
/// ```
public struct CSRF: MiddlewareProtocol {
    let store: any CSRFSecretStore
    let trustedOrigins: Set<String>
    let excludedMethods: Set<String>
    let readsQuery: Bool
    let formToken: (@Sendable (Context) async throws -> String?)?
    let isExempt: (@Sendable (Context) async throws -> Bool)?

    /// The headers that a token is looked for in.
    private static let headers = ["csrf-token", "xsrf-token", "x-csrf-token", "x-xsrf-token"]

    /// The function that runs.
    public var middleware: Middleware {
        { ctx, next in
            let state = CSRFState(store)
            ctx.state[CSRFKey.self] = state
            if let failure = try await failure(ctx, state) {
                throw HTTPError(.forbidden, "Invalid CSRF token", cause: failure)
            }
            try await next()
        }
    }

    /// - Throws: ``KoaError`` `.invalidSetup` when the store can't work (the cookie needs keys), or a trusted origin is
    ///   none, or `null`.
    public func prepare(for app: Application) throws {
        if let problem = CORSOrigin.list(trustedOrigins.sorted()).problem {
            throw KoaError(.invalidSetup, "csrf(): \(problem)")
        }
        if trustedOrigins.contains("null") {
            throw KoaError(
                .invalidSetup,
                "csrf(): \"null\" is the origin of every sandboxed frame, which any site can make: it can't be trusted")
        }
        try store.prepare(for: app)
    }

    private nonisolated(nonsending) func failure(_ ctx: Context, _ state: CSRFState) async throws -> CSRFFailure? {
        if excludedMethods.contains(ctx.method.rawValue) { return nil }
        if let isExempt {
            nonisolated(unsafe) let ctx = ctx
            if try await isExempt(ctx) { return nil }
        }
        guard comesFromHere(ctx) else { return .crossOrigin }
        guard let secret = try state.known(ctx) else { return .noSecret }
        guard let token = try await token(ctx) else { return .noToken }
        return secret.matches(token) ? nil : .wrongToken
    }

    /// What the browser says of the page that made it send the request; pages can't change these headers.
    private func comesFromHere(_ ctx: Context) -> Bool {
        let origin = ctx.get("Origin")
        if trustedOrigins.contains(origin) { return true }
        switch ctx.get("Sec-Fetch-Site") {
        case "same-origin", "none": return true
        case "": break
        default: return false
        }
        if origin.isEmpty { return true }
        // The host alone: behind a proxy the scheme isn't known to every application.
        guard let end = origin.firstRange(of: "://") else { return false }
        return origin[end.upperBound...].lowercased() == ctx.host.lowercased()
    }

    private nonisolated(nonsending) func token(_ ctx: Context) async throws -> String? {
        for name in Self.headers {
            let value = ctx.get(name)
            if !value.isEmpty { return value }
        }
        if readsQuery, let value = ctx.query["_csrf"], !value.isEmpty { return value }
        if let value = ctx.bodyReading?.field("_csrf"), !value.isEmpty { return value }
        guard let formToken else { return nil }
        nonisolated(unsafe) let ctx = ctx
        return try await formToken(ctx)
    }
}

/// Why a request was refused: the `cause` of the 403 that ``csrf(store:trustedOrigins:excludedMethods:readsQuery:formToken:isExempt:)`` throws.
///
/// ```swift
/// app.onError { error, ctx in
///     if let failure = (error as? HTTPError)?.cause as? CSRFFailure { ctx?.logger.warning("CSRF: \(failure)") }
/// }
/// ```
public enum CSRFFailure: Error, Sendable, Hashable {
    /// The browser says that a page of another origin sent it.
    case crossOrigin
    /// The browser has no secret, or one that the application didn't set.
    case noSecret
    /// There is no token.
    case noToken
    /// The token isn't one of the browser's secret.
    case wrongToken
}

/// Refuses requests that another site made the user's browser send (cross-site request forgery) with 403.
///
/// ```swift
/// app.use(csrf())
/// app.use { ctx in ctx.body = .text("<input type=hidden name=_csrf value=\(try ctx.csrfToken)>") }
/// ```
///
/// Every request of another method than GET, HEAD, OPTIONS and TRACE has to pass both:
///
/// - what the browser says of its origin: `Sec-Fetch-Site` has to be `same-origin` or `none`, and where there is none of
///   it, the host of `Origin` this one's; trusted origins pass. Clients that send neither pass on to
/// - the token: one of ``Koa/Context/csrfToken``, in the header `CSRF-Token`, `XSRF-Token`, `X-CSRF-Token` or
///   `X-XSRF-Token`, the query's `_csrf`, the field `_csrf` of a body that was parsed before, or where `formToken` finds
///   it. It is compared in constant time with the secret
///   that the browser sends in a signed cookie, or that another store holds.
///
/// There is no request that passes because something is missing. Requests that carry no cookies, such as those with a
/// bearer token, need no protection: mount them elsewhere, or exempt them.
///
/// - Parameters:
///   - store: where the browser's secret is. Default a signed cookie, for which the application needs keys.
///   - trustedOrigins: other origins whose pages may send requests, with a token too. Default none.
///   - excludedMethods: methods that change nothing and so need no token. Default GET, HEAD, OPTIONS and TRACE.
///   - readsQuery: whether the token may be in the query. Default true, as in the reference; logs and Referer show it.
///   - formToken: reads the token elsewhere, `{ ctx in … }`; called where the headers, the query and a parsed body have
///     none. It has to leave the body to be read again. Default none.
///   - isExempt: requests that need no token. Default none.
public func csrf(
    store: any CSRFSecretStore = .cookie,
    trustedOrigins: [String] = [],
    excludedMethods: [String] = ["GET", "HEAD", "OPTIONS", "TRACE"],
    readsQuery: Bool = true,
    formToken: (@Sendable (Context) async throws -> String?)? = nil,
    isExempt: (@Sendable (Context) async throws -> Bool)? = nil
) -> CSRF {
    CSRF(
        store: store, trustedOrigins: Set(trustedOrigins), excludedMethods: Set(excludedMethods),
        readsQuery: readsQuery, formToken: formToken, isExempt: isExempt)
}
