public import Koa
import NIOConcurrencyHelpers

/// The way to add a route of some methods: what `router.get`, `router.post` and the others are.
///
/// ```swift
/// router.get("/") { ctx in ctx.body = "home" }
/// router.post("/users", name: "sign-up", requireInvitation) { ctx in ctx.status = .created }
/// router.get("/health", returning: { ctx in ["ok": true] })
/// ```
public struct Verb: Sendable {
    let router: Router
    let methods: [String]

    /// Adds a route with middleware, the last of which answers.
    ///
    /// - Parameters:
    ///   - path: see ``RoutePath``.
    ///   - name: for ``Router/url(_:_:query:)-(_,[String:PatternValue],_)`` and for logs.
    ///   - where: what parameters have to be; the route doesn't match others.
    /// - Returns: the router, so that calls can be chained.
    @discardableResult
    public func callAsFunction(
        _ path: some RoutePath,
        name: String? = nil,
        where constraints: [String: ParameterConstraint] = [:],
        _ middleware: @escaping Middleware,
        _ more: Middleware...,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        // Not by way of one list: functions in arrays are wrapped, which costs each call.
        let origin = Chain.Origin(fileID: fileID, line: line)
        let links = [Chain.Link(middleware: middleware, origin: origin)]
        return add(path, name, constraints, links + Self.links(more, origin))
    }

    /// Adds a route with a handler that returns what the response's JSON body is made of.
    @discardableResult
    public func callAsFunction<Value: Encodable & Sendable>(
        _ path: some RoutePath,
        name: String? = nil,
        where constraints: [String: ParameterConstraint] = [:],
        _ before: Middleware...,
        returning handler: @escaping @concurrent @Sendable (Context) async throws -> Value,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        let last = Chain.Link(
            middleware: { ctx, _ in ctx.body = .json(try await handler(ctx)) }, origin: origin)
        return add(path, name, constraints, Self.links(before, origin) + [last])
    }

    static func links(_ middleware: [Middleware], _ origin: Chain.Origin) -> [Chain.Link] {
        middleware.map { Chain.Link(middleware: $0, origin: origin) }
    }

    func add(
        _ path: some RoutePath,
        _ name: String?,
        _ constraints: [String: ParameterConstraint],
        _ handlers: [Chain.Link]
    ) -> Router {
        for source in path.routePaths { _ = add(source.kind, name, constraints, handlers) }
        return router
    }

    func add(
        _ path: RoutePathSource.Kind,
        _ name: String?,
        _ constraints: [String: ParameterConstraint],
        _ handlers: [Chain.Link],
        problem: String? = nil
    ) -> Router {
        let options = router.state.withLockedValue { $0.options }
        router.add([
            RouteLayer(
                path: path, methods: Methods.ofRoute(methods), name: name, isWhole: true, isStrict: options.isStrict,
                isSensitive: options.isSensitive, constraints: constraints, handlers: handlers, problem: problem)
        ])
        return router
    }
}
