/// What picks the middleware of a request without waiting for anything: a router, say.
///
/// The onion runs what was picked in its place, so that picking costs a request no asynchronous frame.
package protocol Chooser: AnyObject, Sendable {
    /// Picks what the request runs.
    func choose(_ ctx: Context) throws -> Chain.Choice
}

extension Chain {
    /// What a ``Chooser`` picked.
    package enum Choice {
        /// Nothing: what stands downstream runs.
        case nothing
        case run(Middleware)
    }
}

/// A middleware that only picks others.
package protocol ChoosingMiddleware: MiddlewareProtocol {
    /// Picks as ``MiddlewareProtocol/middleware`` would.
    var chooser: any Chooser { get }
}
