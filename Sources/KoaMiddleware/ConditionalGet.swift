public import Koa

/// Answers 304 without a body to a client whose copy is as good as the response, as koa-conditional-get does.
///
/// ```swift
/// app.use(conditionalGet(), etag())
/// ```
///
/// It asks ``Request/fresh`` when the middleware behind have run, so it counts ETag and Last-Modified whoever set them.
public func conditionalGet() -> NamedMiddleware {
    NamedMiddleware(.conditionalGet, rules: [.above(.etag, because: "the tag isn't there yet when it looks")]) {
        ctx, next in
        try await next()
        guard !ctx.headerSent, ctx.fresh else { return }
        ctx.status = .notModified
        ctx.body = nil
    }
}
