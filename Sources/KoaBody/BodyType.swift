import Koa

/// What a Content-Type says of how a body is decoded.
enum BodyType {
    case json
    case form
    case multipart

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
