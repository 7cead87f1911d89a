public import Koa
import NIOConcurrencyHelpers

extension Router {
    /// A middleware that answers for methods that no route of a path takes: OPTIONS with Allow, others with 405, those that
    /// the router doesn't implement with 501: also where a route of that method has answered 404, so name the methods of your
    /// routes in `Router(methods:)` when they aren't among its defaults.
    ///
    /// ```swift
    /// app.use(router.routes(), router.allowedMethods())
    /// ```
    ///
    /// - Parameters:
    ///   - throw: whether 405 and 501 are thrown, with Allow among the error's headers.
    ///   - notImplemented: makes the error to throw in place of a 501.
    ///   - methodNotAllowed: makes the error to throw in place of a 405.
    public func allowedMethods(
        `throw`: Bool = false,
        notImplemented: (@Sendable () -> any Error)? = nil,
        methodNotAllowed: (@Sendable () -> any Error)? = nil
    ) -> AllowedMethods {
        AllowedMethods(
            router: self, throws: `throw`, notImplemented: notImplemented, methodNotAllowed: methodNotAllowed)
    }
}

/// Answers for the methods that no route takes: see ``Router/allowedMethods(throw:notImplemented:methodNotAllowed:)``.
///
/// ```swift
/// app.use(router.routes(), router.allowedMethods(throw: true))
/// ```
public struct AllowedMethods: MiddlewareProtocol {
    let router: Router
    var `throws` = false
    var notImplemented: (@Sendable () -> any Error)?
    var methodNotAllowed: (@Sendable () -> any Error)?

    /// Looks at the response when what follows has run.
    public var middleware: Middleware {
        { ctx, next in
            try await next()
            try answer(ctx)
        }
    }

    /// Answers where a router was asked and nobody has answered.
    func answer(_ ctx: Context) throws {
        guard let state = ctx.routeState, state.isMatched, ctx.status == .notFound else { return }
        let allowed = state.allowedMethods
        let method = ctx.method.rawValue
        if !router.state.withLockedValue({ $0.options.methods }).contains(method) {
            try refuse(ctx, .notImplemented, allowed, notImplemented)
        } else if allowed.isEmpty {
            return
        } else if method == "OPTIONS" {
            ctx.status = .ok
            ctx.body = ""
            ctx.set("Allow", allowed.joined(separator: ", "))
        } else if !allowed.contains(method) {
            try refuse(ctx, .methodNotAllowed, allowed, methodNotAllowed)
        }
    }

    private func refuse(
        _ ctx: Context, _ status: Status, _ allowed: [String], _ makeError: (@Sendable () -> any Error)?
    ) throws {
        let allow = allowed.joined(separator: ", ")
        guard self.throws else {
            ctx.status = status
            ctx.set("Allow", allow)
            return
        }
        // RFC 9110 15.5.6: a 405 has Allow, which an error's response would have lost.
        ctx.set("Allow", allow)
        ctx.keepOnError("Allow")
        throw makeError?() ?? HTTPError(status, headers: ["Allow": allow])
    }
}
