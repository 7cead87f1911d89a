import Koa
import KoaBody

/// The routes that `scripts/soak` loads.
func addSoakRoutes(to app: Application) {
    app.use { ctx in
        switch ctx.path {
        case "/": ctx.body = "Hello World"
        case "/body": ctx.body = .bytes(try await ctx.request.stream.collect(upTo: 64 * 1024))
        case "/slow":
            try await Task.sleep(for: .seconds(2))
            ctx.body = "Finally"
        case "/count":
            ctx.req.setMaxBodySize(.max)
            var count = 0
            for try await chunk in ctx.request.stream { count += chunk.readableBytes }
            ctx.body = .text("\(count)")
        case "/store":
            ctx.req.setMaxBodySize(.max)
            var count = 0
            for try await part in ctx.multipart() where part.isFile { count += try await part.store().size }
            ctx.body = .text("\(count)")
        case "/counters":
            let counters = ctx.app.counters
            ctx.body = .json([
                "openConnections": counters.openConnections, "activeRequests": counters.activeRequests,
                "requests": counters.requests, "timeouts": counters.timeouts,
            ])
        default: break
        }
    }
}
