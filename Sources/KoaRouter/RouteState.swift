import Koa

/// What the routers of one request have found out.
final class RouteState {
    /// What one router has found.
    private struct Finding {
        let owner: Router
        let router: CompiledRouter
        let path: String
        let lookup: RouteLookup
        let groups: [Int: [ExpressionGroup]]
    }

    var params = Params()
    private(set) var captures: [String?] = []
    private(set) var layer: CompiledLayer?
    /// The last route that matched, until one runs; then that one.
    private(set) var route: CompiledLayer?
    /// The name of the last layer that has one.
    private(set) var routeName: String?
    private(set) var isMatched = false
    var routerPath: String?
    private var findings: [Finding] = []
    private var begun: [(handler: ParameterHandler.Identity, value: String)] = []

    /// Notes what a router has found.
    func add(
        _ lookup: RouteLookup, _ groups: [Int: [ExpressionGroup]], of router: CompiledRouter, _ owner: Router,
        for path: String
    ) {
        findings.append(Finding(owner: owner, router: router, path: path, lookup: lookup, groups: groups))
        isMatched = true
    }

    /// All layers whose paths matched, whatever their methods, in the order of the routers.
    var matched: [CompiledLayer] {
        findings.flatMap { finding in finding.lookup.matches.map { finding.router.layers[Int($0.layer)] } }
    }

    /// The router that was asked last.
    var router: Router? { findings.last?.owner }

    /// The route that will answer, as far as nothing has run yet.
    func expect(_ layer: CompiledLayer) {
        route = layer
        if let name = layer.definition.name { routeName = name }
    }

    /// Takes over the parameters of a layer that begins to run.
    func enter(_ index: Int, of router: CompiledRouter.Identity) {
        guard let finding = findings.last(where: { $0.router.identity === router }),
            let match = finding.lookup.match(of: index)
        else { return }
        let layer = finding.router.layers[index]
        self.layer = layer
        if layer.definition.isRoute { expect(layer) }
        if let groups = finding.groups[index] {
            take(groups)
        } else {
            take(match, of: layer, finding)
        }
    }

    private func take(_ match: RouteLookup.Match, of layer: CompiledLayer, _ finding: Finding) {
        let names = layer.pattern?.captureNames ?? []
        if captures.isEmpty && names.isEmpty { return }
        captures = [String?](repeating: nil, count: names.count)
        let bytes = finding.path.utf8
        for (offset, place) in match.captures.enumerated() {
            let range = finding.lookup.captures[Int(place)]
            let begin = bytes.index(bytes.startIndex, offsetBy: Int(range.lowerBound))
            let end = bytes.index(begin, offsetBy: range.count)
            let text = String(finding.path[begin..<end])
            let number = Int(match.firstCapture) + offset
            captures[number] = text
            params[names[number]] = Params.decoded(text)
        }
    }

    private func take(_ groups: [ExpressionGroup]) {
        captures = groups.map(\.value)
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
