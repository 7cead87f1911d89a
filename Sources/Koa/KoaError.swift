/// What the framework itself refuses, with a message that teaches the fix.
///
/// An application's own failures are ``HTTPError``s or any other `Error`.
///
/// ```swift
/// do {
///     try ctx.setHeader("X-Note", "two\r\nlines")
/// } catch let error as KoaError where error.code == .invalidHeader {
///     ctx.set("X-Note", "two lines")
/// }
/// ```
public struct KoaError: Error, Sendable, CustomStringConvertible {
    /// The kind of a ``KoaError``; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        /// `next()` ran a second time in one middleware.
        public static let nextCalledTwice = Code(description: "nextCalledTwice")
        /// A status outside 100…999.
        public static let invalidStatus = Code(description: "invalidStatus")
        /// A header name that is no token, or a value with line breaks, NUL or characters past U+00FF.
        public static let invalidHeader = Code(description: "invalidHeader")
        /// A redirect to a scheme other than http and https.
        public static let unsafeRedirect = Code(description: "unsafeRedirect")
        /// The request body was read a second time, or by two readers at once.
        public static let bodyAlreadyRead = Code(description: "bodyAlreadyRead")
        /// The request body is larger than its reader allows (413).
        public static let bodyTooLarge = Code(description: "bodyTooLarge")
        /// The request body came more slowly than the server allows (408).
        public static let bodyTooSlow = Code(description: "bodyTooSlow")
        /// A handler took longer than the server allows; the client got 503.
        public static let handlerTimeout = Code(description: "handlerTimeout")
        /// The request body broke HTTP's framing or ended early (400).
        public static let malformedBody = Code(description: "malformedBody")
        /// The client went away, or the connection closed.
        public static let disconnected = Code(description: "disconnected")
        /// The response was finished already.
        public static let responseFinished = Code(description: "responseFinished")
        /// A streamed body was longer or shorter than its Content-Length.
        public static let lengthMismatch = Code(description: "lengthMismatch")
        /// A file that a body names can't be read.
        public static let unreadableFile = Code(description: "unreadableFile")
        /// A file can't be written: the disk is full, say.
        public static let unwritableFile = Code(description: "unwritableFile")
        /// A middleware can't work as it is set up; see ``Application/prepare()``.
        public static let invalidSetup = Code(description: "invalidSetup")
        /// The server could not start.
        public static let startFailed = Code(description: "startFailed")
    }

    /// The kind of failure.
    public let code: Code
    /// What happened and how to mend it.
    public let message: String
    /// The error underneath, if there is one.
    public let cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message, and the cause when there is one.
    public var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}

extension KoaError: ErrorStatus {
    /// 413, 408, 400 or 404 for what the client caused; 503 for a timeout; 500 otherwise.
    public var status: Status {
        switch code {
        case .bodyTooLarge: .payloadTooLarge
        case .malformedBody: .badRequest
        case .bodyTooSlow: .requestTimeout
        case .handlerTimeout: .serviceUnavailable
        case .unreadableFile: .notFound
        default: .internalServerError
        }
    }

    /// Only a body that was too large, too slow or malformed is the client's to know about.
    public var expose: Bool { [.bodyTooLarge, .bodyTooSlow, .malformedBody].contains(code) }
}
