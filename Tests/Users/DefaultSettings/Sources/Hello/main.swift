import Koa

let app = Application()

app.use { ctx, next in  // the onion: code after next() runs on the way out
    let started = ContinuousClock.now
    try await next()
    ctx.set("X-Response-Time", "\(ContinuousClock.now - started)")
}
app.use { ctx in ctx.body = "Hello World" }  // a last middleware needs no next

try await app.listen(3000)
