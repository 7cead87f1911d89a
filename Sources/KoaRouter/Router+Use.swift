public import Koa
import NIOConcurrencyHelpers

extension Router {
    /// Adds middleware that run before the routes that come after them, for requests that one of this router's routes
    /// answers, whatever its path is.
    ///
    /// Where the router is nested in another, they run for what that one's later routes answer below the path, too, as the
    /// reference's do; those of a ``group(_:fileID:line:routes:)`` don't.
    ///
    /// - Returns: the router, so that calls can be chained.
    @discardableResult
    public func use(
        _ middleware: @escaping Middleware,
        _ more: Middleware...,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        add([RoutePathSource(kind: .everything)], [middleware] + more, Chain.Origin(fileID: fileID, line: line))
    }

    /// Adds middleware for the paths that begin with a path, up to a slash or the end; of `/`, for that path alone; of an
    /// empty one, for every path of the router's routes.
    ///
    /// ```swift
    /// router.use("/users/:id", loadUser)
    /// ```
    ///
    /// They run for requests that one of this router's routes answers. Their parameters count as those of routes do.
    @discardableResult
    public func use(
        _ path: some RoutePath,
        _ middleware: @escaping Middleware,
        _ more: Middleware...,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        add(path.routePaths, [middleware] + more, Chain.Origin(fileID: fileID, line: line))
    }

    /// Adds middleware that are values; the routes of another router become part of this one.
    ///
    /// ```swift
    /// router.use(users.routes())
    /// ```
    ///
    /// What is added to the other router later isn't seen. Of its settings `prefix`, `host`, `strict` and `sensitive` go
    /// with its routes; the others are this router's.
    @discardableResult
    public func use(
        _ middleware: any MiddlewareProtocol,
        _ more: any MiddlewareProtocol...,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        for one in [middleware] + more {
            add(one, at: RoutePathSource(kind: .everything), Chain.Origin(fileID: fileID, line: line))
        }
        return self
    }

    /// Adds middleware that are values under a path; the routes of another router move below it.
    ///
    /// ```swift
    /// forums.use("/forums/:fid", posts.routes())
    /// ```
    ///
    /// A router can't be used at a regular expression, which no path can stand behind: that is an error at start-up.
    @discardableResult
    public func use(
        _ path: some RoutePath,
        _ middleware: any MiddlewareProtocol,
        _ more: any MiddlewareProtocol...,
        fileID: StaticString = #fileID,
        line: UInt = #line
    ) -> Router {
        for source in path.routePaths {
            for one in [middleware] + more { add(one, at: source, Chain.Origin(fileID: fileID, line: line)) }
        }
        return self
    }

    private func add(_ paths: [RoutePathSource], _ middleware: [Middleware], _ origin: Chain.Origin) -> Router {
        let links = middleware.map { Chain.Link(middleware: $0, origin: origin) }
        add(paths.map { layer(at: $0, links) })
        return self
    }

    private func add(_ middleware: any MiddlewareProtocol, at path: RoutePathSource, _ origin: Chain.Origin) {
        if let routes = middleware as? Routes {
            add(routes.router.state.withLockedValue { $0 }, at: path, origin)
        } else {
            let link = Chain.Link(middleware: middleware.middleware, origin: origin)
            add([layer(at: path, [link])], unprepared: [middleware])
        }
        if let placed = PlacedMiddleware(middleware, origin) { change { $0.placed.append(placed) } }
    }

    /// Takes over the layers of another router, as they are now.
    private func add(_ inner: State, at path: RoutePathSource, _ origin: Chain.Origin) {
        var prefix = ""
        var problem: String?
        switch path.kind {
        case .pattern(let text): prefix = text == "/" ? "" : text
        case .expression:
            problem = """
                The router of this route is used at a regular expression (\(origin)), below which no path can be: give it a \
                pattern.
                """
        case .everything, .route: break
        }
        let scope = RouteScope(isGroup: inner.isGroup)
        // Those of what is nested in it are its own, too, in each place where it is used.
        var copies: [ObjectIdentifier: RouteScope] = [:]
        func copy(_ scope: RouteScope) -> RouteScope {
            if let copy = copies[ObjectIdentifier(scope)] { return copy }
            let copy = RouteScope(isGroup: scope.isGroup)
            copies[ObjectIdentifier(scope)] = copy
            return copy
        }
        let layers = inner.layers.map { layer in
            var layer = layer.prefixed(inner.options.prefix).prefixed(prefix)
            layer.scopes = layer.scopes.map(copy) + [scope]
            layer.problem = layer.problem ?? problem
            layer.parameterHandlers += inner.parameterHandlers
            if let host = inner.options.host { layer.hosts.append(host) }
            return layer
        }
        add(layers, unprepared: inner.unprepared)
    }

    private func layer(at path: RoutePathSource, _ links: [Chain.Link]) -> RouteLayer {
        let options = state.withLockedValue { $0.options }
        var kind = path.kind
        var isWhole = false
        var isEverywhere = false
        switch kind {
        case .pattern(""):
            isEverywhere = true
            kind = .pattern("{/*rest}")
        case .pattern("/"): isWhole = true
        default: break
        }
        return RouteLayer(
            path: kind, methods: [], name: nil, isWhole: isWhole, isStrict: options.isStrict,
            isSensitive: options.isSensitive, constraints: [:], handlers: links, isEverywhere: isEverywhere)
    }
}
