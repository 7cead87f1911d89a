public import Koa

/// What a request knows of its protection.
final class CSRFState {
    private let store: any CSRFSecretStore
    private var token: CSRFToken?
    private var text: String?

    init(_ store: any CSRFSecretStore) {
        self.store = store
    }

    /// The secret that came with the request.
    func known(_ ctx: Context) throws -> CSRFToken? {
        forgetWhatIsLost(ctx)
        if token == nil { token = try store.secret(ctx).flatMap { CSRFToken(secret: $0) } }
        return token
    }

    /// The response's token, of a new secret where the browser has none.
    func current(_ ctx: Context) throws -> String {
        forgetWhatIsLost(ctx)
        if let text { return text }
        let made = try (known(ctx) ?? renewed(ctx)).make()
        text = made
        ctx.vary("Cookie")
        return made
    }

    /// A session that gets another id keeps no secret that others may know of the old one.
    private func forgetWhatIsLost(_ ctx: Context) {
        guard token != nil, let session = store as? CSRFSession, (try? session.secret(ctx)) == .some(nil) else {
            return
        }
        token = nil
        text = nil
    }

    /// Begins with a new secret.
    @discardableResult
    func renewed(_ ctx: Context) throws -> CSRFToken {
        let fresh = CSRFToken()
        try store.save(fresh.secretText, ctx)
        token = fresh
        text = nil
        return fresh
    }
}

enum CSRFKey: StateKey {
    typealias Value = CSRFState
}

extension Context {
    /// The token that this response's forms and scripts send back: as the field `_csrf` of a form, or in the header
    /// `X-CSRF-Token`.
    ///
    /// ```swift
    /// app.use { ctx in ctx.body = .text("<input type=hidden name=_csrf value=\(try ctx.csrfToken)>") }
    /// ```
    ///
    /// The first read sets the browser's secret, if it has none, so read it before the head is sent. It is another in
    /// each response; all that were made of the browser's secret are good. The response gets `Vary: Cookie`.
    ///
    /// - Throws: ``KoaError`` `.invalidSetup` without `csrf()` before this middleware; what its store throws.
    public var csrfToken: String {
        get throws { try csrfState.current(self) }
    }

    /// Makes all tokens of this browser invalid, and begins with a new secret: for when somebody logs in or out.
    ///
    /// - Throws: as ``csrfToken``.
    public func renewCSRFToken() throws {
        try csrfState.renewed(self)
    }

    private var csrfState: CSRFState {
        get throws {
            guard let found = state[CSRFKey.self] else {
                throw KoaError(.invalidSetup, "There is no CSRF token without app.use(csrf()) before this middleware")
            }
            return found
        }
    }
}
