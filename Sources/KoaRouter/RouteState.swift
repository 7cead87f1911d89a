import Koa

/// What the routers of one request have found out.
final class RouteState {
    // Only the request's task asks, one thing after the other: checking each access would be in vain.
    @exclusivity(unchecked) var params = Params()
    // Layers live as long as their router, which the finding holds: counting references to them would be in vain, too.
    /// The layer that runs.
    @exclusivity(unchecked) private(set) unowned(unsafe) var layer: CompiledLayer?
    @exclusivity(unchecked) private var layerNumber = 0
    /// The last route that matched, until one runs; then that one.
    @exclusivity(unchecked) private(set) unowned(unsafe) var route: CompiledLayer?
    @exclusivity(unchecked) private unowned(unsafe) var namedRoute: CompiledLayer?
    @exclusivity(unchecked) var routerPath: String?
    /// Where the router that chose the route is mounted.
    @exclusivity(unchecked) var mountPath: String?
    /// What the router that was asked last has found.
    @exclusivity(unchecked) private(set) var finding = RouteFinding()
    /// What those before it have found.
    @exclusivity(unchecked) private var earlier: [RouteFinding] = []
    @exclusivity(unchecked) private var allowed: [String]?
    @exclusivity(unchecked) private var begun: [(handler: ParameterHandler.Identity, value: String)] = []

    /// Asks a router for the layers of a path and method.
    func find(_ path: String, _ method: String, at host: String, by owner: Router, _ router: CompiledRouter) {
        if finding.owner != nil {
            earlier.append(finding)
            finding = RouteFinding()
            allowed = nil
        }
        finding.find(path, method, at: host, by: owner, router)
    }

    /// Whether a router has been asked.
    var isMatched: Bool { finding.owner != nil }

    /// All layers whose paths matched, whatever their methods, in the order of the routers.
    var matched: [CompiledLayer] { (earlier + [finding]).flatMap(\.matched) }

    /// The methods of all routes whose paths matched, each once: found when they are first asked for, since each router's
    /// answer asks again.
    var allowedMethods: [String] {
        if let allowed { return allowed }
        var methods: [String] = []
        for method in matched.flatMap(\.definition.methods) where !methods.contains(method) { methods.append(method) }
        allowed = methods
        return methods
    }

    /// The router that was asked last.
    var router: Router? { finding.owner }

    /// What the pattern of the layer that runs captured.
    var captures: [String?] { layer.map { running.captures(of: $0) } ?? [] }

    /// The names of the parameters that the expression of the layer that runs has filled in, in their order.
    var groupNames: [String] { layer.map { running.groupNames(of: $0) } ?? [] }

    /// The number of what the router that was asked last has found; a router may be asked several times.
    var number: Int { earlier.count }

    /// What was found for the layer that runs.
    private var running: RouteFinding { layerNumber == number ? finding : earlier[layerNumber] }

    /// The route that will answer, as far as nothing has run yet.
    func expect(_ layer: CompiledLayer) {
        route = layer
        if layer.definition.name != nil { namedRoute = layer }
    }

    /// The name of the last route that has one.
    var routeName: String? { namedRoute?.definition.name }

    /// Takes over the parameters of a layer that begins to run, of what was found last.
    func enter(_ layer: CompiledLayer) { enter(layer, of: number) }

    /// Takes over the parameters of a layer that begins to run.
    ///
    /// - Parameter number: that of what it was found by.
    func enter(_ layer: CompiledLayer, of number: Int) {
        self.layer = layer
        layerNumber = number
        if layer.definition.isRoute, route !== layer { expect(layer) }
        if number == self.number {
            finding.addParameters(of: layer, to: &params)
        } else {
            var finding = earlier[number]
            finding.addParameters(of: layer, to: &params)
        }
    }

    /// Whether a parameter's handler sees a value for the first time.
    func begins(_ handler: ParameterHandler, with value: String) -> Bool {
        guard !begun.contains(where: { $0.handler === handler.id && $0.value == value }) else { return false }
        begun.append((handler.id, value))
        return true
    }
}

extension RouteState: RouteNaming {
    var routePattern: String? {
        guard let pattern = route?.pattern?.text else { return nil }
        return mountPath.map { $0 + pattern } ?? pattern
    }
}

extension Context {
    /// What the routers know of this request, if one has been asked.
    var routeState: RouteState? {
        guard let routing else { return nil }
        // Nobody else sets it: a checked cast would ask the runtime each time.
        return unsafeDowncast(routing, to: RouteState.self)
    }

    func makeRouteState() -> RouteState {
        if let state = routeState { return state }
        let state = RouteState()
        routing = state
        return state
    }
}
