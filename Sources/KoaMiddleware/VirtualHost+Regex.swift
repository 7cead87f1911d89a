public import Koa

/// Serves the hosts whose whole name a regular expression matches by an application.
///
/// ```swift
/// let shops = Application()
/// shops.use { ctx in ctx.body = .text("shop \(ctx.virtualHost?[0] ?? "")") }
/// app.use(virtualHost(/shop-(\d+)\.example\.com/, shops))
/// ```
///
/// Its groups read as ``Context/virtualHost``. A name of more than 253 bytes matches none. The match takes its time on the
/// event loop: an expression that backtracks for long is one that a client can stall it with.
public func virtualHost<Output>(
    _ host: sending Regex<Output>,
    _ app: Application,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> VirtualHost {
    virtualHost(host, MountedApplication(app), fileID: fileID, line: line)
}

/// Serves the hosts that a regular expression matches by middleware; see
/// ``virtualHost(_:_:fileID:line:)-(Regex<Output>,Application,_,_)``.
public func virtualHost<Output>(
    _ host: sending Regex<Output>,
    _ middleware: @escaping Middleware,
    _ more: Middleware...,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> VirtualHost {
    VirtualHost(host, [middleware] + more, parts: [], fileID: fileID, line: line)
}

/// Serves the hosts that a regular expression matches by a middleware that needs no `next`; see
/// ``virtualHost(_:_:fileID:line:)-(Regex<Output>,Application,_,_)``.
public func virtualHost<Output>(
    _ host: sending Regex<Output>,
    _ handler: @escaping Handler,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> VirtualHost {
    VirtualHost(host, [{ ctx, _ in try await handler(ctx) }], parts: [], fileID: fileID, line: line)
}

/// Serves the hosts that a regular expression matches by middleware that are values; see
/// ``virtualHost(_:_:fileID:line:)-(Regex<Output>,Application,_,_)``.
public func virtualHost<Output>(
    _ host: sending Regex<Output>,
    _ middleware: any MiddlewareProtocol,
    _ more: any MiddlewareProtocol...,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> VirtualHost {
    let parts = [middleware] + more
    return VirtualHost(host, parts.map(\.middleware), parts: parts, fileID: fileID, line: line)
}

extension VirtualHost {
    fileprivate init<Output>(
        _ host: sending Regex<Output>,
        _ middleware: [Middleware],
        parts: [any MiddlewareProtocol],
        fileID: StaticString,
        line: UInt
    ) {
        self.init(
            .regex(SharedRegex(Regex<AnyRegexOutput>(host))), caseSensitive: true, middleware, parts: parts,
            fileID: fileID, line: line)
    }
}
