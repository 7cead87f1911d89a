import Koa

extension Router {
    /// Runs the layers that match a request, in their order, and what follows the router.
    nonisolated(nonsending) func dispatch(_ ctx: Context, _ next: Next) async throws {
        let router = try compiled()
        if let host = router.options.host, !host.allows(ctx.host) { return try await next() }
        try await run(router, ctx, next)
        if router.options.answersMethods { try AllowedMethods(router: self).answer(ctx) }
    }

    private nonisolated(nonsending) func run(_ router: CompiledRouter, _ ctx: Context, _ next: Next) async throws {
        let state = ctx.makeRouteState()
        let path = router.options.routerPath ?? state.routerPath ?? ctx.path
        let (lookup, groups) = router.find(path, at: ctx.host)
        state.add(lookup, groups, of: router, self, for: path)
        let method = ctx.method.rawValue
        // Most requests have one match, for which no list is made.
        if lookup.matches.count == 1, let match = lookup.matches.first {
            let layer = router.layers[Int(match.layer)]
            guard layer.definition.isRoute, layer.takes(method) else { return try await next() }
            state.expect(layer)
            return try await Chain(links: layer.links).run(ctx, next)
        }
        var chosen: [CompiledLayer] = []
        var route: CompiledLayer?
        for match in lookup.matches {
            let layer = router.layers[Int(match.layer)]
            guard !layer.definition.isRoute || layer.takes(method) else { continue }
            if layer.definition.isRoute { route = layer }
            chosen.append(layer)
        }
        guard let route else { return try await next() }
        if router.hasGroups {
            let routes = chosen.map(\.definition).filter(\.isRoute)
            chosen.removeAll { layer in !routes.contains(where: layer.definition.isMeant) }
        }
        state.expect(route)
        let last = chosen.last ?? route
        let chain =
            router.options.isExclusive || chosen.count == 1
            ? Chain(links: last.links) : Chain(links: chosen.flatMap(\.links))
        try await chain.run(ctx, next)
    }
}

extension Context {
    /// What the routers know of this request, if one has been asked.
    var routeState: RouteState? { routing as? RouteState }

    func makeRouteState() -> RouteState {
        if let state = routeState { return state }
        let state = RouteState()
        routing = state
        return state
    }
}
