import Koa

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
            let path = try path(of: name, seenBy: layer, among: layers)
            layer.path = .pattern(RoutePattern.text(of: [.text(path)]))
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
            if destination.contains("://"), !destination.hasPrefix("/") { return try answer(url: destination, status) }
            let path =
                destination.hasPrefix("/") ? destination : try path(of: destination, seenBy: layer, among: layers)
            return { ctx, _ in
                ctx.redirect(path)
                ctx.status = status
            }
        } catch {
            throw RouteError(
                "The redirect from \(layer.text) leads nowhere: \(error)", at: layer.handlers.first?.origin,
                cause: error)
        }
    }

    /// The middleware that redirects to a URL, which may have any scheme: it is the program's own, and no client's word.
    private static func answer(url: String, _ status: Status) throws -> Middleware {
        let isWeb = ["http:", "https:"].contains { url.lowercased().hasPrefix($0) }
        if isWeb, WebURL(url) == nil { throw RouteError("Invalid URL: \(url.debugDescription)") }
        return { ctx, _ in
            if isWeb {
                ctx.redirect(url)
            } else {
                ctx.set("Location", URLEncoding.encodeURL(url))
                ctx.body = .text("Redirecting to \(url).")
            }
            ctx.status = status
        }
    }

    /// The path of a named route that has no parameters: of the redirect's own router or group, or the nearest around it.
    private static func path(
        of name: String, seenBy redirect: RouteLayer, among layers: [RouteLayer]
    ) throws -> String {
        let named = layers.filter { $0.name == name }
        let scope = redirect.scopes.first { scope in named.contains { $0.isPart(of: scope) } }
        let layer = named.first { layer in scope.map(layer.isPart(of:)) ?? true }
        guard let layer, case .pattern(let text) = layer.path else {
            throw RouteError("No route found for name: \(name)")
        }
        return try RoutePattern(text).path([:])
    }
}
