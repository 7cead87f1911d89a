public import Koa
import Logging
import NIOConcurrencyHelpers

/// A router as middleware: what ``Router/routes()`` returns.
///
/// ```swift
/// app.use(router.routes())
/// users.use("/:id/posts", posts.routes())
/// ```
public struct Routes: MiddlewareProtocol {
    /// The router.
    public let router: Router

    /// Runs the routes that match, and what follows them when they call `next`, or when none matches.
    public var middleware: Middleware {
        let router = router
        guard router.state.withLockedValue({ $0.options.answersMethods }) else {
            return { ctx, next in try await router.dispatch(ctx, next) }
        }
        let methods = AllowedMethods(router: router)
        return { ctx, next in
            if try await router.dispatch(ctx, next) { try methods.answer(ctx) }
        }
    }

    /// Compiles the routes, and warns of those that look wrong.
    ///
    /// - Throws: ``RouteError`` for a route that can't be compiled.
    public func prepare(for app: Application) throws {
        let compiled = try router.compiled()
        for warning in compiled.warnings { app.logger.warning("\(warning)") }
        for part in router.state.withLockedValue({ $0.unprepared }) { try part.prepare(for: app) }
    }
}
