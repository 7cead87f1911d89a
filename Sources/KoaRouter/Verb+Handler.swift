public import Koa

// A closure behind the parentheses would count as one more of a list of middleware: hence one function for each number.
extension Verb {
    /// Adds a route with a handler.
    @discardableResult
    public func callAsFunction(
        _ path: some RoutePath,
        name: String? = nil,
        where constraints: [String: ParameterConstraint] = [:],
        _ handler: @escaping Handler,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        return add(path, name, constraints, [Self.last(handler, origin)])
    }

    /// Adds a route with a handler behind one middleware.
    @discardableResult
    public func callAsFunction(
        _ path: some RoutePath,
        name: String? = nil,
        where constraints: [String: ParameterConstraint] = [:],
        _ first: @escaping Middleware,
        handler: @escaping Handler,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        return add(
            path, name, constraints, [Chain.Link(middleware: first, origin: origin), Self.last(handler, origin)])
    }

    /// Adds a route with a handler behind two middleware.
    @discardableResult
    public func callAsFunction(
        _ path: some RoutePath,
        name: String? = nil,
        where constraints: [String: ParameterConstraint] = [:],
        _ first: @escaping Middleware,
        _ second: @escaping Middleware,
        handler: @escaping Handler,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        return add(
            path, name, constraints,
            [
                Chain.Link(middleware: first, origin: origin), Chain.Link(middleware: second, origin: origin),
                Self.last(handler, origin),
            ])
    }

    /// Adds a route with a handler behind three middleware.
    @discardableResult
    public func callAsFunction(
        _ path: some RoutePath,
        name: String? = nil,
        where constraints: [String: ParameterConstraint] = [:],
        _ first: @escaping Middleware,
        _ second: @escaping Middleware,
        _ third: @escaping Middleware,
        handler: @escaping Handler,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        return add(
            path, name, constraints,
            [
                Chain.Link(middleware: first, origin: origin), Chain.Link(middleware: second, origin: origin),
                Chain.Link(middleware: third, origin: origin), Self.last(handler, origin),
            ])
    }

    /// Adds a route with a handler behind any number of middleware.
    @discardableResult
    public func callAsFunction(
        _ path: some RoutePath,
        name: String? = nil,
        where constraints: [String: ParameterConstraint] = [:],
        _ before: Middleware...,
        handler: @escaping Handler,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        let origin = Chain.Origin(fileID: fileID, line: line)
        return add(path, name, constraints, Self.links(before, origin) + [Self.last(handler, origin)])
    }

    private static func last(_ handler: @escaping Handler, _ origin: Chain.Origin) -> Chain.Link {
        Chain.Link(middleware: { ctx, _ in try await handler(ctx) }, origin: origin)
    }
}
