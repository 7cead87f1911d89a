import Koa

/// A path and the types of its parameters, declared once: it gives the pattern of a route and the URLs that lead there.
///
/// ```swift
/// enum Paths {
///     static let post = Route("/users/:user/posts/:post", Int.self, String.self)
/// }
/// router.get(Paths.post) { ctx, user, slug in ctx.body = "\(slug) of \(user)" }
/// ctx.redirect(Paths.post.url(3, "hello world"))  // /users/3/posts/hello%20world
/// ```
///
/// That the values of a URL have the right number and types is checked when the program is compiled; that the pattern has
/// as many parameters as there are types, and no wildcard or group, when the application starts.
public struct Route<each Value: RouteParameter>: Sendable {
    /// The pattern.
    public let pattern: String
    /// What is wrong with the declaration.
    let problem: String?
    private let pieces: [PatternPiece]
    private let names: [String]

    /// Declares a route.
    ///
    /// - Parameters:
    ///   - pattern: see ``RoutePattern``; with parameters, but no wildcards and no groups.
    ///   - types: the type of each parameter, in their order.
    public init(_ pattern: String, _ types: repeat (each Value).Type) {
        self.pattern = pattern
        var count = 0
        for _ in repeat each types { count += 1 }
        guard let parsed = try? RoutePattern(pattern) else {
            // The pattern's own error is the clearer one.
            (pieces, names, problem) = ([], [], nil)
            return
        }
        names = parsed.captureNames
        pieces = parsed.alternatives.first ?? []
        let hasWildcard = pieces.contains { if case .wildcard = $0 { true } else { false } }
        if parsed.alternatives.count > 1 || hasWildcard {
            problem = "The typed route \(pattern) has a wildcard or a group, which has no one type."
        } else if names.count != count {
            problem =
                "The typed route \(pattern) has \(Self.counted(names.count, "parameter")), but \(Self.counted(count, "type"))."
        } else if names.count != Set(names).count {
            problem = "The typed route \(pattern) has two parameters of one name."
        } else {
            problem = nil
        }
    }

    /// The path that leads to the route.
    ///
    /// - Parameters:
    ///   - values: the parameters, which are percent-encoded.
    ///   - query: what stands behind the question mark; none by default.
    public func url(_ values: repeat each Value, query: RouteQuery? = nil) -> String {
        var texts: [String] = []
        repeat texts.append((each values).parameter)
        var path = ""
        for piece in pieces {
            switch piece {
            case .text(let bytes): path += String(decoding: bytes, as: UTF8.self)
            case .parameter(let number), .wildcard(let number):
                if texts.indices.contains(number) { path += URLEncoding.encodeComponent(texts[number]) }
            }
        }
        return RouteURL.path(path, query: query)
    }

    private static func counted(_ count: Int, _ what: String) -> String { "\(count) \(what)\(count == 1 ? "" : "s")" }

    /// What the parameters have to be.
    var constraints: [String: ParameterConstraint] {
        var constraints: [String: ParameterConstraint] = [:]
        var index = 0
        func add<One: RouteParameter>(_ type: One.Type) {
            if names.indices.contains(index) { constraints[names[index]] = .as(type) }
            index += 1
        }
        repeat add((each Value).self)
        return constraints
    }

    /// The parameters of a request.
    ///
    /// - Throws: an ``Koa/HTTPError`` 404 for one that doesn't fit.
    func values(of ctx: Context) throws -> (repeat each Value) {
        let params = ctx.params
        var names = names.makeIterator()
        func value<One: RouteParameter>(_ type: One.Type) throws -> One {
            try params.require(names.next() ?? "", as: type)
        }
        return (repeat try value((each Value).self))
    }
}
