import Koa
import NIOConcurrencyHelpers
import Synchronization

/// Sends requests to handlers by method and path, as `@koa/router` does.
///
/// ```swift
/// let router = Router(prefix: "/api")
/// router.get("/users/:id", name: "user") { ctx in
///     let id = try ctx.params.require("id", as: Int.self)
///     ctx.body = ["id": id]
/// }
/// app.use(router.routes(), router.allowedMethods())
/// ```
///
/// All routes that match a request run in the order in which they were added, each as far as the one before calls `next`.
/// Patterns are those of path-to-regexp 8: see ``RoutePattern``. Adding a route never fails; what is wrong with one is
/// thrown by ``Koa/Application/prepare()``, and so when the application starts.
public final class Router: Sendable {
    /// What a router does unless a route says otherwise.
    struct Options: Sendable {
        var prefix: String
        var host: HostRule?
        var methods: [String]
        var isExclusive: Bool
        var isStrict: Bool
        var isSensitive: Bool
        var routerPath: String?
        var answersMethods: Bool
    }

    struct State: Sendable {
        var options: Options
        var layers: [RouteLayer] = []
        /// Whether its middleware run for its routes alone, where it is nested.
        var isGroup = false
        var parameterHandlers: [ParameterHandler] = []
        /// Middleware that are values, to be looked at before serving.
        var unprepared: [any MiddlewareProtocol] = []
        /// Those of them whose place matters.
        var placed: [PlacedMiddleware] = []
        /// What the layers became, until one is added.
        var compiled: CompiledRouter?
    }

    let state: NIOLockedValueBox<State>
    /// How often the routes were changed.
    private let version = Atomic<Int>(0)
    /// The routes as the first request found them.
    private let served = PublishedReference<CompiledRouter>()

    /// Creates a router without routes.
    ///
    /// - Parameters:
    ///   - prefix: what all paths begin with; it may have parameters. A slash at its end stays, as in the reference:
    ///     leave it out.
    ///   - host: the hosts, with their ports, whose requests it takes; all by default.
    ///   - methods: those that it implements: ``allowedMethods(throw:notImplemented:methodNotAllowed:)`` answers others with 501.
    ///   - exclusive: whether only the last of several matching routes runs, without the router's middleware, but behind those
    ///     of its groups. Middleware that `use` adds behind the routes run in their place, as in the reference.
    ///   - strict: whether a slash at the end of a path counts.
    ///   - sensitive: whether case counts.
    ///   - routerPath: matched in place of each request's path.
    ///   - allowedMethods: whether the router's own ``routes()`` answer OPTIONS, 405 and 501, without a second middleware.
    public init(
        prefix: String = "",
        host: HostRule? = nil,
        methods: [String] = ["HEAD", "OPTIONS", "GET", "PUT", "PATCH", "POST", "DELETE"],
        exclusive: Bool = false,
        strict: Bool = false,
        sensitive: Bool = false,
        routerPath: String? = nil,
        allowedMethods: Bool = false
    ) {
        let options = Options(
            prefix: prefix, host: host, methods: methods, isExclusive: exclusive, isStrict: strict,
            isSensitive: sensitive, routerPath: routerPath, answersMethods: allowedMethods)
        state = NIOLockedValueBox(State(options: options))
    }

    /// The middleware that runs the routes; for `app.use`, and for another router's `use`.
    ///
    /// ```swift
    /// app.use(router.routes())
    /// ```
    public func routes() -> Routes { Routes(router: self) }

    /// The same as ``routes()``.
    public func middleware() -> Routes { routes() }

    /// What all paths begin with. Setting it moves the routes that there are already.
    public var prefix: String {
        get { state.withLockedValue { $0.options.prefix } }
        set { change { $0.options.prefix = Self.normalized(newValue) } }
    }

    /// Sets the prefix, as ``prefix-swift.property`` does.
    ///
    /// - Returns: the router, so that calls can be chained.
    @discardableResult
    public func prefix(_ prefix: String) -> Router {
        self.prefix = prefix
        return self
    }

    /// One slash at the end of a prefix doesn't count.
    private static func normalized(_ prefix: String) -> String {
        prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix
    }

    /// Adds layers at the end.
    func add(_ layers: [RouteLayer], unprepared: [any MiddlewareProtocol] = []) {
        change {
            $0.layers += layers
            $0.unprepared += unprepared
        }
    }

    /// Changes what the routes are made of, and has the next request look at them anew.
    func change(_ body: (inout State) -> Void) {
        state.withLockedValue {
            body(&$0)
            $0.compiled = nil
            version.add(1, ordering: .releasing)
        }
    }

    /// The same as ``compiled()``, without a lock as long as no route is added after the first request.
    func prepared() throws -> CompiledRouter {
        if let served = served.object, served.version == version.load(ordering: .acquiring) { return served }
        let router = try compiled()
        served.publish(router)
        return router
    }

    /// The routes as they are run.
    ///
    /// - Throws: ``RouteError`` for the first pattern that is none.
    func compiled() throws -> CompiledRouter {
        try state.withLockedValue { state in
            if let compiled = state.compiled { return compiled }
            let compiled = try CompiledRouter(state, version: version.load(ordering: .relaxed))
            state.compiled = compiled
            return compiled
        }
    }
}
