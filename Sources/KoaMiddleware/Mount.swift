public import Koa

/// Middleware that serve what lies below a path, as ``mount(_:_:fileID:line:)-(String,Application,_,_)`` makes it.
///
/// ```swift
/// let api: Mount = mount("/api") { ctx in ctx.body = .text(ctx.path) }
/// app.use(api)
/// ```
public struct Mount: OrderedMiddleware {
    /// The path, as it was given.
    public let path: String
    /// The function that runs.
    public let middleware: Middleware

    private let parts: [any MiddlewareProtocol]
    package let inner: [PlacedMiddleware]
    package let kind = MiddlewareKind.mount
    private let problem: KoaError?

    /// - Parameters:
    ///   - middleware: what runs below the path, in order.
    ///   - parts: what is to be prepared of it.
    init(
        _ path: String,
        _ middleware: [Middleware],
        parts: [any MiddlewareProtocol] = [],
        fileID: StaticString,
        line: UInt
    ) {
        self.path = path
        self.parts = parts
        inner = parts.compactMap { PlacedMiddleware($0, Chain.Origin(fileID: fileID, line: line)) }
        problem = Self.problem(path, "\(fileID):\(line)")
        self.middleware = Self.composed(path, Chain(middleware, fileID: fileID, line: line), middleware, problem)
    }

    /// - Throws: ``KoaError`` `.invalidSetup` for a path that doesn't begin with `/`, or holds `?` or `#`; what the
    ///   mounted ones throw.
    public func prepare(for app: Application) throws {
        if let problem { throw problem }
        for part in parts { try part.prepare(for: app) }
    }

    private static func composed(
        _ path: String,
        _ chain: Chain,
        _ middleware: [Middleware],
        _ problem: KoaError?
    ) -> Middleware {
        // Skipping what may be a guard is no answer to a request that comes without a start.
        if let problem { return { _, _ in throw problem } }
        if path == "/" { return middleware.count == 1 ? middleware[0] : compose(middleware) }
        let below = MountPath(text: path)
        return { ctx, next in
            guard let inside = below.inside(ctx.url) else { return try await next() }
            try await chain.run(ctx, next, within: MountScope(inside, around: ctx))
        }
    }

    private static func problem(_ path: String, _ origin: String) -> KoaError? {
        if path.utf8.first != UInt8(ascii: "/") {
            return KoaError(.invalidSetup, "A mount path must begin with \"/\", and \"\(path)\" doesn't (\(origin))")
        }
        guard path.utf8.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) else { return nil }
        return KoaError(.invalidSetup, "A mount path has no query and no fragment: \"\(path)\" (\(origin))")
    }
}

/// Mounts an application at a path: its middleware run for what lies below, and see the path without it.
///
/// ```swift
/// let admin = Application()
/// admin.use { ctx in ctx.body = .text("\(ctx.path) of \(ctx.mountPath ?? "")") }
/// app.use(mount("/admin", admin))  // GET /admin/users answers "/users of /admin"
/// ```
///
/// The path is compared as it was sent, case and percent-encoding and all; `/admin` is above `/admin`, `/admin/` and
/// `/admin/users`, but not above `/administrators`. ``Context/originalURL`` is what it was, and whatever stands before or
/// behind the mount sees the whole path, also after an error.
///
/// The mounted application keeps its ``Application/context`` values, which are found before those of the outer one, and
/// its ``Application/onError(_:)`` listeners, which are told of an error that leaves its middleware before it goes on to
/// the outer one. All else is the outer one's, which ``Context/app`` remains: settings, keys, logger, server.
/// Middleware that are added to it until the outer one starts count.
///
/// - Parameters:
///   - path: begins with `/`; anything else is an error when the application starts. At `/` the path stays as it is.
///     One that ends in `/` isn't above itself without it, and the path seen below has no slash at its beginning.
///   - app: what runs below it. What it leaves to `next` goes on behind the mount.
public func mount(
    _ path: String,
    _ app: Application,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> Mount {
    mount(path, MountedApplication(app), fileID: fileID, line: line)
}

/// Mounts an application at `/`: its middleware run where the mount stands, with their own error listeners and values.
public func mount(_ app: Application, fileID: StaticString = #fileID, line: UInt = #line) -> Mount {
    mount("/", app, fileID: fileID, line: line)
}

/// Mounts middleware at a path; see ``mount(_:_:fileID:line:)-(String,Application,_,_)``.
public func mount(
    _ path: String,
    _ middleware: @escaping Middleware,
    _ more: Middleware...,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> Mount {
    Mount(path, [middleware] + more, fileID: fileID, line: line)
}

/// Mounts a middleware that needs no `next` at a path; see ``mount(_:_:fileID:line:)-(String,Application,_,_)``.
public func mount(
    _ path: String,
    _ handler: @escaping Handler,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> Mount {
    Mount(path, [{ ctx, _ in try await handler(ctx) }], fileID: fileID, line: line)
}

/// Mounts middleware that are values, such as a router's routes, at a path; see
/// ``mount(_:_:fileID:line:)-(String,Application,_,_)``.
public func mount(
    _ path: String,
    _ middleware: any MiddlewareProtocol,
    _ more: any MiddlewareProtocol...,
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> Mount {
    let parts = [middleware] + more
    return Mount(path, parts.map(\.middleware), parts: parts, fileID: fileID, line: line)
}
