// error: sending|Sendable

import Koa

func add(to app: Application) {
    app.use { ctx in
        await withTaskGroup(of: Void.self) { group in
            group.addTask { ctx.body = "x" }
        }
    }
}
