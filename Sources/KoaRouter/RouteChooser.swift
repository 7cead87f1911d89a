import Koa

/// Picks the layers that a request runs.
final class RouteChooser: Chooser {
    let router: Router

    init(_ router: Router) {
        self.router = router
    }

    func choose(_ ctx: Context) throws -> Chain.Choice {
        let compiled = try router.prepared()
        if let host = compiled.options.host, !host.allows(ctx.host) { return .nothing }
        let choice = try choose(ctx, compiled)
        return compiled.options.answersMethods ? answering(choice, ctx) : choice
    }

    private func choose(_ ctx: Context, _ compiled: CompiledRouter) throws -> Chain.Choice {
        let state = ctx.makeRouteState()
        state.find(
            path(of: ctx, state, compiled), ctx.method.rawValue, at: compiled.hasHosts ? ctx.host : "", by: router,
            compiled)
        guard let only = state.finding.lookup.only else {
            return several(ctx, state, state.finding.lookup.matches.map { compiled.layers[Int($0.layer)] }, compiled)
        }
        let layer = compiled.layers[Int(only.layer)]
        guard layer.definition.isRoute else { return .nothing }
        state.mountPath = ctx.mountPath
        state.enter(layer)
        return layer.whole
    }

    private func path(of ctx: Context, _ state: RouteState, _ compiled: CompiledRouter) -> String {
        if let path = compiled.options.routerPath { return path }
        if let path = state.routerPath { return path }
        return ctx.path
    }

    private func several(
        _ ctx: Context,
        _ state: RouteState,
        _ found: [CompiledLayer],
        _ compiled: CompiledRouter
    ) -> Chain.Choice {
        guard let route = found.last(where: \.definition.isRoute) else { return .nothing }
        state.mountPath = ctx.mountPath
        state.expect(route)
        var chosen = found
        if compiled.hasGroups {
            let routes = chosen.map(\.definition).filter(\.isRoute)
            chosen.removeAll { layer in !routes.contains(where: layer.definition.isMeant) }
        }
        if compiled.options.isExclusive { chosen = chosen.suffix(1) }
        let chain = Chain(links: chosen.flatMap(\.entering))
        return .run { ctx, next in try await chain.run(ctx, next) }
    }

    /// What was chosen, followed by the answer for methods that no route takes.
    private func answering(_ choice: Chain.Choice, _ ctx: Context) -> Chain.Choice {
        let methods = AllowedMethods(router: router)
        switch choice {
        case .nothing:
            return .run { ctx, next in
                try await next()
                try methods.answer(ctx)
            }
        case .run(let middleware):
            return .run { ctx, next in
                try await middleware(ctx, next)
                try methods.answer(ctx)
            }
        }
    }
}
