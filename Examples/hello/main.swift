import Koa

let app = Application()

app.use { ctx, next in
    let started = ContinuousClock.now
    try await next()
    ctx.set("X-Response-Time", "\(ContinuousClock.now - started)")
}
app.use { ctx in ctx.body = "Hello World" }

try await app.listen(3000)
