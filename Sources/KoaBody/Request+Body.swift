public import Koa

extension Request {
    /// What a body parser made of the body: a JSON value, a form's object, a text; an empty object where none ran or
    /// the body is of another type (Koa's `ctx.request.body`).
    ///
    /// ```swift
    /// app.use(bodyParser())
    /// app.use { ctx in ctx.body = .text(ctx.request.body["name"]?.string ?? "nobody") }
    /// ```
    ///
    /// Setting it keeps a body parser that runs later from reading, and ``Koa/Context/decode(_:accepting:limits:)`` decodes what was set.
    public var body: JSON {
        get { ctx.knownBodyState?.value ?? [:] }
        nonmutating set {
            let state = ctx.bodyState
            state.value = newValue
            state.source = nil
        }
    }

    /// The body's text as it came, inflated; nil when it wasn't read, or in parts. What isn't UTF-8 is U+FFFD.
    public var rawBody: String? {
        rawBytes.map { String(buffer: $0.withoutByteOrderMark) }
    }

    /// The body's bytes as they came, inflated: what a signature over the body is verified with.
    public var rawBytes: ByteBuffer? { ctx.knownBodyState?.raw }
}

extension Context {
    /// Keeps body parsers that stand behind from reading this request's body. Default false.
    ///
    /// ```swift
    /// app.use { ctx, next in
    ///     if ctx.path.hasPrefix("/raw/") { ctx.disableBodyParser = true }
    ///     try await next()
    /// }
    /// app.use(bodyParser())
    /// ```
    public var disableBodyParser: Bool {
        get { knownBodyState?.isParserDisabled ?? false }
        set { bodyState.isParserDisabled = newValue }
    }
}

extension ByteBuffer {
    var withoutByteOrderMark: ByteBuffer {
        guard readableBytes >= 3, readableBytesView.starts(with: [0xEF, 0xBB, 0xBF]) else { return self }
        var rest = self
        rest.moveReaderIndex(forwardBy: 3)
        return rest
    }
}
