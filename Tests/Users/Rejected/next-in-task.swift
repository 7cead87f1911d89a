// error: sending

import Koa

func add(to app: Application) {
    app.use { ctx, next in
        Task { try await next() }
    }
}
