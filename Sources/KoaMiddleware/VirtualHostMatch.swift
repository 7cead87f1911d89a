public import Koa

/// How a request came to a virtual host (`req.vhost` of expressjs/vhost).
///
/// ```swift
/// app.use(virtualHost("*.example.com") { ctx in
///     ctx.body = .text("The shop of \(ctx.virtualHost?[0] ?? "nobody")")
/// })
/// ```
public struct VirtualHostMatch: Sendable, Hashable {
    /// The host and port that the client asked for: ``Request/host``.
    public let host: String
    /// The name that matched: ``Request/hostname``.
    public let hostname: String
    /// What each `*` of the pattern stands for, or each group of the regular expression.
    public let labels: [String]

    /// What the `*` or group at a position stands for; nil where there is none.
    public subscript(index: Int) -> String? {
        labels.indices.contains(index) ? labels[index] : nil
    }
}

extension Context {
    /// How the request came to the virtual host whose middleware run; nil outside of one.
    public var virtualHost: VirtualHostMatch? { state[VirtualHostKey.self] }
}

private enum VirtualHostKey: StateKey {
    typealias Value = VirtualHostMatch
}

/// The match that isn't seen at the time: the virtual host's, or that of one around it.
final class VirtualHostScope: Scope {
    private var other: VirtualHostMatch?

    init(_ match: VirtualHostMatch) {
        other = match
    }

    func enter(_ ctx: Context) { swap(&ctx.state[VirtualHostKey.self], &other) }

    func leave(_ ctx: Context) { swap(&ctx.state[VirtualHostKey.self], &other) }
}
