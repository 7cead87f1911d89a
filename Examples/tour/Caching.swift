import Koa

/// What clients keep.
let caching = Chapter(
    title: "Caching and downloads",
    pages: [
        Page("/cache/etag", "304 for a client that has this version: curl -H 'If-None-Match: \"v1\"' …") { ctx in
            ctx.status = .ok
            ctx.etag = "v1"
            if ctx.fresh {
                ctx.status = .notModified
            } else {
                ctx.body = "The first version"
            }
        },
        Page("/cache/attachment", "A download with a name of any characters") { ctx in
            ctx.attachment("résumé €.txt")
            ctx.body = "Ten years of experience."
        },
    ]
)
