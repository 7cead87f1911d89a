// error: sending|Sendable

import Koa

func add(to app: Application) {
    app.use { ctx in
        ctx.body = .stream { writer in
            Task { try await writer.write("x") }
        }
    }
}
