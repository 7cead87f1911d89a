// error: sending

import Koa

func add(to app: Application) {
    app.use { ctx in
        Task.detached { ctx.body = "x" }
    }
}
