public import Koa

/// The query of a URL that is built: pairs, which are percent-encoded, or text as it is.
///
/// ```swift
/// try router.url("user", ["id": 3], query: ["tab": "posts"])   // /users/3?tab=posts
/// try router.url("user", ["id": 3], query: "tab=posts&page=2") // /users/3?tab=posts&page=2
/// ```
public struct RouteQuery: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
    /// What stands behind the question mark.
    public let text: String

    /// A query as it is.
    public init(_ text: String) { self.text = text }

    /// The pairs of a query, in their order.
    public init(_ query: Query) { self.init(pairs: query.map { ($0.name, $0.value) }) }

    /// A query as it is.
    public init(stringLiteral text: String) { self.init(text) }

    /// Pairs, in their order; a name may come more than once.
    public init(dictionaryLiteral pairs: (String, String)...) { self.init(pairs: pairs) }

    private init(pairs: [(String, String)]) {
        text = pairs.map { "\(URLEncoding.encodeComponent($0))=\(URLEncoding.encodeComponent($1))" }
            .joined(separator: "&")
    }
}
