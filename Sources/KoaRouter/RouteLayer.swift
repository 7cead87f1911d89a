import Koa

/// What was added to a router: a route, or middleware under a path.
struct RouteLayer: Sendable {
    /// What its path is, without the prefix of its router.
    var path: RoutePathSource.Kind
    /// Empty for middleware.
    let methods: [String]
    let name: String?
    /// Whether the whole path has to match, or only its beginning.
    let isWhole: Bool
    let isStrict: Bool
    let isSensitive: Bool
    let constraints: [String: ParameterConstraint]
    let handlers: [Chain.Link]
    /// In the order in which they were added.
    var parameterHandlers: [ParameterHandler] = []
    /// What is wrong with it, beside its pattern.
    var problem: String?
    /// What it does in place of its handlers.
    var redirect: Redirect?
    /// The routers and groups that it came from by nesting, the innermost first.
    var scopes: [RouteScope] = []
    /// Whether it is middleware of all routes of its router, whatever their paths.
    var isEverywhere = false
    /// For the host rules of the routers that it came from by nesting.
    var hosts: [HostRule] = []

    /// Whether it answers requests, and isn't run beside those that do.
    var isRoute: Bool { !methods.isEmpty }

    /// The group whose routes alone it runs for, if it is middleware of one.
    var group: RouteScope? { isRoute ? nil : scopes.first(where: \.isGroup) }

    /// Whether it came from a router or group.
    func isPart(of scope: RouteScope) -> Bool { scopes.contains { $0 === scope } }

    /// The layer below a prefix.
    func prefixed(_ prefix: String) -> RouteLayer {
        guard !prefix.isEmpty else { return self }
        var layer = self
        switch path {
        case .pattern("/") where !isStrict: layer.path = .pattern(prefix)
        case .pattern(let text): layer.path = .pattern(prefix + text)
        // The reference fills in the parameters of a prefix for middleware, and the rest of the path with them.
        case .everything:
            layer.path = .pattern(Self.hasParameters(prefix) ? prefix + "{/*rest}" : prefix)
            layer.isEverywhere = true
        case .expression, .route: break
        }
        return layer
    }

    private static func hasParameters(_ pattern: String) -> Bool {
        (try? RoutePattern(pattern))?.parameterNames.isEmpty == false
    }
}

/// What runs before the handlers of the routes that have a parameter.
struct ParameterHandler: Sendable {
    /// Tells handlers apart: each runs once a request for a value.
    let id: Identity
    let name: String
    let handler: @concurrent @Sendable (String, Context, Next) async throws -> Void

    final class Identity: Sendable {}
}

/// What tells the layers of a nested router, or of a group, from others: each copy has its own.
final class RouteScope: Sendable {
    /// Whether its middleware run for its routes alone.
    let isGroup: Bool

    init(isGroup: Bool) {
        self.isGroup = isGroup
    }
}
