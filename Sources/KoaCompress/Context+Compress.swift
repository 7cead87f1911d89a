public import Koa

private enum CompressKey: StateKey {
    typealias Value = Bool
}

extension Context {
    /// Whether ``compress(_:threshold:defaultEncoding:flushesEachWrite:rules:filter:)`` compresses this response: true
    /// whatever its type, false never, nil as its filter says.
    ///
    /// ```swift
    /// app.use { ctx in
    ///     ctx.compress = false  // a secret beside what the client sent: see BREACH
    ///     ctx.body = "a body"
    /// }
    /// ```
    public var compress: Bool? {
        get { state[CompressKey.self] }
        set { state[CompressKey.self] = newValue }
    }
}
