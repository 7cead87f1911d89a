import Koa

/// What is wrong with a route, found when the application starts, or with the URL of one.
///
/// ```swift
/// router.get("/users/:") { ctx in }
/// do {
///     try app.prepare()
/// } catch let error as RouteError {
///     print(error)  // shows the pattern, the place in it, and where the route was added
/// }
/// ```
public struct RouteError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, and how to mend it.
    public let message: String
    /// Where the route was added, as `Module/File.swift:line`; nil where no one place did it.
    public let origin: String?
    /// The error underneath, such as a ``PatternError``.
    public let cause: (any Error)?

    init(_ message: String, at origin: Chain.Origin? = nil, cause: (any Error)? = nil) {
        self.message = message
        self.origin = origin?.description
        self.cause = cause
    }

    /// The message and the place.
    public var description: String {
        origin.map { "\(message)\nThe route was added at \($0)." } ?? message
    }
}
