/// What in a router's routes is probably not meant.
enum RouteWarnings {
    /// Two routes of one name, and routes in place of which another always answers.
    static func of(_ layers: [CompiledLayer], _ options: Router.Options) -> [String] {
        let isExclusive = options.isExclusive
        // Its own path needn't begin with a slash.
        let hasPlainPath = options.routerPath.map { $0.utf8.first != PathBytes.slash } ?? false
        return (hasPlainPath ? [] : unreachable(layers))
            + duplicateNames(layers)
            + shadowed(isExclusive ? layers.reversed() : layers) { layer, other in
                let route = "\(layer.definition.methods.joined(separator: ", ")) \(described(layer))"
                return isExclusive
                    ? """
                    The route \(route) never runs: \(described(other)), which matches the same requests, comes after it \
                    in an exclusive router.
                    """
                    : """
                    The route \(route) runs only when \(described(other)), which matches the same requests, calls next().
                    """
            }
    }

    /// Patterns that no path matches, since each begins with a slash.
    private static func unreachable(_ layers: [CompiledLayer]) -> [String] {
        layers.compactMap { layer in
            guard let pattern = layer.pattern, !pattern.alternatives.contains(where: beginsWithSlash) else {
                return nil
            }
            return "No path matches \(described(layer)): paths begin with a slash, as patterns should."
        }
    }

    private static func beginsWithSlash(_ pieces: [PatternPiece]) -> Bool {
        switch pieces.first {
        case .text(let text): text.first == PathBytes.slash
        case .parameter: false
        // Captures slashes, too; and of an empty pattern what follows a prefix is left.
        case .wildcard, nil: true
        }
    }

    private static func duplicateNames(_ layers: [CompiledLayer]) -> [String] {
        var first: [String: CompiledLayer] = [:]
        return layers.compactMap { layer in
            guard let name = layer.definition.name else { return nil }
            guard let earlier = first[name] else {
                first[name] = layer
                return nil
            }
            // A route of several methods or paths is several layers.
            guard place(earlier) != place(layer) else { return nil }
            return """
                Two routes are named \(name): \(described(earlier)) and \(described(layer)). URLs are made of the \
                first.
                """
        }
    }

    /// Only of patterns of one shape: whether one pattern covers another can't be told in general.
    ///
    /// - Parameter layers: in the order in which they are asked.
    private static func shadowed(
        _ layers: [CompiledLayer], _ text: (_ layer: CompiledLayer, _ other: CompiledLayer) -> String
    ) -> [String] {
        var earlier: [String: [CompiledLayer]] = [:]
        return layers.compactMap { layer in
            guard layer.definition.isRoute, let shape = shape(layer) else { return nil }
            defer { earlier[shape, default: []].append(layer) }
            let others = (earlier[shape] ?? []).filter {
                $0.definition.constraints.isEmpty && $0.definition.hosts.isEmpty
            }
            let covered = Set(others.flatMap(\.definition.methods))
            guard let other = others.first, place(other) != place(layer),
                covered.isSuperset(of: layer.definition.methods)
            else { return nil }
            return text(layer, other)
        }
    }

    /// The pattern without the names of its parameters.
    private static func shape(_ layer: CompiledLayer) -> String? {
        guard let pattern = layer.pattern else { return nil }
        let shapes = pattern.alternatives.map { pieces in
            pieces.map { piece in
                switch piece {
                case .text(let bytes):
                    String(decoding: PathBytes.text(bytes, sensitive: layer.definition.isSensitive), as: UTF8.self)
                case .parameter: ":"
                case .wildcard: "*"
                }
            }.joined(separator: "\u{0}")
        }
        let flags = "\(layer.definition.isSensitive) \(layer.definition.isStrict)"
        return ([flags] + shapes).joined(separator: "\u{1}")
    }

    private static func place(_ layer: CompiledLayer) -> String {
        layer.definition.handlers.first?.origin.description ?? ""
    }

    private static func described(_ layer: CompiledLayer) -> String {
        layer.definition.text + (layer.definition.handlers.first.map { " (\($0.origin))" } ?? "")
    }
}
