/// What a route's path can be given as: a pattern, a regular expression, or an array of either.
///
/// ```swift
/// router.get("/users/:id") { ctx in }
/// router.get(["/about", "/imprint"]) { ctx in }
/// router.get(/\/files\/(?<name>.+)\.pdf/) { ctx in }
/// ```
///
/// A regular expression counts where it is found in the path: begin and end it with `^` and `$` for the whole. Its groups
/// are parameters: named ones by their names, others by their numbers from `0`. No prefix is put before it. Swift's regular
/// expressions backtrack: one that does so a lot is slow on paths that are made for it. It runs for one request at a time; but
/// what it transforms captures with has to be safe to run from several threads where the program uses the expression elsewhere,
/// too, a second route among that.
public protocol RoutePath {
    /// The paths, one or more.
    var routePaths: [RoutePathSource] { get }
}

/// One path of a ``RoutePath``.
///
/// ```swift
/// "/users/:id".routePaths.count == 1
/// ```
public struct RoutePathSource: Sendable {
    enum Kind: Sendable {
        case pattern(String)
        /// Whatever is below the router's prefix.
        case everything
        case expression(RouteExpression)
        /// The path of the route of a name.
        case route(String)
    }

    let kind: Kind
}

extension String: RoutePath {
    /// The text as a pattern.
    public var routePaths: [RoutePathSource] { [RoutePathSource(kind: .pattern(self))] }
}

extension RoutePattern: RoutePath {
    /// The pattern.
    public var routePaths: [RoutePathSource] { text.routePaths }
}

extension Regex: RoutePath {
    /// The expression.
    public var routePaths: [RoutePathSource] { [RoutePathSource(kind: .expression(RouteExpression(self)))] }
}

extension Array: RoutePath where Element: RoutePath {
    /// The paths of all elements.
    public var routePaths: [RoutePathSource] { flatMap(\.routePaths) }
}

/// A regular expression as a path.
struct RouteExpression: Sendable {
    /// The groups of the first match; nil where a group took no part.
    let groups: @Sendable (String) -> [(name: String?, value: String?)]?

    /// Whether it may have a group of a name or number.
    let mayHaveGroup: @Sendable (String) -> Bool

    init<Output>(_ expression: Regex<Output>) {
        // A `RoutePath` can't promise that nobody else has it: its documentation says what that asks for.
        nonisolated(unsafe) let expression = Regex<AnyRegexOutput>(expression)
        let shared = SharedExpression(expression)
        groups = { path in
            shared.withLock { expression in
                guard let match = try? expression.firstMatch(in: path) else { return nil }
                return match.output.dropFirst().map { ($0.name, $0.substring.map(String.init)) }
            }
        }
        mayHaveGroup = { name in Int(name) != nil || shared.withLock { $0.contains(captureNamed: name) } }
    }
}
