public import Koa

/// Why a template wasn't rendered, with its file and line where they are known.
///
/// ```swift
/// do {
///     try await ctx.render(ctx.query["page"] ?? "index")
/// } catch let error as ViewError where error.code == .notFound {
///     ctx.status = 404
/// }
/// ```
///
/// Clients get 500, and nothing of it.
public struct ViewError: Error, LocatedError, Sendable, CustomStringConvertible {
    /// The kind of a ``ViewError``; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        /// No file below the views' folder has that name.
        public static let notFound = Code(description: "notFound")
        /// There is no engine for the file's extension.
        public static let noEngine = Code(description: "noEngine")
        /// A template can't be compiled.
        public static let invalidTemplate = Code(description: "invalidTemplate")
        /// A template can't be rendered with these values.
        public static let renderingFailed = Code(description: "renderingFailed")
        /// The views' folder, or a file in it, can't be read.
        public static let unreadable = Code(description: "unreadable")
        /// No ``views(_:extension:engines:layout:values:cache:)`` stands above the middleware that renders.
        public static let noViews = Code(description: "noViews")
    }

    /// The kind of failure.
    public let code: Code
    /// What happened and how to mend it.
    public let message: String
    /// The template's line.
    public let location: ErrorLocation?
    /// The engine's own error.
    public let cause: (any Error)?

    /// Creates an error; for engines.
    public init(_ code: Code, _ message: String, at location: ErrorLocation? = nil, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.location = location
        self.cause = cause
    }

    /// The place and the message.
    public var description: String { location.map { "\($0): \(message)" } ?? message }
}
