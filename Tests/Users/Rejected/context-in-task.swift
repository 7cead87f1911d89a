// error: sending

import Koa

func add(to app: Application) {
    app.use { ctx in
        Task { ctx.body = "x" }
    }
}
