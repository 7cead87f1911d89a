import Koa

// The check of the checks: what the others do wrong, done right.
func add(to app: Application) {
    app.use { ctx, next in
        let path = ctx.path
        let task = Task { path.count }
        async let twice = path.count * 2
        try await next()
        ctx.body = .text("\(await task.value) \(await twice)")
    }
}
