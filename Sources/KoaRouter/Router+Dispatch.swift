import Koa

extension Router {
    /// Runs the layers that match a request, in their order, and what follows the router.
    ///
    /// What can be done without waiting is done in a function that doesn't: its variables need no asynchronous frame.
    ///
    /// - Returns: false when the request's host isn't the router's.
    @discardableResult
    nonisolated(nonsending) func dispatch(_ ctx: Context, _ next: Next) async throws -> Bool {
        switch try choose(ctx) {
        case .otherHost:
            try await next()
            return false
        case .nothing: try await next()
        case .one(let middleware):
            nonisolated(unsafe) let (ctx, next) = (ctx, next)
            try await middleware(ctx, next)
        case .several(let links): try await Chain(links: links).run(ctx, next)
        }
        return true
    }

    /// What a request runs.
    private enum Choice {
        case otherHost
        case nothing
        case one(Middleware)
        case several([Chain.Link])
    }

    private func choose(_ ctx: Context) throws -> Choice {
        let router = try compiled()
        if let host = router.options.host, !host.allows(ctx.host) { return .otherHost }
        let state = ctx.makeRouteState()
        let path = router.options.routerPath ?? state.routerPath ?? ctx.path
        let (lookup, groups) = router.find(path, at: ctx.host)
        state.add(lookup, groups, of: router, self, for: path)
        let method = ctx.method.rawValue
        var (count, last, route): (Int, CompiledLayer?, CompiledLayer?) = (0, nil, nil)
        for match in lookup.matches {
            let layer = router.layers[Int(match.layer)]
            if layer.definition.isRoute {
                guard layer.takes(method) else { continue }
                route = layer
            }
            last = layer
            count += 1
        }
        guard let route, var last else { return .nothing }
        state.expect(route)
        if count > 1 {
            var chosen = lookup.matches.map { router.layers[Int($0.layer)] }
                .filter { !$0.definition.isRoute || $0.takes(method) }
            if router.hasGroups {
                let routes = chosen.map(\.definition).filter(\.isRoute)
                chosen.removeAll { layer in !routes.contains(where: layer.definition.isMeant) }
            }
            guard router.options.isExclusive else { return .several(chosen.flatMap(\.entering)) }
            last = chosen.last ?? route
        }
        guard last.links.count == 1 else { return .several(last.entering) }
        // One handler alone is run as it is.
        state.enter(last.index, of: router.identity)
        return .one(last.links[0].middleware)
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
