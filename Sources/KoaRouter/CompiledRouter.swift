import Koa

/// A router's layers, made ready to be found and run.
final class CompiledRouter: Sendable {
    /// How often the router's routes had been changed.
    let version: Int
    let layers: [CompiledLayer]
    let options: Router.Options
    /// What looks wrong, for the log at start-up.
    let warnings: [String]
    private let tree: RouteTree
    private let sensitiveTree: RouteTree?
    /// The layers that match every path, and those with regular expressions, by their places.
    private let others: [Int]
    private let hasConstraints: Bool
    /// Whether layers have host rules.
    let hasHosts: Bool
    /// Whether middleware may be meant for some routes alone.
    let hasGroups: Bool
    /// Whether routes have companions.
    let hasCompanions: Bool

    /// - Throws: ``RouteError`` for the first layer that can't be compiled.
    init(_ state: Router.State, version: Int) throws {
        self.version = version
        options = state.options
        let definitions = state.layers.map { layer in
            var layer = layer.prefixed(state.options.prefix)
            layer.parameterHandlers += state.parameterHandlers
            return layer
        }
        let companions = Companions(definitions)
        var layers: [CompiledLayer] = []
        for definition in definitions {
            let definition = try Redirect.placed(definition, among: definitions)
            let answer = try Redirect.answer(of: definition, among: definitions)
            layers.append(
                try CompiledLayer(definition, at: layers.count, answer: answer, companions: companions.of(definition)))
        }
        var trees = (RouteTree.Builder(sensitive: false), RouteTree.Builder(sensitive: true))
        var others: [Int] = []
        var hasSensitive = false
        for layer in layers {
            guard let pattern = layer.pattern else {
                others.append(layer.index)
                continue
            }
            let definition = layer.definition
            if definition.isSensitive {
                hasSensitive = true
                trees.1.add(
                    pattern, layer: layer.index, isWhole: definition.isWhole, allowsTrailing: !definition.isStrict,
                    methods: layer.methods)
            } else {
                trees.0.add(
                    pattern, layer: layer.index, isWhole: definition.isWhole, allowsTrailing: !definition.isStrict,
                    methods: layer.methods)
            }
        }
        self.layers = layers
        self.others = others
        hasHosts = layers.contains { !$0.definition.hosts.isEmpty }
        hasGroups = layers.contains { $0.group != nil }
        hasCompanions = layers.contains { !$0.companions.isEmpty }
        hasConstraints = layers.contains { !$0.definition.constraints.isEmpty }
        tree = trees.0.tree()
        sensitiveTree = hasSensitive ? trees.1.tree() : nil
        warnings = RouteWarnings.of(layers, options)
    }

    /// Adds the layers of a path and method to `lookup`, in their order.
    ///
    /// - Parameters:
    ///   - method: leaves out routes of other methods.
    ///   - host: for the layers that came from routers with host rules.
    func find(
        _ path: String, _ method: String, at host: String, _ lookup: inout RouteLookup, _ groups: inout [LayerGroups]
    ) {
        lookup.methods = MethodMask(method)
        find(path, at: host, &lookup, &groups)
        if lookup.methods == .other { lookup.filter { layers[Int($0.layer)].takes(method) } }
    }

    /// The layers whose paths match, whatever their methods.
    func find(_ path: String, at host: String = "") -> RouteLookup {
        var lookup = RouteLookup()
        var groups: [LayerGroups] = []
        find(path, at: host, &lookup, &groups)
        return lookup
    }

    private func find(
        _ path: String, at host: String, _ lookup: inout RouteLookup, _ groups: inout [LayerGroups]
    ) {
        lookup.keepsAlternatives = hasConstraints
        for index in others where !layers[index].methods.isDisjoint(with: lookup.methods) {
            if case .expression(let expression) = layers[index].definition.path {
                guard let found = expression.groups(path), layers[index].accepts(found) else { continue }
                groups.append((index, found))
            }
            lookup.add(layer: index)
        }
        var path = path
        path.withUTF8 { bytes in
            tree.find(bytes, &lookup)
            sensitiveTree?.find(bytes, &lookup)
            guard hasConstraints else { return }
            let captures = lookup.captures
            lookup.filter { layers[Int($0.layer)].accepts($0, of: captures, bytes) }
            lookup.dropAlternatives()
        }
        if hasHosts {
            lookup.filter { layers[Int($0.layer)].definition.hosts.allSatisfy { $0.allows(host) } }
        }
    }

    /// The first layer of a name.
    func layer(named name: String) -> CompiledLayer? {
        layers.first { $0.definition.name == name }
    }
}
