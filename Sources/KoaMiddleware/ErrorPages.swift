public import Koa

/// Answers errors with pages; made by ``errorPages(formats:showsDetails:pages:renderers:)``.
///
/// ```swift
/// let pages: ErrorPages = errorPages()
/// app.use(pages)
/// ```
public struct ErrorPages: MiddlewareProtocol {
    let formats: [ErrorFormat]
    let showsDetails: Bool?
    let pages: [Status: ErrorPage]
    let renderers: [ErrorFormat: ErrorPage]

    /// The function that runs.
    public var middleware: Middleware {
        { ctx, next in
            do {
                try await next()
            } catch {
                // Of a response that has begun, only the connection is left to tell by; without a client, nothing.
                if ctx.headerSent || ctx.isDisconnect(error) { throw error }
                ctx.app.emit(error, ctx)
                let text = ctx.startOver(for: error)
                return try await answer(ctx, ErrorReport(ctx, error: error, message: text))
            }
            guard let status = ctx.bareErrorStatus else { return }
            let phrase = status == ctx.status ? ctx.message : status.reasonPhrase
            // Without this, the body would make it 200.
            ctx.status = status
            if phrase != status.reasonPhrase { ctx.message = phrase }
            try await answer(ctx, ErrorReport(ctx, error: nil, message: phrase))
        }
    }

    private nonisolated(nonsending) func answer(_ ctx: Context, _ report: ErrorReport) async throws {
        ctx.respond = true
        if formats.count > 1 { ctx.vary("Accept") }
        let format = ErrorFormat.chosen(of: formats, for: ctx)
        let isDetailed = showsDetails(ctx)
        var report = report
        if isDetailed { report.details = await ErrorDetails(ctx, report) }
        if let page = page(report, format) {
            do {
                nonisolated(unsafe) let ctx = ctx
                try await page(ctx, report)
                if ctx.body != nil || ctx.headerSent || !ctx.respond { return }
            } catch {
                if ctx.headerSent || ctx.isDisconnect(error) { throw error }
                // The page's own error is for who runs the site; the client learns of the first one.
                ctx.app.emit(error, ctx)
                ctx.startOver(with: report)
            }
        }
        format.write(report, to: ctx)
    }

    /// The page of the application's own. One for people doesn't stand in the way of the details of a bug.
    private func page(_ report: ErrorReport, _ format: ErrorFormat) -> ErrorPage? {
        if let renderer = renderers[format] { return renderer }
        guard format == .html, report.details == nil || report.status.code < 500 else { return nil }
        return pages[report.status]
    }

    private func showsDetails(_ ctx: Context) -> Bool {
        #if DEBUG
            showsDetails ?? (ctx.app.env == "development")
        #else
            showsDetails ?? false
        #endif
    }
}

/// A page of your own for ``errorPages(formats:showsDetails:pages:renderers:)``: sets the body, or redirects.
public typealias ErrorPage = @concurrent @Sendable (_ ctx: Context, _ report: ErrorReport) async throws -> Void

/// Answers errors with pages: HTML for browsers, JSON or text for others, by Accept.
///
/// ```swift
/// app.use(errorPages())
/// app.use(errorPages(pages: [404: { ctx, report in ctx.body = .text("<h1>Nothing at this address</h1>") }]))
/// app.use(errorPages(formats: [.problem]))  // an API: application/problem+json only
/// ```
///
/// Errors that a middleware below throws are told to the application's ``Koa/Application/onError(_:)`` listeners and
/// answered as without it: with the error's status and headers, and those that ``Koa/Response/keepOnError(_:)`` names. A
/// response below that has an error's status and no body, such as the 404 that nobody answered, gets a page too. An error
/// after the head was sent passes through.
///
/// In production a page says the status, and an error's message where that may be shown (``Koa/ErrorStatus/expose``).
/// In development it says all that is known: the error's type, message and causes, the line where it was made and those
/// around it, and the request, without the values of Cookie and Authorization. Only debug builds show that by themselves,
/// so that a forgotten `KOA_ENV` shows it to nobody.
///
/// It belongs above whatever may throw; below loggers, `cors()` and `compress()`, which see its pages as they see others.
///
/// - Parameters:
///   - formats: what a client may choose from, the preferred one first; text where none is acceptable, if that is one
///     of them, else the first. Default HTML, text, JSON and problem.
///   - showsDetails: whether pages say what is for developers only. Default true in debug builds where the application's
///     `env` is `development`.
///   - pages: HTML pages of your own for single statuses. Where details are shown, those from 500 on aren't used.
///   - renderers: write all errors of a format in place of the built-in page. One that throws or sets no body is followed
///     by that.
public func errorPages(
    formats: [ErrorFormat] = [.html, .text, .json, .problem],
    showsDetails: Bool? = nil,
    pages: [Status: ErrorPage] = [:],
    renderers: [ErrorFormat: ErrorPage] = [:]
) -> ErrorPages {
    ErrorPages(
        formats: formats.isEmpty ? [.text] : formats, showsDetails: showsDetails, pages: pages, renderers: renderers)
}

extension ErrorPages: OrderedMiddleware {
    package var kind: MiddlewareKind { .errorPages }

    package var orderRules: [OrderRule] {
        [
            .above(
                .authentication, .bodyParser, .csrf, .mount, .rateLimit, .router, .session, .timeout, .virtualHost,
                because: "errors from there get no page")
        ]
    }
}
