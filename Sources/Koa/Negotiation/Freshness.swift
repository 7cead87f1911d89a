/// Whether the copy that a client has is as good as the response (RFC 9111 §4.3.2): `ctx.fresh`.
///
/// ```swift
/// Freshness.isFresh(
///     ifNoneMatch: #""v1", "v2""#, ifModifiedSince: nil, cacheControl: nil, etag: #"W/"v2""#, lastModified: nil
/// )  // true
/// ```
package enum Freshness {
    /// Compares the conditions of a request with the validators of the response.
    ///
    /// `If-None-Match` holds when it is `*` or lists the entity tag, weak or not; `If-Modified-Since` holds when the
    /// response has a `Last-Modified` that is not later. When both are sent, both have to hold. When neither is, or when
    /// `Cache-Control` says `no-cache`, nothing is fresh. A date that can't be read never holds.
    ///
    /// - Parameters:
    ///   - ifNoneMatch: The request's `If-None-Match`.
    ///   - ifModifiedSince: The request's `If-Modified-Since`.
    ///   - cacheControl: The request's `Cache-Control`.
    ///   - etag: The response's `ETag`.
    ///   - lastModified: The response's `Last-Modified`.
    package static func isFresh(
        ifNoneMatch: String?, ifModifiedSince: String?, cacheControl: String?, etag: String?, lastModified: String?
    ) -> Bool {
        let ifNoneMatch = ifNoneMatch.flatMap { $0.isEmpty ? nil : $0 }
        let ifModifiedSince = ifModifiedSince.flatMap { $0.isEmpty ? nil : $0 }
        guard ifNoneMatch != nil || ifModifiedSince != nil else { return false }
        if let cacheControl, forbidsCaches(cacheControl) { return false }
        if let ifNoneMatch, ifNoneMatch != "*" {
            guard let etag, !etag.isEmpty, lists(ifNoneMatch, etag) else { return false }
        }
        if let ifModifiedSince {
            guard let lastModified, let modified = HTTPDate.parse(lastModified),
                let since = HTTPDate.parse(ifModifiedSince), modified <= since
            else { return false }
        }
        return true
    }

    private static func forbidsCaches(_ cacheControl: String) -> Bool {
        FieldParts(cacheControl, separator: ",").contains { FieldText.equalsIgnoringCase($0, "no-cache") }
    }

    /// Compares as text, so that an application's tag without quotes matches itself.
    private static func lists(_ ifNoneMatch: String, _ etag: String) -> Bool {
        let opaque = opaqueTag(etag[...])
        return FieldParts(ifNoneMatch, separator: ",", quoting: .plain).contains { opaqueTag($0).elementsEqual(opaque) }
    }

    private static func opaqueTag(_ tag: Substring) -> Substring.UTF8View {
        tag.utf8.starts(with: "W/".utf8) ? tag.utf8.dropFirst(2) : tag.utf8
    }
}
