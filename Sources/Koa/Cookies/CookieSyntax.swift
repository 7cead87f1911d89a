/// What a Set-Cookie line may hold, octet by octet (RFC 6265 section 4.1.1).
///
/// Text here is a String whose scalars, at most U+00FF, stand for the octets of the header.
enum CookieSyntax {
    /// Whether the text can name a cookie: one or more visible ASCII characters, none of them `;` or `=`.
    ///
    /// RFC 6265 wants a token; names such as `koa:sess` are no tokens, and browsers and servers take them.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != semicolon && $0 != equals }
    }

    /// Whether the text can be a cookie's value: no `;`, no control character except tab, no scalar above U+00FF.
    ///
    /// Spaces, quotes and commas pass, as in the reference, though RFC 6265 has none in a value.
    static func isValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { octet in
            switch octet {
            case semicolon: false
            case 0x09, 0x20...0x7E: true
            // U+0080 to U+00FF in UTF-8: a lead octet C2 or C3 and a continuation.
            case 0x80...0xBF, 0xC2, 0xC3: true
            default: false
            }
        }
    }

    /// Whether the text can be a path or a domain: printable ASCII without `;`, which would begin another attribute.
    static func isAttributeValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != semicolon }
    }

    static let semicolon = UInt8(ascii: ";")
    static let equals = UInt8(ascii: "=")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
}
