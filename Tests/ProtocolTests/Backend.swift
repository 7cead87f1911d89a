import Koa

/// The application behind a proxy: it writes down each request under the name that the proxy gave it.
struct Backend: Sendable {
    /// A request as the server read it.
    struct Request: Sendable, Equatable {
        /// Nil for one that the proxy knows nothing of.
        let id: String?
        let method: String
        let target: String
        /// What was being sent when it came.
        let during: String
    }

    let requests = Shared<[Request]>([])
    /// What is being sent.
    let present = Shared("")

    /// Answers with the request's method and target; its name is in `Back-Id`, the method in `Back-Method`.
    func application() -> Application {
        let app = Application(silent: true)
        app.use { ctx in
            let request = Request(
                id: ctx.get("Front-Id").isEmpty ? nil : ctx.get("Front-Id"),
                method: ctx.req.method.rawValue, target: ctx.req.url, during: present.value)
            requests.update { $0.append(request) }
            ctx.set("Back-Id", request.id ?? "none")
            ctx.set("Back-Method", request.method)
            ctx.keepOnError("Back-Id", "Back-Method")
            if ctx.path != "/unread" { for try await _ in ctx.request.stream {} }
            if ctx.path.hasPrefix("/status/"), let code = Int(ctx.path.dropFirst(8)) {
                ctx.status = Status(code)
            } else if ctx.path != "/nobody" {
                ctx.body = .text("\(request.method) \(request.target)")
            }
        }
        return app
    }
}
