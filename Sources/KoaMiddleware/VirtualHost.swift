public import Koa

/// Middleware that serve one host, or those of a pattern.
///
/// ```swift
/// let shops: VirtualHost = virtualHost("*.example.com") { ctx in ctx.body = "a shop" }
/// app.use(shops)
/// ```
public struct VirtualHost: OrderedMiddleware {
    let chain: Chain
    private let pattern: HostPattern
    private let caseSensitive: Bool
    private let parts: [any MiddlewareProtocol]
    private let problem: KoaError?
    let origin: Chain.Origin
    package let inner: [PlacedMiddleware]
    package let kind = MiddlewareKind.virtualHost

    init(
        _ pattern: HostPattern,
        caseSensitive: Bool,
        _ middleware: [Middleware],
        parts: [any MiddlewareProtocol] = [],
        problem: KoaError? = nil,
        fileID: StaticString,
        line: UInt
    ) {
        chain = Chain(middleware, fileID: fileID, line: line)
        self.pattern = pattern
        self.caseSensitive = caseSensitive
        self.parts = parts
        self.problem = problem
        let origin = Chain.Origin(fileID: fileID, line: line)
        inner = parts.compactMap { PlacedMiddleware($0, origin) }
        self.origin = origin
    }

    init(
        _ pattern: String,
        caseSensitive: Bool,
        _ middleware: [Middleware],
        parts: [any MiddlewareProtocol] = [],
        fileID: StaticString,
        line: UInt
    ) {
        let problem = HostPattern.problem(pattern).map {
            KoaError(.invalidSetup, "The virtual host \"\(pattern)\" \($0) (\(fileID):\(line))")
        }
        self.init(
            HostPattern(pattern), caseSensitive: caseSensitive, middleware, parts: parts, problem: problem,
            fileID: fileID, line: line)
    }

    /// The function that runs.
    public var middleware: Middleware { VirtualHosts([self]).middleware }

    /// - Throws: ``KoaError`` `.invalidSetup` for a pattern that no name can match; what the middleware throw.
    public func prepare(for app: Application) throws {
        if let problem { throw problem }
        for part in parts { try part.prepare(for: app) }
    }

    /// How a request matches, or nil when it doesn't.
    ///
    /// - Throws: where the pattern is none, as ``prepare(for:)`` does.
    func match(_ ctx: Context, _ name: String) throws -> VirtualHostMatch? {
        if let problem { throw problem }
        guard !name.isEmpty, let labels = pattern.labels(in: name, caseSensitive: caseSensitive) else { return nil }
        return VirtualHostMatch(host: ctx.host, hostname: name, labels: labels)
    }
}

/// Serves one host, or those of a pattern, by an application: its middleware run when the request's host name matches.
///
/// ```swift
/// let api = Application()
/// api.use { ctx in ctx.body = ["host": ctx.hostname] }
/// app.use(virtualHost("api.example.com", api))
/// ```
///
/// What is compared is ``Request/hostname``, without a port; `*` stands for one or more characters between two dots, and
/// reads as ``Context/virtualHost``. Other requests go on behind, as do those that the application leaves to `next`. The
/// application keeps its own listeners and values; see ``mount(_:_:fileID:line:)-(String,Application,_,_)``.
///
/// - Parameters:
///   - host: `api.example.com`, `*.example.com`, `[::1]`. One that no name can match, such as one with a port, is an
///     error when the application starts.
///   - caseSensitive: whether the name has to be written as the pattern is, which is what browsers send when that is in
///     lower case. True by default, as in the reference.
///   - app: what serves it.
public func virtualHost(
    _ host: String,
    caseSensitive: Bool = true,
    _ app: Application,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> VirtualHost {
    virtualHost(host, caseSensitive: caseSensitive, MountedApplication(app), fileID: fileID, line: line)
}

/// Serves a host by middleware; see ``virtualHost(_:caseSensitive:_:fileID:line:)-(String,_,Application,_,_)``.
public func virtualHost(
    _ host: String,
    caseSensitive: Bool = true,
    _ middleware: @escaping Middleware,
    _ more: Middleware...,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> VirtualHost {
    VirtualHost(host, caseSensitive: caseSensitive, [middleware] + more, fileID: fileID, line: line)
}

/// Serves a host by a middleware that needs no `next`; see
/// ``virtualHost(_:caseSensitive:_:fileID:line:)-(String,_,Application,_,_)``.
public func virtualHost(
    _ host: String,
    caseSensitive: Bool = true,
    _ handler: @escaping Handler,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> VirtualHost {
    VirtualHost(
        host, caseSensitive: caseSensitive, [{ ctx, _ in try await handler(ctx) }], fileID: fileID, line: line)
}

/// Serves a host by middleware that are values, such as a router's routes; see
/// ``virtualHost(_:caseSensitive:_:fileID:line:)-(String,_,Application,_,_)``.
public func virtualHost(
    _ host: String,
    caseSensitive: Bool = true,
    _ middleware: any MiddlewareProtocol,
    _ more: any MiddlewareProtocol...,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> VirtualHost {
    let parts = [middleware] + more
    return VirtualHost(
        host, caseSensitive: caseSensitive, parts.map(\.middleware), parts: parts, fileID: fileID, line: line)
}
