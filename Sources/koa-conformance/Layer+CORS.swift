import Koa
import KoaMiddleware

extension Layer {
    /// Cross-origin resource sharing as a case describes it.
    static func crossOrigin(_ entry: JSONObject) throws -> Middleware {
        let options = try entry.optional("options")?.requireObject("options") ?? [:]
        let known = [
            "origin", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge", "credentials", "secureContext",
            "privateNetworkAccess", "keepHeadersOnError",
        ]
        if let name = options.keys.first(where: { !known.contains($0) }) { throw Unsupported("cors option \(name)") }
        func flag(_ name: String, _ otherwise: Bool) throws -> Bool {
            try options.optional(name)?.requireBool(name) ?? otherwise
        }
        let usual = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"]
        return cors(
            origin: try options.optional("origin").map { .one(try $0.requireText("origin")) } ?? .any,
            allowMethods: try texts(options, "allowMethods") ?? usual,
            allowHeaders: try texts(options, "allowHeaders") ?? [],
            exposeHeaders: try texts(options, "exposeHeaders") ?? [],
            maxAge: try options.optional("maxAge").map { .seconds(try $0.requireInteger("maxAge")) },
            credentials: try flag("credentials", false) ? .allowed : .refused,
            secureContext: try flag("secureContext", false),
            privateNetworkAccess: try flag("privateNetworkAccess", false),
            keepHeadersOnError: try flag("keepHeadersOnError", true)
        ).middleware
    }

    /// A list of texts, or a text that is one.
    private static func texts(_ options: JSONObject, _ name: String) throws -> [String]? {
        guard let value = options.optional(name) else { return nil }
        return try value.string.map { [$0] } ?? value.requireTexts(name)
    }
}
