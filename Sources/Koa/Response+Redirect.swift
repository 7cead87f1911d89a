extension Response {
    /// Redirects the client: Location, a status of 302 unless a redirecting one is set, and a short body.
    ///
    /// An http or https URL is normalised as browsers read it; any other scheme (`javascript:`) is refused. A path
    /// or `//host` goes as it is: never pass on a client's value without checking it.
    public func redirect(_ url: String) {
        refusing { try setRedirect(url) }
    }

    /// Redirects the client.
    ///
    /// - Throws: ``KoaError`` `.unsafeRedirect` for another scheme than http and https, or an invalid http URL.
    public func setRedirect(_ url: String) throws {
        var url = url
        if RequestTarget.isAbsolute(url) {
            guard let parsed = WebURL(url) else {
                throw KoaError(.unsafeRedirect, "Invalid URL: \(url.debugDescription)")
            }
            url = parsed.href
        } else if let scheme = url.leadingScheme {
            throw KoaError(
                .unsafeRedirect,
                "redirect() takes http and https URLs and paths; \(scheme): is neither. Set Location yourself to send it."
            )
        }
        try setHeader("Location", URLEncoding.encodeURL(url))
        if !status.isRedirect { status = .found }
        if ctx.request.accepts("html") != nil {
            type = "text/html; charset=utf-8"
            body = .text("Redirecting to \(HTMLEscaping.escape(url)).")
        } else {
            type = "text/plain; charset=utf-8"
            body = .text("Redirecting to \(url).")
        }
    }

    /// Redirects to where the client came from, if the Referer is of this very origin (scheme, host and port);
    /// else to `alternative`.
    public func back(_ alternative: String = "/") {
        refusing { try setBack(alternative) }
    }

    /// Redirects to where the client came from.
    ///
    /// - Throws: as ``setRedirect(_:)``.
    public func setBack(_ alternative: String = "/") throws {
        try setRedirect(sameOriginReferer ?? alternative)
    }

    /// The Referer as the client sent it, when a browser would read it as a place of this origin.
    private var sameOriginReferer: String? {
        let referer = ctx.request.get("Referrer")
        guard !referer.isEmpty, let here = WebURL(ctx.request.href) else { return nil }
        let isPath = referer.hasPrefix("/") && !referer.hasPrefix("//") && !referer.hasPrefix("/\\")
        guard isPath || RequestTarget.isAbsolute(referer) else { return nil }
        guard let there = WebURL(referer, base: here), there.origin == here.origin else { return nil }
        return referer
    }

    /// Has the client save the response: Content-Disposition, and the type of the filename's extension unless a type
    /// is set.
    ///
    /// - Parameters:
    ///   - filename: what the client calls the file; its directories are dropped.
    ///   - type: `attachment`, or `inline` to show it.
    ///   - fallback: the name for clients that know only ISO-8859-1.
    public func attachment(
        _ filename: String? = nil,
        type: String = "attachment",
        fallback: AttachmentFallback = .automatic
    ) {
        refusing { try setAttachment(filename, type: type, fallback: fallback) }
    }

    /// Has the client save the response.
    ///
    /// - Throws: when the type is no token, or the fallback has characters past U+00FF.
    public func setAttachment(
        _ filename: String? = nil,
        type: String = "attachment",
        fallback: AttachmentFallback = .automatic
    ) throws {
        if let filename, !filename.isEmpty, !has("Content-Type") { self.type = filename.fileExtension }
        let value = try ContentDisposition.format(filename: filename, type: type, fallback: fallback.value)
        try setHeader("Content-Disposition", value)
    }
}

/// The filename of ``Response/attachment(_:type:fallback:)`` for clients that don't know RFC 8187.
///
/// ```swift
/// ctx.attachment("Ωmega.txt", fallback: "omega.txt")
/// ```
public struct AttachmentFallback: Sendable, ExpressibleByStringLiteral {
    let value: ContentDisposition.Fallback

    /// Characters past ISO-8859-1 become `?`.
    public static let automatic = AttachmentFallback(value: .automatic)

    /// None.
    public static let none = AttachmentFallback(value: .none)

    /// This name, of characters up to U+00FF.
    public static func text(_ name: String) -> AttachmentFallback {
        AttachmentFallback(value: .text(name))
    }

    init(value: ContentDisposition.Fallback) {
        self.value = value
    }

    /// The name of the literal.
    public init(stringLiteral name: String) {
        value = .text(name)
    }
}

extension String {
    /// The extension with its dot, as Node's `path.extname`: `""` for none and for a name that only starts with a dot.
    var fileExtension: String {
        let name = split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        let stem = name[..<dot]
        return stem.allSatisfy({ $0 == "." }) ? "" : String(name[dot...])
    }

    /// The scheme that a browser would read at the start: it skips leading controls and spaces, and tabs and line
    /// breaks anywhere.
    var leadingScheme: String? {
        var scheme = ""
        for scalar in unicodeScalars.drop(while: { $0.value <= 0x20 }) {
            switch scalar {
            case "\t", "\n", "\r": continue
            case ":": return scheme.isEmpty ? nil : scheme.lowercased()
            case "a"..."z", "A"..."Z": scheme.unicodeScalars.append(scalar)
            case "0"..."9", "+", "-", ".":
                if scheme.isEmpty { return nil }
                scheme.unicodeScalars.append(scalar)
            default: return nil
            }
        }
        return nil
    }
}
