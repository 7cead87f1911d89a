import Koa

/// What a request says.
let requests = Chapter(
    title: "Requests",
    pages: [
        Page("/request/query", "The query", link: "/request/query?tag=a&tag=b&q=two+words") { ctx in
            ctx.body = ["q": ctx.query["q"], "tags": ctx.query.all("tag"), "raw": ctx.querystring]
        },
        Page("/request/headers", "The headers") { ctx in
            var fields: JSON = [:]
            for field in ctx.headers.fields { fields[field.name] = JSON(field.value) }
            ctx.body = .json(fields)
        },
        Page("/request/url", "The URL and its parts") { ctx in
            ctx.body = ["href": ctx.href, "host": ctx.host, "path": ctx.path, "protocol": ctx.protocol, "ip": ctx.ip]
        },
        Page("/request/echo", "The body, streamed back while it comes: curl -d hello …/request/echo") { ctx in
            guard ctx.method == .post else {
                ctx.body = "POST something to me"
                return
            }
            ctx.type = ctx.request.type
            ctx.body = .stream(ctx.request.stream)
        },
        Page("/request/collect", "The body as a whole, up to 64 bytes: more is a 413") { ctx in
            let body = try await ctx.request.stream.collect(upTo: 64)
            ctx.body = "\(body.readableBytes) bytes"
        },
    ]
)
