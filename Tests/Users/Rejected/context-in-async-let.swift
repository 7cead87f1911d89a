// error: Sendable|sending

import Koa

func length(_ ctx: Context) async -> Int { ctx.path.count }

func add(to app: Application) {
    app.use { ctx in
        async let count = length(ctx)
        ctx.body = .text("\(await count)")
    }
}
