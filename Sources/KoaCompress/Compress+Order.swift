package import Koa

extension Compress: OrderedMiddleware {
    package var kind: MiddlewareKind { .compress }

    package var orderRules: [OrderRule] {
        [
            .above(.conditionalGet, .etag, because: "the tag would be that of the compressed bytes, or none"),
            .above(.router, because: "what it answers isn't compressed"),
        ]
    }
}
