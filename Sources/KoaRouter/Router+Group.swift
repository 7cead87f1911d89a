public import Koa
import NIOConcurrencyHelpers

/// Routes that belong together, as a type that registers them.
///
/// ```swift
/// struct Users: RouteCollection {
///     let store: UserStore
///
///     func add(to router: Router) {
///         router.get("/", handler: list)
///         router.get("/:id", handler: show)
///     }
///
///     func list(_ ctx: Context) async throws { ctx.body = .json(await store.all) }
///     func show(_ ctx: Context) async throws {}
/// }
/// router.register("/users", Users(store: store))
/// ```
public protocol RouteCollection {
    /// Adds the routes.
    func add(to router: Router)
}

extension Router {
    /// Adds routes under a path, behind middleware that run for them alone.
    ///
    /// ```swift
    /// router.group("/admin", requireAdmin) { admin in
    ///     admin.get("/users") { ctx in ctx.body = "all of them" }
    /// }
    /// ```
    ///
    /// That is so of those that `use` adds within, too. A path of `""` or `/` gives routes middleware of their own without
    /// moving them.
    ///
    /// - Returns: the router, so that calls can be chained.
    @discardableResult
    public func group(
        _ path: String, _ middleware: Middleware..., fileID: StaticString = #fileID, line: UInt = #line,
        routes add: (Router) -> Void
    ) -> Router {
        let options = state.withLockedValue { $0.options }
        let inner = Router(exclusive: false, strict: options.isStrict, sensitive: options.isSensitive)
        for one in middleware { inner.use(one, fileID: fileID, line: line) }
        add(inner)
        let group = RouteGroup()
        inner.state.withLockedValue { state in
            for index in state.layers.indices { state.layers[index].groups.append(group) }
        }
        return use(path, inner.routes(), fileID: fileID, line: line)
    }

    /// Adds the routes of a collection.
    ///
    /// - Returns: the router, so that calls can be chained.
    @discardableResult
    public func register(
        _ collection: some RouteCollection, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Router {
        register("", collection, fileID: fileID, line: line)
    }

    /// Adds the routes of a collection under a path.
    ///
    /// - Returns: the router, so that calls can be chained.
    @discardableResult
    public func register(
        _ path: String, _ collection: some RouteCollection, fileID: StaticString = #fileID, line: UInt = #line
    ) -> Router {
        group(path, fileID: fileID, line: line) { collection.add(to: $0) }
    }
}
