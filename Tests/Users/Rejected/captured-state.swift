// error: Sendable|concurren|mutat

import Koa

func add(to app: Application) {
    var views = 0
    app.use { ctx in
        views += 1
        ctx.body = "\(views)"
    }
}
