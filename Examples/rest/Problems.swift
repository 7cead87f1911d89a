import Koa

/// Answers what failed in the form of RFC 9457: `{"status":404,"title":"Not Found","detail":"There is no team x."}`.
func problems(_ ctx: Context, _ next: Next) async throws {
    do {
        try await next()
        // Nobody answered, or the router did, with 405.
        if ctx.status.code >= 400, ctx.body == nil { ctx.answer(ctx.status) }
    } catch let error as any ErrorStatus where error.expose {
        ctx.set(error.headers)
        ctx.answer(error.status, detail: error.message)
    } catch {
        // Whoever reads the log learns of it, the client doesn't.
        ctx.app.emit(error, ctx)
        ctx.answer(.internalServerError)
    }
}

/// What failed, for programs.
private struct Problem: Encodable {
    let status: Int
    let title: String
    let detail: String?
}

extension Context {
    fileprivate func answer(_ status: Status, detail: String? = nil) {
        let title = status.reasonPhrase
        self.status = status
        type = "application/problem+json"
        body = .json(Problem(status: status.code, title: title, detail: detail == title ? nil : detail))
    }
}
