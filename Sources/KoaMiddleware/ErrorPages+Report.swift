public import Koa

/// What an error page has to say; see ``errorPages(formats:showsDetails:pages:renderers:)``.
///
/// ```swift
/// app.use(errorPages(renderers: [.json: { ctx, report in
///     ctx.body = ["code": report.status.code, "message": report.message]
/// }]))
/// ```
public struct ErrorReport: Sendable {
    /// The response's status.
    public let status: Status
    /// What the client may read: the error's message where that may be shown, else the status's phrase.
    public let message: String
    /// The error; nil where a middleware only left an error's status without a body. Not for the client.
    public let error: (any Error)?
    /// What is for developers, where pages show that.
    var details: ErrorDetails?

    /// The header fields with which the page begins, for a second beginning.
    let headers: Headers

    /// - Parameter ctx: with the error's status and headers already.
    init(_ ctx: Context, error: (any Error)?, message: String) {
        status = ctx.status
        self.message = message
        self.error = error
        headers = ctx.response.headers
    }

    /// The message, where it says more than the status.
    var detail: String? { message == status.reasonPhrase || message.isEmpty ? nil : message }

    /// The phrase; the code where it has none.
    var title: String { status.reasonPhrase.isEmpty ? "\(status.code)" : status.reasonPhrase }
}

extension Context {
    /// Takes back what a page has done to the response before it threw.
    func startOver(with report: ErrorReport) {
        for field in response.headers.fields { remove(field.name) }
        set(report.headers)
        body = nil
        status = report.status
    }
}
