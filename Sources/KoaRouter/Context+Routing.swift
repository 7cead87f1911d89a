public import Koa

extension Context {
    /// The parameters of the request's path.
    public var params: Params {
        get { routeState?.params ?? Params() }
        set { makeRouteState().params = newValue }
    }

    /// What the pattern of the layer that runs has captured, not percent-decoded, over all of its alternatives: nil where
    /// one took no part.
    public var captures: [String?] { routeState?.captures ?? [] }

    /// The pattern of the route that runs, with all its prefixes; before one runs, of the last route that matches.
    ///
    /// What a log or a metric tells requests apart by: it has no values in it.
    public var matchedRoute: String? {
        guard let layer = routeState?.route else { return nil }
        return layer.pattern?.text
    }

    /// The name of the route that runs, or of the last that matches; of one that has none, that of the route before it.
    public var matchedRouteName: String? { routeState?.routeName }

    /// The routes and middleware whose paths match, whatever their methods, of all routers that were asked.
    ///
    /// Nil when none was asked.
    public var matched: [MatchedRoute]? {
        guard let state = routeState, state.isMatched else { return nil }
        return state.matched.map(MatchedRoute.init)
    }

    /// The router that was asked last: by it a handler builds URLs without holding its own router.
    ///
    /// ```swift
    /// router.post("/users") { ctx in
    ///     ctx.redirect(try ctx.require(ctx.router).url("user", ["id": 3]))
    /// }
    /// ```
    ///
    /// Of nested routers it is the outermost, which has all of their routes.
    public var router: Router? { routeState?.router }

    /// The pattern of the layer that runs, middleware among them; nil where ``MatchedRoute/path`` is.
    public var routerPath: String? { routeState?.layer?.pattern?.text }

    /// The name of the layer that runs.
    public var routerName: String? { routeState?.layer?.definition.name }

    /// A path that routers match in place of ``Koa/Request/path``, for the rest of this request.
    public var newRouterPath: String? {
        get { routeState?.routerPath }
        set { makeRouteState().routerPath = newValue }
    }
}

extension Request {
    /// The parameters of the request's path; the same as ``Koa/Context/params``.
    public var params: Params { ctx.params }
}

/// A route, or middleware of a path, that matches a request; see ``Koa/Context/matched``.
///
/// ```swift
/// let allowed = ctx.matched?.flatMap(\.methods)
/// ```
public struct MatchedRoute: Sendable {
    /// The pattern, with all its prefixes: of middleware without a path the prefixes alone. Nil for a regular expression, and
    /// for middleware without a path below no prefix.
    public let path: String?
    /// The name.
    public let name: String?
    /// The methods; empty for middleware.
    public let methods: [String]

    init(_ layer: CompiledLayer) {
        path = layer.pattern?.text
        name = layer.definition.name
        methods = layer.definition.methods
    }
}
