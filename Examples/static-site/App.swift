import Koa
import KoaMiddleware

/// A site of static files: pages, a script, styles and an image, the larger ones with precompressed siblings.
///
/// - Parameter root: the folder of the files.
func makeApp(root: String) -> Application {
    let app = Application()
    app.use(health())
    app.use(securityHeaders(headers()))
    app.use(favicon("\(root)/favicon.svg"))
    app.use(mount("/assets", staticFiles("\(root)/assets", .init(maxAge: .seconds(31_536_000), immutable: true))))
    app.use(staticFiles(root, .init(maxAge: .seconds(60), extensions: ["html"])))
    app.use(notFound(root: root))
    return app
}

/// Helmet's headers, without those that would send visitors of this machine to https, and those for browsers that are
/// long gone; no styles or scripts stand in the pages themselves.
private func headers() -> SecurityHeaders {
    var headers = SecurityHeaders()
    headers.strictTransportSecurity = nil
    headers.downloadOptions = false
    headers.xssProtection = false
    headers.contentSecurityPolicy?["style-src"] = ["'self'"]
    headers.contentSecurityPolicy?["upgrade-insecure-requests"] = nil
    return headers
}

/// A page for what isn't there.
private func notFound(root: String) -> Middleware {
    { ctx, _ in
        guard ctx.method == .get || ctx.method == .head else { return }
        ctx.status = 404
        ctx.set("Cache-Control", "no-cache")
        try await ctx.send("404.html", root: root, .init(etag: false, maxRanges: 0))
        ctx.remove("Last-Modified")
    }
}
