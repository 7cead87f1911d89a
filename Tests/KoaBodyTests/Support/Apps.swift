import KoaBody
import KoaTesting
import NIOCore

let formType: Headers = ["Content-Type": "application/x-www-form-urlencoded"]
let jsonType: Headers = ["Content-Type": "application/json"]

/// An application that answers with what the body parser made of the body, and the raw body.
func parsing(_ parser: BodyParser = bodyParser()) -> Application {
    let app = Application(silent: true)
    app.use(parser)
    app.use { ctx in
        ctx.body = .json([ctx.request.body, ctx.request.rawBody.map { JSON($0) } ?? .null])
    }
    return app
}

/// An application that decodes its body and answers with it.
func decoding<Value: Codable & Sendable>(
    _ type: Value.Type, limits: DecodeLimits = DecodeLimits(), parser: BodyParser? = nil
) -> Application {
    let app = Application(silent: true)
    if let parser { app.use(parser) }
    app.use { ctx in ctx.body = .json(try await ctx.decode(type, limits: limits)) }
    return app
}
