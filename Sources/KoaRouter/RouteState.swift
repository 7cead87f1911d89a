import Koa

/// What the routers of one request have found out.
final class RouteState {
    /// What one router has found.
    private final class Finding {
        let owner: Router
        let router: CompiledRouter
        let path: String
        let lookup: RouteLookup
        let groups: [Int: [ExpressionGroup]]
        let previous: Finding?

        init(
            _ owner: Router, _ router: CompiledRouter, _ path: String, _ lookup: RouteLookup,
            _ groups: [Int: [ExpressionGroup]], previous: Finding?
        ) {
            self.owner = owner
            self.router = router
            self.path = path
            self.lookup = lookup
            self.groups = groups
            self.previous = previous
        }

        /// The captures of a match, by their numbers.
        func captures(of match: RouteLookup.Match, count: Int) -> [String?] {
            var captures = [String?](repeating: nil, count: count)
            for (offset, place) in match.captures.enumerated() {
                captures[Int(match.firstCapture) + offset] = text(at: place)
            }
            return captures
        }

        func text(at place: Int32) -> String {
            let range = lookup.captures[Int(place)]
            var path = path
            // Cutting the String itself would look for the borders of its characters.
            return path.withUTF8 { bytes in
                String(decoding: bytes[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
            }
        }
    }

    // Only the request's task asks, one thing after the other: checking each access would be in vain.
    @exclusivity(unchecked) var params = Params()
    /// The layer that runs.
    @exclusivity(unchecked) private(set) var layer: CompiledLayer?
    /// The last route that matched, until one runs; then that one.
    @exclusivity(unchecked) private(set) var route: CompiledLayer?
    /// The name of the last layer that has one.
    @exclusivity(unchecked) private(set) var routeName: String?
    @exclusivity(unchecked) var routerPath: String?
    /// That of the router that was asked last.
    @exclusivity(unchecked) private var finding: Finding?
    /// Where ``layer`` was found.
    @exclusivity(unchecked) private var entered: Finding?
    @exclusivity(unchecked) private var begun: [(handler: ParameterHandler.Identity, value: String)] = []

    /// Notes what a router has found.
    func add(
        _ lookup: RouteLookup, _ groups: [Int: [ExpressionGroup]], of router: CompiledRouter, _ owner: Router,
        for path: String
    ) {
        finding = Finding(owner, router, path, lookup, groups, previous: finding)
    }

    /// Whether a router has been asked.
    var isMatched: Bool { finding != nil }

    /// All layers whose paths matched, whatever their methods, in the order of the routers.
    var matched: [CompiledLayer] {
        sequence(first: finding, next: { $0?.previous }).prefix { $0 != nil }.compactMap { $0 }.reversed()
            .flatMap { finding in finding.lookup.matches.map { finding.router.layers[Int($0.layer)] } }
    }

    /// The router that was asked last.
    var router: Router? { finding?.owner }

    /// What the pattern of the layer that runs captured.
    var captures: [String?] {
        guard let entered, let layer else { return [] }
        if let groups = entered.groups[layer.index] { return groups.map(\.value) }
        guard let match = entered.lookup.match(of: layer.index) else { return [] }
        return entered.captures(of: match, count: layer.captureNames.count)
    }

    /// The route that will answer, as far as nothing has run yet.
    func expect(_ layer: CompiledLayer) {
        route = layer
        if let name = layer.definition.name { routeName = name }
    }

    /// Takes over the parameters of a layer that begins to run.
    func enter(_ index: Int, of router: CompiledRouter.Identity) {
        var found = finding
        while let finding = found, finding.router.identity !== router { found = finding.previous }
        guard let finding = found, let match = finding.lookup.match(of: index) else { return }
        let layer = finding.router.layers[index]
        self.layer = layer
        entered = finding
        if layer.definition.isRoute, route !== layer { expect(layer) }
        if let groups = finding.groups[index] { return take(groups) }
        for (offset, place) in match.captures.enumerated() {
            let name = layer.captureNames[Int(match.firstCapture) + offset]
            params[name] = Params.decoded(finding.text(at: place))
        }
    }

    private func take(_ groups: [ExpressionGroup]) {
        for (number, group) in groups.enumerated() {
            guard let value = group.value, !value.isEmpty else { continue }
            params[group.name ?? String(number)] = Params.decoded(value)
        }
    }

    /// Whether a parameter's handler sees a value for the first time.
    func begins(_ handler: ParameterHandler, with value: String) -> Bool {
        guard !begun.contains(where: { $0.handler === handler.id && $0.value == value }) else { return false }
        begun.append((handler.id, value))
        return true
    }
}
