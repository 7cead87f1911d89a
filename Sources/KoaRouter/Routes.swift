public import Koa
import Logging
import NIOConcurrencyHelpers

/// A router as middleware: what ``Router/routes()`` returns.
///
/// ```swift
/// app.use(router.routes())
/// users.use("/:id/posts", posts.routes())
/// ```
public struct Routes: ChoosingMiddleware, OrderedMiddleware {
    /// The router.
    public let router: Router

    /// Runs the routes that match, and what follows them when they call `next`, or when none matches.
    public var middleware: Middleware {
        let chooser = chooser
        return { ctx, next in
            switch try chooser.choose(ctx) {
            case .nothing: try await next()
            case .run(let middleware):
                nonisolated(unsafe) let (ctx, next) = (ctx, next)
                try await middleware(ctx, next)
            }
        }
    }

    package var kind: MiddlewareKind { .router }

    package var owner: (any AnyObject & Sendable)? { router }

    package var inner: [PlacedMiddleware] { router.state.withLockedValue { $0.placed } }

    package var chooser: any Chooser { RouteChooser(router) }

    /// Compiles the routes, and warns of those that look wrong.
    ///
    /// - Throws: ``RouteError`` for a route that can't be compiled.
    public func prepare(for app: Application) throws {
        let compiled = try router.compiled()
        for warning in compiled.warnings { app.logger.warning("\(warning)") }
        for part in router.state.withLockedValue({ $0.unprepared }) { try part.prepare(for: app) }
    }
}
