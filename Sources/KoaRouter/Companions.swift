/// The middleware that run for the routes of their routers whatever the paths of both are.
///
/// Middleware without a path are found by the prefix of their router, which a route's path may miss: it is an expression,
/// goes on without a slash, or is of another case. A guard has to run for it all the same.
struct Companions {
    /// The places of those of the router itself.
    private var own: [Int] = []
    /// The places of those that came from nested routers and groups.
    private var nested: [ObjectIdentifier: [Int]] = [:]

    /// - Parameter layers: with their prefixes, in their order.
    init(_ layers: [RouteLayer]) {
        for (index, layer) in layers.enumerated() where layer.isEverywhere {
            if let scope = layer.scopes.first {
                nested[ObjectIdentifier(scope), default: []].append(index)
            } else {
                own.append(index)
            }
        }
    }

    /// The places of the middleware that a route has, in their order; none for middleware.
    func of(_ layer: RouteLayer) -> [Int] {
        guard layer.isRoute, !own.isEmpty || !nested.isEmpty else { return [] }
        return layer.scopes.reduce(into: own) { $0 += nested[ObjectIdentifier($1)] ?? [] }.sorted()
    }
}
