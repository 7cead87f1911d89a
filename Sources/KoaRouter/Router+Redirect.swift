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
    /// A name is that of a route without parameters that the router has by the time it starts; else that is an error then.
    @discardableResult
    public func redirect(
        _ source: String, to destination: String, status: Status = .movedPermanently,
        fileID: StaticString = #fileID, line: UInt = #line
    ) -> Router {
        var (path, problem): (String, String?) = (source, nil)
        if !source.hasPrefix("/") {
            do {
                path = try url(source)
            } catch {
                problem = "\(error)"
            }
        }
        let options = state.withLockedValue { $0.options }
        let origin = Chain.Origin(fileID: fileID, line: line)
        add([
            RouteLayer(
                path: .pattern(path), methods: Methods.ofRoute(Methods.all), name: nil, isWhole: true,
                isStrict: options.isStrict, isSensitive: options.isSensitive, constraints: [:],
                handlers: [Chain.Link(middleware: { _, next in try await next() }, origin: origin)], problem: problem,
                redirect: Redirect(destination: destination, status: status))
        ])
        return self
    }
}

/// Where a redirect leads.
struct Redirect: Sendable {
    let destination: String
    let status: Status

    /// The path or URL, when a name has become the path of its route.
    ///
    /// - Throws: ``RouteError`` when there is no such route, or it needs values.
    func location(among layers: [CompiledLayer]) throws -> String {
        if destination.hasPrefix("/") || destination.contains("://") { return destination }
        guard let pattern = layers.first(where: { $0.definition.name == destination })?.pattern else {
            throw RouteError("No route found for name: \(destination)")
        }
        return try pattern.path([:])
    }

    func handler(to location: String) -> Middleware {
        { [status] ctx, _ in
            ctx.redirect(location)
            ctx.status = status
        }
    }
}
