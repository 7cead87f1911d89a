/// Whether a message's `Content-Type` is one of some types: `ctx.is("json", "image/*")`.
///
/// ```swift
/// TypeIs.match("text/html; charset=utf-8", ["html"])   // "html"
/// TypeIs.match("text/html; charset=utf-8", ["text/*"]) // "text/html"
/// TypeIs.match("text/html; charset=utf-8", ["json"])   // nil
/// ```
package enum TypeIs {
    /// The first of the given types that a content type matches.
    ///
    /// - Parameters:
    ///   - contentType: The field value; its parameters and its case don't count.
    ///   - types: Media types (`text/html`), ranges (`text/*`, `*/html`, `application/*+json`), suffixes (`+json`), file
    ///     extensions (`html`, `.html`), and the words `urlencoded` and `multipart`.
    /// - Returns: The matching type as it was given; the content type itself, in lower case and without parameters,
    ///   when that type is a range or suffix or when no type is given; nil when there is no match or no valid content
    ///   type.
    package static func match(_ contentType: String?, _ types: [String]) -> String? {
        guard let contentType, let mediaType = MediaType(contentType), mediaType.hasRegistrableNames else { return nil }
        let actual = mediaType.essence
        guard !types.isEmpty else { return actual }
        guard let type = types.first(where: { mimeMatch(expected: normalize($0), actual: actual) }) else { return nil }
        return type.utf8.first == UInt8(ascii: "+") || type.utf8.contains(UInt8(ascii: "*")) ? actual : type
    }

    /// Whether a request with these fields has a body, be it an empty one.
    ///
    /// - Parameters:
    ///   - transferEncoding: The value of `Transfer-Encoding`; any value means that there is a body.
    ///   - contentLength: The value of `Content-Length`; a number means that there is one, even 0.
    package static func hasBody(transferEncoding: String?, contentLength: String?) -> Bool {
        guard transferEncoding == nil else { return true }
        guard let contentLength else { return false }
        let digits = FieldText.trim(contentLength[...])
        return !digits.isEmpty && digits.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }

    /// The media type or range that a type stands for, or nil when it is a file extension that nobody knows.
    package static func normalize(_ type: String) -> String? {
        switch type {
        case "urlencoded": return "application/x-www-form-urlencoded"
        case "multipart": return "multipart/*"
        default: break
        }
        if type.utf8.first == UInt8(ascii: "+") { return "*/*\(type)" }
        return type.utf8.contains(UInt8(ascii: "/")) ? type : MIMETypes.lookup(type)
    }

    /// Whether a media type without parameters matches a type or range, with regard to case.
    ///
    /// - Parameters:
    ///   - expected: `a/b`, `a/*`, `*/b`, `*/*`, `a/*+suffix`; nil and anything else match nothing.
    ///   - actual: A media type.
    package static func mimeMatch(expected: String?, actual: String) -> Bool {
        let slash = UInt8(ascii: "/")
        guard let expected else { return false }
        let (expectedType, expectedRest) = FieldText.cut(expected[...], at: slash)
        let (actualType, actualRest) = FieldText.cut(actual[...], at: slash)
        guard let expectedSubtype = expectedRest, !expectedSubtype.utf8.contains(slash),
            let actualSubtype = actualRest, !actualSubtype.utf8.contains(slash)
        else { return false }
        guard expectedType == "*" || expectedType == actualType else { return false }
        if expectedSubtype.utf8.starts(with: "*+".utf8) {
            return actualSubtype.utf8.reversed().starts(with: expectedSubtype.utf8.dropFirst().reversed())
        }
        return expectedSubtype == "*" || expectedSubtype == actualSubtype
    }
}
