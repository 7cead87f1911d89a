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
    ///   - destination: a path, a URL, or the name of a route.
    ///   - status: 301 by default.
    /// - Returns: the router, so that calls can be chained.
    ///
    /// A name is that of a route without parameters that the router has by the time it starts, with its prefix; else that is
    /// an error then.
    @discardableResult
    public func redirect(
        _ source: String, to destination: String, status: Status = .movedPermanently,
        fileID: StaticString = #fileID, line: UInt = #line
    ) -> Router {
        let options = state.withLockedValue { $0.options }
        let origin = Chain.Origin(fileID: fileID, line: line)
        add([
            RouteLayer(
                path: source.hasPrefix("/") ? .pattern(source) : .route(source), methods: Methods.ofRoute(Methods.all), name: nil, isWhole: true,
                isStrict: options.isStrict, isSensitive: options.isSensitive, constraints: [:],
                handlers: [Chain.Link(middleware: { _, next in try await next() }, origin: origin)],
                redirect: Redirect(destination: destination, status: status))
        ])
        return self
    }
}

/// Where a redirect leads.
struct Redirect: Sendable {
    let destination: String
    let status: Status

    /// The layer of a redirect from a named route, at that route's path; any other as it is.
    ///
    /// - Parameter layers: with their prefixes.
    /// - Throws: ``RouteError`` when there is no such route, or it needs values.
    static func placed(_ layer: RouteLayer, among layers: [RouteLayer]) throws -> RouteLayer {
        guard case .route(let name) = layer.path else { return layer }
        var layer = layer
        do {
            layer.path = .pattern(RoutePattern.text(of: [.text(try path(of: name, among: layers))]))
        } catch {
            throw RouteError(
                "The redirect from \(name) has no path: \(error)", at: layer.handlers.first?.origin, cause: error)
        }
        return layer
    }

    /// The middleware that redirects; nil for a layer that isn't a redirect.
    ///
    /// - Parameter layers: with their prefixes.
    /// - Throws: ``RouteError`` when there is no route of the destination's name, or it needs values.
    static func answer(of layer: RouteLayer, among layers: [RouteLayer]) throws -> Middleware? {
        guard let redirect = layer.redirect else { return nil }
        let (destination, status) = (redirect.destination, redirect.status)
        do {
            let isLocation = destination.hasPrefix("/") || destination.contains("://")
            let location = isLocation ? destination : try path(of: destination, among: layers)
            return { ctx, _ in
                ctx.redirect(location)
                ctx.status = status
            }
        } catch {
            throw RouteError(
                "The redirect from \(layer.text) leads nowhere: \(error)", at: layer.handlers.first?.origin, cause: error)
        }
    }

    /// The path of a named route that has no parameters.
    private static func path(of name: String, among layers: [RouteLayer]) throws -> String {
        guard let layer = layers.first(where: { $0.name == name }), case .pattern(let text) = layer.path else {
            throw RouteError("No route found for name: \(name)")
        }
        return try RoutePattern(text).path([:])
    }
}
