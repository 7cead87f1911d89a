extension Request {
    /// What the client accepts; can be replaced.
    public var accept: Accepts {
        get {
            if let known = ctx.incoming.accept { return known }
            let accept = Accepts(
                accept: field("accept"),
                encoding: field("accept-encoding"),
                charset: field("accept-charset"),
                language: field("accept-language")
            )
            ctx.incoming.accept = accept
            return accept
        }
        nonmutating set { ctx.incoming.accept = newValue }
    }

    /// The best of the types offered (extensions or media types), or nil when none is acceptable (406).
    ///
    /// ```swift
    /// switch ctx.accepts("json", "html") {
    /// case "json": ctx.body = ["ok": true]
    /// case "html": ctx.body = "<p>ok</p>"
    /// default: try ctx.throw(406)
    /// }
    /// ```
    public func accepts(_ first: String, _ others: String...) -> String? {
        accept.types([first] + others)
    }

    /// The best of the types offered, or nil.
    public func accepts(_ types: [String]) -> String? {
        accept.types(types)
    }

    /// The types that the client accepts, best first; `["*/*"]` without an Accept header.
    public func accepts() -> [String] {
        accept.types()
    }

    /// The best of the encodings offered, or nil. `identity` is acceptable unless the client excludes it.
    public func acceptsEncodings(_ first: String, _ others: String...) -> String? {
        accept.encodings([first] + others)
    }

    /// The best of the encodings offered, or nil.
    public func acceptsEncodings(_ encodings: [String]) -> String? {
        accept.encodings(encodings)
    }

    /// The encodings that the client accepts, best first.
    public func acceptsEncodings() -> [String] {
        accept.encodings()
    }

    /// The best of the charsets offered, or nil.
    public func acceptsCharsets(_ first: String, _ others: String...) -> String? {
        accept.charsets([first] + others)
    }

    /// The best of the charsets offered, or nil.
    public func acceptsCharsets(_ charsets: [String]) -> String? {
        accept.charsets(charsets)
    }

    /// The charsets that the client accepts, best first.
    public func acceptsCharsets() -> [String] {
        accept.charsets()
    }

    /// The best of the languages offered, or nil.
    public func acceptsLanguages(_ first: String, _ others: String...) -> String? {
        accept.languages([first] + others)
    }

    /// The best of the languages offered, or nil.
    public func acceptsLanguages(_ languages: [String]) -> String? {
        accept.languages(languages)
    }

    /// The languages that the client accepts, best first.
    public func acceptsLanguages() -> [String] {
        accept.languages()
    }

    /// The first of the types that the body's Content-Type matches, or nil: also without a body or a type.
    ///
    /// Types are media types (`text/html`, `text/*`), extensions (`json`), suffixes (`+json`), `urlencoded` or
    /// `multipart`. For a pattern the result is the actual type. Without types it is the Content-Type's.
    public func `is`(_ types: String...) -> String? {
        self.is(types)
    }

    /// The first of the types that the body's Content-Type matches, or nil.
    public func `is`(_ types: [String]) -> String? {
        guard
            TypeIs.hasBody(transferEncoding: field("transfer-encoding"), contentLength: field("content-length"))
        else { return nil }
        return TypeIs.match(field("content-type"), types)
    }
}
