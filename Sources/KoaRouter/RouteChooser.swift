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
        guard layer.companions.isEmpty else { return several(ctx, state, [layer], compiled) }
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
        var chosen = compiled.options.isExclusive ? last(of: found) : found
        if compiled.hasGroups {
            let routes = chosen.filter(\.definition.isRoute)
            chosen.removeAll { layer in
                guard let group = layer.group else { return false }
                return !routes.contains { $0.definition.isPart(of: group) }
            }
        }
        if compiled.hasCompanions { addCompanions(of: chosen, to: &chosen, compiled) }
        let number = state.number
        let chain = Chain(links: chosen.flatMap { $0.entering(of: number) })
        return .run { ctx, next in try await chain.run(ctx, next) }
    }

    /// The last layer, and the middleware of groups, which may be meant for it.
    private func last(of found: [CompiledLayer]) -> [CompiledLayer] {
        let last = found.last { $0.group == nil }
        return found.filter { $0 === last || $0.group != nil }
    }

    /// Adds the middleware of the routes' own routers whose paths don't match, in the order of the layers.
    private func addCompanions(
        of found: [CompiledLayer], to chosen: inout [CompiledLayer], _ compiled: CompiledRouter
    ) {
        for route in found {
            for index in route.companions where !chosen.contains(where: { $0.index == index }) {
                if compiled.options.isExclusive, compiled.layers[index].group == nil { continue }
                let place = chosen.firstIndex { $0.index > index } ?? chosen.count
                chosen.insert(compiled.layers[index], at: place)
            }
        }
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
