import Koa

// What else can be passed to `use`: each of these has to compile. None of them is called.
func addEachKind(to app: Application) {
    app.use { ctx in ctx.body = "closure" }
    app.use { ctx, next in try await next() }
    app.use { _, next in try await next() }
    app.use(synchronous)
    app.use(lastAsync)
    app.use(Audit().answer)
    app.use(stored)
    app.use(handler)
    app.use(Methods.shared)
    app.use(Methods().last).use(Methods().withNext)
    app.use(nested, stored, poweredBy("x"))
    app.use(compose(nested, stored))
    app.use(compose([nested, { ctx, next in ctx.body = "in" }, responseTime]))
}

func synchronous(_ ctx: Context) {
    ctx.body = "synchronous"
}

func lastAsync(_ ctx: Context) async throws {
    try await negotiate(ctx)
}

let stored: Middleware = { ctx, next in
    ctx.set("X-Before", "1")
    try await next()
    ctx.set("X-After", "1")
}

let handler: Handler = { ctx in ctx.body = "handler" }

func nested(_ ctx: Context, _ next: Next) async throws {
    try await runDownstream(ctx, next)
}

func runDownstream(_ ctx: Context, _ next: Next) async throws {
    try await next()
    ctx.set("X-Status", ctx.status.code)
}

struct Methods {
    static func shared(_ ctx: Context, _ next: Next) async throws { try await next() }
    func withNext(_ ctx: Context, _ next: Next) async throws { try await next() }
    func last(_ ctx: Context) async throws { ctx.body = "last" }
}

// Reading and writing piece by piece, in functions of the user's own.
func copyBody(_ ctx: Context) async throws {
    var count = 0
    for try await chunk in ctx.request.stream { count += chunk.readableBytes }
    ctx.respond = false
    try await ctx.res.write("\(count)")
    try await writeLines(to: ctx.res)
    try await ctx.res.end()
}

func writeLines(to response: ServerResponse) async throws {
    try await response.write("line\n")
}

func produce(_ writer: BodyWriter) async throws {
    try await writer.write("text")
    try await writer.write([0x20, 0x21])
}

func streamed(_ ctx: Context, _ next: Next) async throws {
    ctx.body = .stream(produce)
}
