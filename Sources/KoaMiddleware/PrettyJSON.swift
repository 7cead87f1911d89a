public import Koa

/// Writes JSON bodies with line breaks and indentation, as koa-json does.
///
/// ```swift
/// app.use(prettyJSON(always: false, parameter: "pretty"))  // GET /users?pretty
/// ```
///
/// Texts, bytes and streams stay as they are, and so does the type.
///
/// - Parameters:
///   - always: whether it does so with every request. True by default.
///   - parameter: the name of a query parameter that asks for it. None by default.
///   - spaces: for each level, from 1 to 10. 2 by default.
public func prettyJSON(always: Bool = true, parameter: String? = nil, spaces: Int = 2) -> NamedMiddleware {
    NamedMiddleware(.prettyJSON, rules: [.below(.etag, .compress, because: "the bytes would change behind it")]) {
        ctx, next in
        try await next()
        guard let body = ctx.body, body.isJSON, !ctx.headerSent else { return }
        guard always || parameter.map({ ctx.query[$0] != nil }) ?? false else { return }
        var coding = ctx.app.json
        coding.indent = min(max(1, spaces), 10)
        ctx.body = .bytes(try ctx.encodedJSON(body, coding))
    }
}
