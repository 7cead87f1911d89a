/// The options of a `session()`, or of a request that has its own: shared, since a copy takes as long as all else that a
/// request does with its session.
final class SessionSetup: Sendable {
    let options: SessionOptions
    let store: (any SessionStore)?

    init(_ options: SessionOptions, _ store: (any SessionStore)?) {
        self.options = options
        self.store = store
    }
}
