public import Koa

/// Several virtual hosts, of which the first that matches serves a request.
///
/// ```swift
/// let hosts: VirtualHosts = virtualHosts(
///     virtualHost("example.com") { ctx in ctx.body = "the site" },
///     virtualHost(/(?:www|old)\.example\.com/) { ctx in ctx.redirect("https://example.com/") }
/// )
/// app.use(hosts)
/// ```
public struct VirtualHosts: OrderedMiddleware {
    private let hosts: [VirtualHost]

    init(_ hosts: [VirtualHost]) {
        self.hosts = hosts
    }

    package let kind = MiddlewareKind.virtualHost

    package var inner: [PlacedMiddleware] { hosts.compactMap { PlacedMiddleware($0, $0.origin) } }

    /// The function that runs.
    public var middleware: Middleware {
        { [hosts] ctx, next in
            let name = ctx.hostname
            for host in hosts {
                guard let match = try host.match(ctx, name) else { continue }
                return try await host.chain.run(ctx, next, within: VirtualHostScope(match))
            }
            try await next()
        }
    }

    /// - Throws: ``KoaError`` `.invalidSetup` for a pattern that no name can match; what the hosts' middleware throw.
    public func prepare(for app: Application) throws {
        for host in hosts { try host.prepare(for: app) }
    }
}

/// Serves several hosts, each by an application of its own: the first in order whose pattern matches.
///
/// ```swift
/// let site = Application(), shops = Application()
/// app.use(virtualHosts(["example.com": site, "*.example.com": shops]))
/// ```
///
/// When none matches, what stands behind goes on. See ``virtualHost(_:caseSensitive:_:fileID:line:)-(String,_,Application,_,_)``
/// for the patterns.
public func virtualHosts(
    _ hosts: KeyValuePairs<String, Application>,
    caseSensitive: Bool = true,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> VirtualHosts {
    VirtualHosts(
        hosts.map { virtualHost($0.key, caseSensitive: caseSensitive, $0.value, fileID: fileID, line: line) }
    )
}

/// Serves several hosts, each by a middleware that is a value, such as a router's routes.
public func virtualHosts(
    _ hosts: KeyValuePairs<String, any MiddlewareProtocol>,
    caseSensitive: Bool = true,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> VirtualHosts {
    VirtualHosts(
        hosts.map { virtualHost($0.key, caseSensitive: caseSensitive, $0.value, fileID: fileID, line: line) }
    )
}

/// Serves several hosts: the first in order that matches.
public func virtualHosts(_ hosts: VirtualHost...) -> VirtualHosts {
    VirtualHosts(hosts)
}
