/// What a client accepts: the answers to `ctx.accepts(…)` and its relatives.
///
/// Made of the four request fields, each nil when the request has none. A method without an argument lists what the
/// client named, best first; with an offer it returns the best of it, as it was spelled there, or nil when none will do.
///
/// ```swift
/// let accepts = Accepts(accept: "text/html, application/json;q=0.8", encoding: "br", charset: nil, language: nil)
/// accepts.types()                  // ["text/html", "application/json"]
/// accepts.types(["json", "html"])  // "html"
/// accepts.encodings(["gzip"])      // nil
/// ```
public struct Accepts: Sendable {
    private let accept: String?
    private let encoding: String?
    private let charset: String?
    private let language: String?

    /// - Parameters:
    ///   - accept: The value of `Accept`.
    ///   - encoding: The value of `Accept-Encoding`.
    ///   - charset: The value of `Accept-Charset`.
    ///   - language: The value of `Accept-Language`.
    public init(accept: String?, encoding: String?, charset: String?, language: String?) {
        self.accept = accept
        self.encoding = encoding
        self.charset = charset
        self.language = language
    }

    /// The accepted media types, best first; `*/*` when the client does not say.
    public func types() -> [String] {
        Negotiator.mediaTypes(accept)
    }

    /// The best of the offered types, or nil. Where the client does not say, that is the first.
    ///
    /// - Parameter offered: Media types (`text/html`) or file extensions (`html`); unknown extensions are left out.
    public func types(_ offered: [String]) -> String? {
        guard let accept, !accept.isEmpty else { return offered.first }
        let mediaTypes = offered.map(Self.mediaType)
        guard let best = Negotiator.mediaTypes(accept, offered: mediaTypes.compactMap { $0 }).first else { return nil }
        return mediaTypes.firstIndex(of: best).map { offered[$0] }
    }

    /// The accepted content codings, best first; `identity` when the client does not say.
    public func encodings() -> [String] {
        Negotiator.encodings(encoding)
    }

    /// The best of the offered content codings, or nil. Offer `identity` too, or be ready for nil.
    public func encodings(_ offered: [String]) -> String? {
        Negotiator.encodings(encoding, offered: offered).first
    }

    /// The accepted charsets, best first; `*` when the client does not say.
    public func charsets() -> [String] {
        Negotiator.charsets(charset)
    }

    /// The best of the offered charsets, or nil.
    public func charsets(_ offered: [String]) -> String? {
        Negotiator.charsets(charset, offered: offered).first
    }

    /// The accepted languages, best first; `*` when the client does not say.
    public func languages() -> [String] {
        Negotiator.languages(language)
    }

    /// The best of the offered languages, or nil.
    public func languages(_ offered: [String]) -> String? {
        Negotiator.languages(language, offered: offered).first
    }
}

extension Accepts {
    /// The media type that an offer stands for.
    private static func mediaType(_ offer: String) -> String? {
        if offer.utf8.contains(UInt8(ascii: "/")) { return offer }
        return formerType(MIMETypes.fileExtension(ofPath: offer)) ?? MIMETypes.lookup(offer)
    }

    /// The types of extensions that have since got another one.
    ///
    /// The reference negotiates with an older table (mime-types 2.1) than the one by which it sets `Content-Type`: an
    /// offered `js` is for a client that asks for `application/javascript`, though the response is `text/javascript`.
    private static func formerType(_ name: Substring) -> String? {
        if FieldText.equalsIgnoringCase(name, "js") || FieldText.equalsIgnoringCase(name, "mjs") {
            return "application/javascript"
        }
        return FieldText.equalsIgnoringCase(name, "wav") ? "audio/wave" : nil
    }
}
