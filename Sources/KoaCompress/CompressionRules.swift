/// Where koa-compress differs from RFC 9110: whose rules to follow.
///
/// ```swift
/// app.use(compress(rules: .koaCompress))
/// ```
public enum CompressionRules: Sendable, Hashable {
    /// A coding of weight 0 is never used, `identity` of a higher weight than the others is, an empty Accept-Encoding wants
    /// none, and a compressed response has a weak ETag, since its bytes are others than those that the tag was made of.
    /// HEAD has the headers of GET.
    case rfc9110

    /// A coding of weight 0 is used where no other is named, any that is named is preferred to `identity`, and an ETag
    /// stays as it is. An empty Accept-Encoding is like none; HEAD has the plain body's headers and length.
    case koaCompress
}
