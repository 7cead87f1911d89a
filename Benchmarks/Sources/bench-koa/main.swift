import BenchmarkSupport
import Koa
import KoaBody
import KoaCompress
import KoaMiddleware
import KoaRouter

let arguments = ServerArguments(scenarios: [
    "hello", "middleware10", "json", "stream", "router", "post", "upload", "file", "gzip", "soak",
])
let app = Application()

switch arguments.scenario {
case "middleware10":
    for _ in 1...10 {
        app.use { _, next in try await next() }
    }
    app.use { ctx in ctx.body = "Hello World" }
case "json":
    let item = Item(1)
    app.use { ctx in ctx.body = .json(item) }
case "stream":
    let piece = String(repeating: "0123456789abcdef", count: 64)
    app.use { ctx in
        ctx.body = .stream { writer in
            for _ in 1...4 { try await writer.write(piece) }
        }
    }
case "router":
    let router = Router()
    for route in RESTRoutes.all {
        router.on(route.method)(route.path) { ctx in ctx.body = .text(ctx.params["id"] ?? "") }
    }
    app.use(router.routes())
case "post":
    app.use { ctx in ctx.body = .json(try await ctx.decode(Item.self)) }
case "upload":
    app.use { ctx in
        var count = 0
        for try await chunk in ctx.request.stream { count += chunk.readableBytes }
        ctx.body = .text("\(count)")
    }
case "file":
    app.use(staticFiles(Site.make()))
case "gzip":
    app.use(compress([.gzip]))
    app.use { ctx in
        ctx.type = "html"
        ctx.body = .text(Page.text)
    }
case "soak":
    addSoakRoutes(to: app)
default:
    app.use { ctx in ctx.body = "Hello World" }
}

var options = ServerOptions()
options.eventLoops = arguments.loops
if arguments.scenario == "soak" {
    // As users' servers do, it logs where it listens, and ends on a signal.
    try await app.listen(arguments.port, options: options)
} else {
    let server = try await app.start(arguments.port, options: options)
    ServerArguments.announce(port: server.port ?? 0)
    await server.waitUntilClosed()
}
