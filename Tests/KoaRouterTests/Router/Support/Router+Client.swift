import KoaRouter
import KoaTesting

extension Router {
    /// A client of an application that has this router, and nothing else.
    var client: TestClient { application().test }

    /// An application of this router and, if asked for, its allowed methods.
    func application(allowedMethods: Bool = false) -> Application {
        let app = Application(silent: true)
        app.use(routes())
        if allowedMethods { app.use(self.allowedMethods()) }
        return app
    }
}

/// A middleware that notes that it ran, and goes on.
func mark(_ name: String) -> Middleware {
    { ctx, next in
        ctx.append("X-Order", name)
        try await next()
    }
}

/// A handler that notes that it ran, and answers with its name.
func answer(_ name: String) -> Handler {
    { ctx in
        ctx.append("X-Order", name)
        ctx.body = .text(name)
    }
}

extension TestResponse {
    /// What ``mark(_:)`` and ``answer(_:)`` noted.
    var order: [String] { headers.all("X-Order") }
}
