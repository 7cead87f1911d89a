import Koa
import KoaKeygrip

/// The whole application: a few middleware around a table of pages.
func makeTour() throws -> Application {
    let app = Application()
    app.keys = ["a secret of the tour"]  // signs cookies; a real one comes from outside of the source

    let chapters = [bodies, streams, errors, cookies, negotiation, requests, redirects, caching, flow]
    let pages = try table(of: chapters)
    let index = indexPage(of: chapters)

    app.use(responseTime, identify)
    app.use { ctx, next in
        guard ctx.path == "/" else { return try await next() }
        ctx.body = .text(index)
    }
    app.use { ctx in
        // Without a page there is no answer, and that is a 404.
        try await pages[ctx.path]?.handler(ctx)
    }
    return app
}

/// Tells how long the rest took: what stands behind `next()` runs on the way out.
func responseTime(_ ctx: Context, _ next: Next) async throws {
    let started = ContinuousClock.now
    try await next()
    ctx.set("X-Response-Time", "\(ContinuousClock.now - started)")
}

/// All pages by their paths.
private func table(of chapters: [Chapter]) throws -> [String: Page] {
    var table: [String: Page] = [:]
    for page in chapters.flatMap(\.pages) {
        guard table.updateValue(page, forKey: page.path) == nil else { throw DuplicatePath(path: page.path) }
    }
    return table
}

/// Two pages can't have the same path.
struct DuplicatePath: Error {
    let path: String
}

private func indexPage(of chapters: [Chapter]) -> String {
    let sections = chapters.map { chapter in
        let items = chapter.pages.map { "<li><a href=\"\($0.link)\">\($0.link)</a> \($0.title)</li>" }
        return "<h2>\(chapter.title)</h2>\n<ul>\n\(items.joined(separator: "\n"))\n</ul>"
    }
    return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>A tour of Koa</title>
        <h1>A tour of Koa</h1>
        \(sections.joined(separator: "\n"))
        </html>

        """
}
