public import Koa

extension Context {
    /// The session of this request.
    ///
    /// ```swift
    /// ctx.session["views", default: 0] += 1
    /// ```
    ///
    /// Without a `session()` above, the request is a 500 whose error says so; what is set on it is lost. Of several, it is
    /// the innermost's; ``session(key:)`` finds the others.
    public var session: Session {
        if let state = sessionState { return Session(self, state) }
        refuse(SessionError.noMiddleware)
        let state = SessionState(SessionSetup(SessionOptions(), nil), outer: nil, self)
        state.create(self)
        state.isAvailable = false
        return Session(self, state)
    }

    /// The session as a type; see ``TypedSession``.
    ///
    /// ```swift
    /// struct Basket: SessionType {
    ///     var items: [String] = []
    /// }
    /// ctx.session(as: Basket.self).items.append("apple")
    /// ```
    public func session<Value: SessionType>(as type: Value.Type) -> TypedSession<Value> {
        TypedSession(session: session)
    }

    /// The session of the `session()` whose cookie has that name; nil when there is none.
    public func session(key: String) -> Session? {
        var state = sessionState
        while let found = state {
            if found.options.key == key { return Session(self, found) }
            state = found.outer
        }
        return nil
    }

    /// This request's copy of the session's options; changes count when it is saved.
    public var sessionOptions: SessionOptions {
        get {
            let state = session.state
            var options = state.options
            options.maxAge = state.maxAge
            return options
        }
        set { session.state.set(newValue) }
    }

    var sessionState: SessionState? {
        guard let heldSession else { return nil }
        // Nobody else sets it: a checked cast would ask the runtime each time.
        return unsafeDowncast(heldSession, to: SessionState.self)
    }
}
