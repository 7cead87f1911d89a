public import Koa
import NIOConcurrencyHelpers

extension Router {
    /// Redirects requests of every method.
    ///
    /// ```swift
    /// router.redirect("/login", to: "sign-in")
    /// router.redirect("/docs", to: "https://example.org/docs", status: .found)
    /// ```
    ///
    /// - Parameters:
    ///   - source: a path, or the name of a route when it doesn't begin with `/`.
    ///   - destination: a path, a URL of any scheme with `://`, or the name of a route.
    ///   - status: 301 by default.
    /// - Returns: the router, so that calls can be chained.
    ///
    /// A name is that of a route without parameters that the router has by the time it starts, with its prefix; else that is
    /// an error then. Where the router is nested, each copy leads to its own routes; names that it hasn't are those of the
    /// router around it.
    @discardableResult
    public func redirect(
        _ source: String, to destination: String, status: Status = .movedPermanently,
        fileID: StaticString = #fileID, line: UInt = #line
    ) -> Router {
        let options = state.withLockedValue { $0.options }
        let origin = Chain.Origin(fileID: fileID, line: line)
        add([
            RouteLayer(
                path: source.hasPrefix("/") ? .pattern(source) : .route(source), methods: Methods.ofRoute(Methods.all),
                name: nil, isWhole: true,
                isStrict: options.isStrict, isSensitive: options.isSensitive, constraints: [:],
                handlers: [Chain.Link(middleware: { _, next in try await next() }, origin: origin)],
                redirect: Redirect(destination: destination, status: status))
        ])
        return self
    }
}
