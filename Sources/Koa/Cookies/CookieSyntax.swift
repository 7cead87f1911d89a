/// What a Set-Cookie line may hold, octet by octet (RFC 6265 section 4.1.1).
///
/// Text here is a String whose scalars, at most U+00FF, stand for the octets of the header.
enum CookieSyntax {
    /// Whether the text can name a cookie: one or more visible ASCII characters, none of them `;` or `=`.
    ///
    /// RFC 6265 wants a token; names such as `koa:sess` are no tokens, and browsers and servers take them.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && everyOctet(of: text) { $0 > 0x20 && $0 < 0x7F && $0 != semicolon && $0 != equals }
    }

    /// Whether the text can be a cookie's value: no `;`, no control character except tab, no scalar above U+00FF.
    ///
    /// Spaces, quotes and commas pass, as in the reference, though RFC 6265 has none in a value.
    static func isValue(_ text: String) -> Bool {
        // In UTF-8, U+0080 to U+00FF are C2 or C3 and an octet 80 to BF; all above have a lead octet from C4.
        everyOctet(of: text) {
            ((0x20...0x7E).contains($0) && $0 != semicolon) || (0x80...0xC3).contains($0) || $0 == 0x09
        }
    }

    /// Whether the text can be a path or a domain: printable ASCII without `;`, which would begin another attribute.
    static func isAttributeValue(_ text: String) -> Bool {
        everyOctet(of: text) { $0 >= 0x20 && $0 < 0x7F && $0 != semicolon }
    }

    /// Whether a Set-Cookie line sets the cookie of a name.
    static func isLine(_ line: String, of name: String) -> Bool {
        // By octets: as characters, a combining mark at the start of the value would hide the `=`.
        let rest = line.utf8.dropFirst(name.utf8.count)
        return rest.first == equals && line.utf8.starts(with: name.utf8)
    }

    static let semicolon = UInt8(ascii: ";")
    static let equals = UInt8(ascii: "=")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")

    /// By the text's storage: a walk along its UTF-8 view takes several times as long.
    @inline(__always)
    private static func everyOctet(of text: String, _ isGood: (UInt8) -> Bool) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy(isGood) } ?? text.utf8.allSatisfy(isGood)
    }
}
