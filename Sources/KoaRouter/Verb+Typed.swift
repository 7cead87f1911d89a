public import Koa

// One function for each number of middleware, as in `Verb+Handler.swift`.
extension Verb {
    /// Adds a route whose parameters are typed.
    ///
    /// ```swift
    /// let post = Route("/users/:user/posts/:post", Int.self, String.self)
    /// router.get(post) { ctx, user, slug in ctx.body = "\(slug) of \(user)" }
    /// ```
    ///
    /// A request whose parameters don't fit isn't matched.
    @discardableResult
    public func callAsFunction<each Value: RouteParameter>(
        _ route: Route<repeat each Value>,
        name: String? = nil,
        handler: @escaping @concurrent @Sendable (Context, repeat each Value) async throws -> Void,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        return add(route, name, [], handler, origin)
    }

    /// Adds a route whose parameters are typed behind one middleware.
    @discardableResult
    public func callAsFunction<each Value: RouteParameter>(
        _ route: Route<repeat each Value>,
        name: String? = nil,
        _ first: @escaping Middleware,
        handler: @escaping @concurrent @Sendable (Context, repeat each Value) async throws -> Void,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        return add(route, name, [Chain.Link(middleware: first, origin: origin)], handler, origin)
    }

    /// Adds a route whose parameters are typed behind two middleware.
    @discardableResult
    public func callAsFunction<each Value: RouteParameter>(
        _ route: Route<repeat each Value>,
        name: String? = nil,
        _ first: @escaping Middleware,
        _ second: @escaping Middleware,
        handler: @escaping @concurrent @Sendable (Context, repeat each Value) async throws -> Void,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        return add(
            route, name,
            [Chain.Link(middleware: first, origin: origin), Chain.Link(middleware: second, origin: origin)], handler,
            origin)
    }

    /// Adds a route whose parameters are typed behind three middleware.
    @discardableResult
    public func callAsFunction<each Value: RouteParameter>(
        _ route: Route<repeat each Value>,
        name: String? = nil,
        _ first: @escaping Middleware,
        _ second: @escaping Middleware,
        _ third: @escaping Middleware,
        handler: @escaping @concurrent @Sendable (Context, repeat each Value) async throws -> Void,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        return add(
            route, name,
            [
                Chain.Link(middleware: first, origin: origin), Chain.Link(middleware: second, origin: origin),
                Chain.Link(middleware: third, origin: origin),
            ], handler, origin)
    }

    /// Adds a route whose parameters are typed behind any number of middleware.
    @discardableResult
    public func callAsFunction<each Value: RouteParameter>(
        _ route: Route<repeat each Value>,
        name: String? = nil,
        _ before: Middleware...,
        handler: @escaping @concurrent @Sendable (Context, repeat each Value) async throws -> Void,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        return add(route, name, Self.links(before, origin), handler, origin)
    }

    /// Adds a route whose parameters are typed, with a handler that returns what the response's JSON body is made of.
    ///
    /// ```swift
    /// router.get(Route("/squares/:number", Int.self), returning: { ctx, number in number * number })
    /// ```
    @discardableResult
    public func callAsFunction<each Value: RouteParameter, Result: Encodable & Sendable>(
        _ route: Route<repeat each Value>,
        name: String? = nil,
        _ before: Middleware...,
        returning handler: @escaping @concurrent @Sendable (Context, repeat each Value) async throws -> Result,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        let last = Chain.Link(
            middleware: { ctx, _ in
                let values = try route.values(of: ctx)
                ctx.body = .json(try await handler(ctx, repeat each values))
            }, origin: origin)
        return add(
            .pattern(route.pattern), name, route.constraints, Self.links(before, origin) + [last],
            problem: route.problem)
    }

    private func add<each Value: RouteParameter>(
        _ route: Route<repeat each Value>,
        _ name: String?,
        _ before: [Chain.Link],
        _ handler: @escaping @concurrent @Sendable (Context, repeat each Value) async throws -> Void,
        _ origin: Chain.Origin
    ) -> Router {
        let last = Chain.Link(
            middleware: { ctx, _ in
                let values = try route.values(of: ctx)
                try await handler(ctx, repeat each values)
            }, origin: origin)
        return add(.pattern(route.pattern), name, route.constraints, before + [last], problem: route.problem)
    }
}
