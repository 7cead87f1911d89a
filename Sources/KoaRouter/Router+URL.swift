import Koa

extension Router {
    /// The path of a named route.
    ///
    /// ```swift
    /// router.get("/users/:id", name: "user") { ctx in }
    /// try router.url("user", ["id": 3], query: ["tab": "posts"])  // /users/3?tab=posts
    /// ```
    ///
    /// Values are percent-encoded. A wildcard takes a list. What is in a group is left out when a value of it is missing.
    ///
    /// - Throws: ``RouteError`` when there is no such route, its path is a regular expression, or a value is missing.
    public func url(_ name: String, _ values: [String: PatternValue] = [:], query: RouteQuery? = nil) throws -> String {
        try RouteURL.path(try pattern(of: name), values, query: query)
    }

    /// The path of a named route, its parameters given in their order.
    ///
    /// ```swift
    /// try router.url("post", "3", "hello world")  // /users/3/posts/hello%20world
    /// ```
    public func url(_ name: String, _ first: PatternValue, _ more: PatternValue..., query: RouteQuery? = nil) throws
        -> String
    {
        let pattern = try pattern(of: name)
        return try RouteURL.path(pattern, RouteURL.named([first] + more, in: pattern), query: query)
    }

    /// The path of a pattern.
    ///
    /// ```swift
    /// try Router.url("/users/:id", ["id": "a b"])  // /users/a%20b
    /// ```
    public static func url(
        _ pattern: String, _ values: [String: PatternValue] = [:], query: RouteQuery? = nil
    ) throws -> String {
        try RouteURL.path(try RoutePattern(pattern), values, query: query)
    }

    /// The path of a pattern, its parameters given in their order.
    public static func url(
        _ pattern: String, _ first: PatternValue, _ more: PatternValue..., query: RouteQuery? = nil
    ) throws -> String {
        let pattern = try RoutePattern(pattern)
        return try RouteURL.path(pattern, RouteURL.named([first] + more, in: pattern), query: query)
    }

    /// The first route of a name, or nil.
    ///
    /// - Throws: ``RouteError`` when a route of the router can't be compiled.
    public func route(_ name: String) throws -> MatchedRoute? {
        try compiled().layer(named: name).map(MatchedRoute.init)
    }

    private func pattern(of name: String) throws -> RoutePattern {
        guard let layer = try compiled().layer(named: name) else {
            throw RouteError("No route found for name: \(name)")
        }
        guard let pattern = layer.pattern else {
            throw RouteError(
                "Cannot generate URL for routes defined with RegExp paths. Use string paths with named parameters instead."
            )
        }
        return pattern
    }
}

/// Builds the paths of routes.
enum RouteURL {
    /// The path of a pattern.
    static func path(_ pattern: RoutePattern, _ values: [String: PatternValue], query: RouteQuery?) throws -> String {
        // The reference looks for parameters outside of groups, and leaves all values out when it finds none.
        path(try pattern.path(pattern.hasParameterOutsideGroups ? values : [:]), query: query)
    }

    /// A path with a query.
    static func path(_ path: String, query: RouteQuery?) -> String {
        guard let query, !query.text.isEmpty else { return path }
        return "\(path)?\(query.text)"
    }

    /// Values by the names of a pattern's parameters, in their order.
    static func named(_ values: [PatternValue], in pattern: RoutePattern) throws -> [String: PatternValue] {
        guard values.count <= pattern.parameterNames.count else {
            throw RouteError(
                "\(values.count) values were given for \(pattern.text), which has \(pattern.parameterNames.count) parameters."
            )
        }
        return Dictionary(uniqueKeysWithValues: zip(pattern.parameterNames, values))
    }
}

extension RoutePattern {
    fileprivate var hasParameterOutsideGroups: Bool {
        tokens.contains { token in
            switch token {
            case .parameter, .wildcard: true
            case .text, .group: false
            }
        }
    }
}
