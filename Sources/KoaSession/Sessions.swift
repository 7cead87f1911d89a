public import Koa
import Logging

/// Gives each request its session; made by ``session(_:store:)``.
///
/// ```swift
/// let sessions: Sessions = session()
/// app.use(sessions)
/// ```
public struct Sessions: MiddlewareProtocol {
    let setup: SessionSetup

    /// The function that runs.
    public var middleware: Middleware {
        { [setup] ctx, next in
            let outer = ctx.sessionState
            let state = SessionState(setup, outer: outer, ctx)
            ctx.heldSession = state
            // Middleware above may still read it, unless they have one of their own.
            defer { if let outer { ctx.heldSession = outer } }
            if let store = state.store?.store { try await state.load(ctx, from: store) }
            do {
                try await next()
            } catch {
                await state.finish(ctx, after: error)
                throw error
            }
            if state.options.autoCommit { try await state.commit(ctx) }
            state.isClosed = state.options.autoCommit
        }
    }

    /// - Throws: ``Koa/KoaError`` `.invalidSetup` when the cookie has to be signed and the application has no keys.
    public func prepare(for app: Application) throws {
        let options = setup.options
        let hasStore = setup.store != nil || options.contextStore != nil
        if options.isSigned, options.externalKey == nil || !hasStore, app.signer == nil {
            throw KoaError(
                .invalidSetup,
                "session(): its cookie has to be signed: set app.keys, or SessionOptions(signed: false) in a test.")
        }
        if options.key.isEmpty { throw KoaError(.invalidSetup, "session(): its cookie needs a name.") }
    }
}

extension Sessions: OrderedMiddleware {
    package var kind: MiddlewareKind { .session }
}

extension SessionState {
    /// Saves the session of a request that failed: its error is the one that counts.
    nonisolated(nonsending) func finish(_ ctx: Context, after error: any Error) async {
        defer { isClosed = options.autoCommit }
        guard options.autoCommit else { return }
        let id = stored.isThere ? stored.id : nil
        do {
            try await commit(ctx)
        } catch {
            ctx.logger.error("The session of a request that failed wasn't saved: \(error)")
        }
        // The answer to an error drops cookies; without this one the browser would lose its session.
        if stored.isThere, stored.id != id || !stored.isClients { ctx.keepOnError("Set-Cookie") }
    }
}

/// Sessions: ``Koa/Context/session`` keeps values between the requests of one browser, in its cookie or in a store.
///
/// ```swift
/// app.keys = ["some secret hurr"]
/// app.use(session())                                            // in a signed cookie
/// app.use(session(.init(maxAge: .days(14)), store: MemorySessionStore()))
/// ```
///
/// Cookies are byte for byte those of koa-session 7, whose options and defaults these are.
///
/// - Parameters:
///   - options: see ``SessionOptions``.
///   - store: where the sessions are kept. Default nil: in the cookie itself, which the browser's user can read unless it is
///     encrypted, and which has to stay below 4 KB.
public func session(_ options: SessionOptions = SessionOptions(), store: (any SessionStore)? = nil) -> Sessions {
    Sessions(setup: SessionSetup(options, store.map(HeldStore.init)))
}
