import Koa
import KoaRouter

extension Layer {
    /// A router as a case describes it, followed by its allowed methods where the case asks for them.
    static func router(_ entry: JSONObject) throws -> [Middleware] {
        let router = try makeRouter(entry)
        let routes = router.routes().middleware
        var layers: [Middleware] = [
            { ctx, next in
                ctx.record.router = router
                try await routes(ctx, next)
            }
        ]
        if let allowed = entry.optional("allowedMethods") {
            let options = allowed.object ?? [:]
            let throwing = try options.optional("throw")?.requireBool("throw") ?? false
            layers.append(router.allowedMethods(throw: throwing).middleware)
        }
        return layers
    }

    private static func makeRouter(_ entry: JSONObject) throws -> Router {
        let router = try emptyRouter(entry.require("options").requireObject("options"))
        for use in try entry.optional("use")?.requireList("use") ?? [] {
            let use = try use.requireObject("use")
            let middleware = try Operations.middleware(use.require("ops"))
            if let path = try use.optional("path")?.requireText("path") {
                router.use(path, middleware)
            } else {
                router.use(middleware)
            }
        }
        for (name, operations) in try entry.optional("params")?.requireObject("params") ?? [:] {
            let middleware = try Operations.middleware(operations)
            router.param(name) { value, ctx, next in
                ctx.record.reads.append([JSON(name), JSON(value)])
                try await middleware(ctx, next)
            }
        }
        for route in try entry.require("routes").requireList("routes") {
            try add(route.requireObject("a route"), to: router)
        }
        return router
    }

    private static func emptyRouter(_ options: JSONObject) throws -> Router {
        var methods: [String]?
        if let given = options.optional("methods") { methods = try given.requireTexts("methods") }
        let host = try options.optional("host")?.requireText("host")
        let settings = (
            prefix: try options.optional("prefix")?.requireText("prefix") ?? "",
            exclusive: try options.optional("exclusive")?.requireBool("exclusive") ?? false,
            strict: try options.optional("strict")?.requireBool("strict") ?? false,
            sensitive: try options.optional("sensitive")?.requireBool("sensitive") ?? false
        )
        let rule = host.map { HostRule.any(of: [$0]) }
        guard let methods else {
            return Router(
                prefix: settings.prefix, host: rule, exclusive: settings.exclusive, strict: settings.strict,
                sensitive: settings.sensitive)
        }
        return Router(
            prefix: settings.prefix, host: rule, methods: methods, exclusive: settings.exclusive,
            strict: settings.strict, sensitive: settings.sensitive)
    }

    private static func add(_ route: JSONObject, to router: Router) throws {
        if let redirect = try route.optional("redirect")?.requireList("redirect") {
            let texts = try redirect.prefix(2).map { try $0.requireText("redirect") }
            guard texts.count == 2 else { throw MalformedCase("a redirect has no destination") }
            let status = try redirect.dropFirst(2).first?.requireInteger("redirect") ?? 301
            router.redirect(texts[0], to: texts[1], status: Status(status))
            return
        }
        let path = try route.require("path").requireText("path")
        if let nested = route.optional("nest") {
            let inner = try makeRouter(nested.requireObject("nest"))
            if path.isEmpty {
                router.use(inner.routes())
            } else {
                router.use(path, inner.routes(), inner.allowedMethods())
            }
            return
        }
        let name = try route.optional("name")?.requireText("name")
        let handlers = try route.require("handlers").requireList("handlers").map { try Operations.middleware($0) }
        for method in try route.require("methods").requireTexts("methods") {
            let verb = method == "all" ? router.all : router.on(method.uppercased())
            verb(path, name: name, compose(handlers))
        }
    }

    /// Reads the values of a `url` operation as the reference does, which makes texts of all of them.
    static func url(_ operands: Operands) throws -> Middleware {
        let name = try operands.text(0)
        var values: [String: PatternValue] = [:]
        for (key, value) in try operands.value(1).requireObject("url") {
            let texts = try value.array == nil ? [value.requireText(key)] : value.requireTexts(key)
            values[key] = .text(texts.joined(separator: ","))
        }
        var query: RouteQuery?
        if let given = operands.optional(2) {
            if let object = given.object {
                var pairs = Query()
                for (key, value) in object {
                    for text in try value.array == nil ? [value.requireText(key)] : value.requireTexts(key) {
                        pairs.append(key, text)
                    }
                }
                query = RouteQuery(pairs)
            } else {
                query = RouteQuery(try given.requireText("url"))
            }
        }
        return Operations.step { [values, query] ctx in
            guard let router = ctx.record.router else { throw MalformedCase("url outside of a router") }
            ctx.record.reads.append(JSON(try router.url(name, values, query: query)))
        }
    }
}
