/// What a ready-made middleware is, as far as its place among the others matters.
///
/// Functions have none: nothing is known of them, and nothing is said about their place.
package struct MiddlewareKind: Sendable, Hashable, CustomStringConvertible {
    /// How warnings call it.
    package let description: String

    package init(_ description: String) {
        self.description = description
    }

    package static let authentication = MiddlewareKind("authentication")
    package static let bodyParser = MiddlewareKind("bodyParser()")
    package static let compress = MiddlewareKind("compress()")
    package static let conditionalGet = MiddlewareKind("conditionalGet()")
    package static let cors = MiddlewareKind("cors()")
    package static let csrf = MiddlewareKind("csrf()")
    package static let errorPages = MiddlewareKind("errorPages()")
    package static let etag = MiddlewareKind("etag()")
    package static let health = MiddlewareKind("health()")
    package static let logger = MiddlewareKind("logger()")
    package static let methodOverride = MiddlewareKind("methodOverride()")
    package static let metrics = MiddlewareKind("metrics()")
    package static let mount = MiddlewareKind("a mounted application")
    package static let prettyJSON = MiddlewareKind("prettyJSON()")
    package static let rateLimit = MiddlewareKind("rateLimit()")
    package static let requestID = MiddlewareKind("requestID()")
    package static let responseTime = MiddlewareKind("responseTime()")
    package static let router = MiddlewareKind("a router")
    package static let securityHeaders = MiddlewareKind("securityHeaders()")
    package static let session = MiddlewareKind("session()")
    package static let staticFiles = MiddlewareKind("staticFiles()")
    package static let timeout = MiddlewareKind("timeout()")
    package static let tracing = MiddlewareKind("tracing()")
    package static let views = MiddlewareKind("views()")
    package static let virtualHost = MiddlewareKind("a virtual host")
}

/// A middleware that knows where it may stand; debug builds warn at the start of one that stands elsewhere.
package protocol OrderedMiddleware: MiddlewareProtocol {
    var kind: MiddlewareKind { get }

    /// Where it may stand; no rules by default.
    var orderRules: [OrderRule] { get }

    /// The middleware within it, which have an order of their own; none by default.
    var inner: [PlacedMiddleware] { get }

    /// The application or router whose middleware those are, which may be within itself; nil by default.
    var container: AnyObject? { get }
}

extension OrderedMiddleware {
    package var orderRules: [OrderRule] { [] }
    package var inner: [PlacedMiddleware] { [] }
    package var container: AnyObject? { nil }
}

/// A middleware whose place matters, and where it was added.
package struct PlacedMiddleware: Sendable {
    package let middleware: any OrderedMiddleware
    package let origin: Chain.Origin

    /// - Returns: nil for a middleware of which nothing is known.
    package init?(_ middleware: any MiddlewareProtocol, _ origin: Chain.Origin) {
        guard let ordered = middleware as? any OrderedMiddleware else { return nil }
        self.middleware = ordered
        self.origin = origin
    }
}

/// A ready-made middleware, which the application knows by its name: debug builds warn at the start of one that stands where
/// it can't do what it is for.
///
/// ```swift
/// let conditional: NamedMiddleware = conditionalGet()
/// app.use(conditional)
/// ```
///
/// ``middleware`` is its function, for ``compose(_:fileID:line:)-([Middleware],_,_)`` and wherever functions are asked for.
public struct NamedMiddleware: OrderedMiddleware {
    package let kind: MiddlewareKind
    package let orderRules: [OrderRule]
    /// The function that runs.
    public let middleware: Middleware

    package init(_ kind: MiddlewareKind, rules: [OrderRule] = [], _ middleware: @escaping Middleware) {
        self.kind = kind
        orderRules = rules
        self.middleware = middleware
    }
}
