public import Koa
import NIOConcurrencyHelpers

extension Router {
    /// Runs a function before the handlers of every route that has a parameter, whether added before or later.
    ///
    /// ```swift
    /// router.param("team") { team, ctx, next in
    ///     ctx.state["team"] = try ctx.require(teams[team], 404)
    ///     try await next()
    /// }
    /// ```
    ///
    /// Functions run in the order of their parameters in the path, and for each value once a request, however many routes
    /// match. One whose parameter isn't in the request, since it is optional, doesn't run. The groups of a regular expression
    /// are parameters here, too.
    ///
    /// - Returns: the router, so that calls can be chained.
    @discardableResult
    public func param(
        _ name: String,
        _ handler: @escaping @concurrent @Sendable (String, Context, Next) async throws -> Void
    ) -> Router {
        change { $0.parameterHandlers.append(ParameterHandler(id: .init(), name: name, handler: handler)) }
        return self
    }
}
