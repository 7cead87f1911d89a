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
    /// They run for each of them, whatever its path is: also for one that goes on without a slash, and for a regular
    /// expression, which isn't moved. That is so of those that `use` adds within without a path, too. A path of `""` or `/` gives routes middleware of their own without
    /// moving them.
    ///
    /// - Returns: the router, so that calls can be chained.
    @discardableResult
    public func group(
        _ path: String, fileID: StaticString = #fileID, line: UInt = #line,
        routes add: (Router) -> Void
    ) -> Router {
        group(path, [], fileID, line, add)
    }

    /// Adds routes under a path, behind one middleware that runs for them alone.
    @discardableResult
    public func group(
        _ path: String, _ first: @escaping Middleware, fileID: StaticString = #fileID, line: UInt = #line,
        routes add: (Router) -> Void
    ) -> Router {
        group(path, [first], fileID, line, add)
    }

    /// Adds routes under a path, behind two middleware that run for them alone.
    @discardableResult
    public func group(
        _ path: String, _ first: @escaping Middleware, _ second: @escaping Middleware, fileID: StaticString = #fileID,
        line: UInt = #line,
        routes add: (Router) -> Void
    ) -> Router {
        group(path, [first, second], fileID, line, add)
    }

    /// Adds routes under a path, behind three middleware that run for them alone.
    @discardableResult
    public func group(
        _ path: String, _ first: @escaping Middleware, _ second: @escaping Middleware, _ third: @escaping Middleware,
        fileID: StaticString = #fileID, line: UInt = #line,
        routes add: (Router) -> Void
    ) -> Router {
        group(path, [first, second, third], fileID, line, add)
    }

    /// Adds routes under a path, behind any number of middleware that run for them alone.
    @discardableResult
    public func group(
        _ path: String, _ middleware: Middleware..., fileID: StaticString = #fileID, line: UInt = #line,
        routes add: (Router) -> Void
    ) -> Router {
        group(path, middleware, fileID, line, add)
    }

    private func group(
        _ path: String, _ middleware: [Middleware], _ fileID: StaticString, _ line: UInt, _ add: (Router) -> Void
    ) -> Router {
        let options = state.withLockedValue { $0.options }
        let inner = Router(exclusive: false, strict: options.isStrict, sensitive: options.isSensitive)
        for one in middleware { inner.use(one, fileID: fileID, line: line) }
        add(inner)
        inner.state.withLockedValue { $0.isGroup = true }
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
