import Koa

/// A kind of body that ``Koa/Context/decode(_:accepting:limits:)`` makes values of; the client's Content-Type says which.
///
/// ```swift
/// app.use { ctx in
///     let tags = try await ctx.decode([String].self, accepting: [.json])  // 415 for a form
///     ctx.body = ["count": tags.count]
/// }
/// ```
public enum DecodeKind: String, Sendable, Hashable, CaseIterable {
    /// `application/json`, `*/*+json`, and what a body parser has read as JSON.
    case json
    /// `application/x-www-form-urlencoded`, and what a body parser has read as such a form.
    case form
    /// `multipart/form-data`.
    case multipart
    /// What a body parser has read as text or XML; decoding by itself reads none.
    case text

    /// What a client is asked to send.
    var name: String? {
        switch self {
        case .json: "JSON"
        case .form: "a form"
        case .multipart: "multipart/form-data"
        case .text: nil
        }
    }

    /// - Returns: nil for a type that isn't decoded.
    /// - Throws: ``BodyError`` `.unsupportedCharset`.
    init?(_ field: String) throws {
        // What nearly all clients send needs no parsing.
        if field == "application/json" || field == "application/json; charset=utf-8" {
            self = .json
            return
        }
        guard let type = MediaType(field) else { return nil }
        switch (type.type, type.subtype, type.suffix) {
        case ("application", "json", _), (_, _, "json"):
            try BodyCharset.requireUTF8(type)
            self = .json
        case ("application", "x-www-form-urlencoded", _):
            try BodyCharset.requireUTF8(type)
            self = .form
        case ("multipart", "form-data", _): self = .multipart
        default: return nil
        }
    }
}
