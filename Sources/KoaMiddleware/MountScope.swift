import Koa

/// The URL and mount path of a request on the side that isn't seen at the time: below a mount path, or around it.
final class MountScope: Scope {
    private var url: String
    private var mountPath: String?
    /// The URL as it was when the side that is seen came into view.
    private var shown: String

    /// - Parameter inside: how the request is seen below the path.
    init(_ inside: MountPath.Inside, around ctx: Context) {
        url = inside.url
        mountPath = ctx.mountPath.map { $0 + inside.mountPath } ?? inside.mountPath
        shown = ctx.url
    }

    func enter(_ ctx: Context) { change(ctx) }

    func leave(_ ctx: Context) { change(ctx) }

    /// Only the path is each side's own: a query that was rewritten on one is seen on the other, too.
    private func change(_ ctx: Context) {
        let seen = ctx.url
        if seen == shown { ctx.url = url } else { ctx.path = String(RequestTarget(url).path) }
        (url, shown) = (seen, ctx.url)
        swap(&ctx.mountPath, &mountPath)
    }
}
