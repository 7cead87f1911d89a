import NIOConcurrencyHelpers

/// An application as a middleware of another one.
///
/// While its middleware run, ``ContextState`` falls back to its ``Application/context`` before that of the application
/// that serves, which ``Context/app`` remains. An error that leaves them is told to its listeners, if it has any, and then
/// goes on.
///
/// What was added to it up to the start counts, or up to the first request where nothing was started.
package struct MountedApplication: OrderedMiddleware {
    private let app: Application
    private let chain = NIOLockedValueBox<Chain?>(nil)

    package init(_ app: Application) {
        self.app = app
    }

    package var owner: (any AnyObject & Sendable)? { app }

    package var kind: MiddlewareKind { .mount }

    package var inner: [PlacedMiddleware] { app.settings.withLockedValue { $0.placed } }

    package var middleware: Middleware {
        { [self] ctx, next in
            guard app !== ctx.app, !ctx.state.mounted.contains(where: { $0 === app }) else { throw Self.withinItself }
            let scope = ApplicationScope(app, around: ctx)
            scope.enter(ctx)
            defer { scope.leave(ctx) }
            let run = ChainRun(composed, ctx, outer: next, scope: scope)
            do {
                try await run.dispatch(0)
            } catch {
                // What was thrown behind the application only passes through it.
                if !run.hasOuterThrown { app.tell(error, ctx) }
                throw error
            }
        }
    }

    package func prepare(for outer: Application) throws {
        guard app !== outer else { throw Self.withinItself }
        try app.prepareParts()
        let composed = app.composed
        chain.withLockedValue { $0 = composed }
    }

    private var composed: Chain {
        if let chain = chain.withLockedValue({ $0 }) { return chain }
        let composed = app.composed
        return chain.withLockedValue { chain in
            if let first = chain { return first }
            chain = composed
            return composed
        }
    }

    private static var withinItself: KoaError {
        KoaError(.invalidSetup, "An application can't be mounted within itself: it would never come to an end")
    }
}

/// The application whose values count first.
private final class ApplicationScope: Scope {
    private var other: [Application]

    init(_ app: Application, around ctx: Context) {
        other = ctx.state.mounted + [app]
    }

    func enter(_ ctx: Context) { swap(&ctx.state.mounted, &other) }

    func leave(_ ctx: Context) { swap(&ctx.state.mounted, &other) }
}

extension Application {
    /// Tells the listeners of an error that goes on to the application that serves; without any, nobody.
    fileprivate func tell(_ error: any Error, _ ctx: Context) {
        guard !ctx.isDisconnect(error) else { return }
        let listeners = settings.withLockedValue { $0.listeners }
        for listener in listeners { listener(error, ctx) }
        // What a listener set that was refused must not stand in for the error.
        ctx.refusal = nil
    }
}
