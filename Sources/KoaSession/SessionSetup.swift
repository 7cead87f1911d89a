import Koa

/// The options of a `session()`, or of a request that has its own: shared, so that no request copies them.
final class SessionSetup: Sendable {
    let options: SessionOptions
    let store: HeldStore?

    /// The cookie, for the age that the options have; nil where its attributes are invalid, which is an error when it is set.
    let cookie: PreparedCookie?

    init(_ options: SessionOptions, _ store: HeldStore?) {
        self.options = options
        self.store = store
        cookie = try? PreparedCookie(name: options.key, options: options.cookie(lasting: options.maxAge))
    }
}

/// A store by reference: each request holds it, and copying one whose type isn't known takes longer.
final class HeldStore: Sendable {
    let store: any SessionStore

    init(_ store: any SessionStore) {
        self.store = store
    }
}
