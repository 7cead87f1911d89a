import Koa

/// Below a mount path a request has another path, and a mount path.
final class MountScope: Scope {
    private let inside: String
    private let outside: String
    /// The mount path that isn't seen at the time.
    private var mountPath: String?

    /// - Parameter inside: how the request is seen below the path.
    init(_ inside: MountPath.Inside, around ctx: Context) {
        self.inside = inside.url
        outside = ctx.url
        mountPath = ctx.mountPath.map { $0 + inside.mountPath } ?? inside.mountPath
    }

    func enter(_ ctx: Context) { change(ctx, from: outside, to: inside) }

    func leave(_ ctx: Context) { change(ctx, from: inside, to: outside) }

    /// Of a URL that was rewritten meanwhile all but the path stays: a query is the same on both sides.
    private func change(_ ctx: Context, from url: String, to other: String) {
        if ctx.url == url { ctx.url = other } else { ctx.path = String(RequestTarget(other).path) }
        swap(&ctx.mountPath, &mountPath)
    }
}
