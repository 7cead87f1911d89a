public import Koa

/// What sessions refuse, with a message that teaches the fix.
///
/// ```swift
/// do {
///     try await ctx.session.save()
/// } catch let error as SessionError where error.code == .cookieTooLarge {
///     ctx.session["cart"] = nil
/// }
/// ```
public struct SessionError: Error, Sendable, CustomStringConvertible {
    /// The kind of a ``SessionError``; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        /// No `session()` stands above what asked for the session.
        public static let noMiddleware = Code(description: "noMiddleware")
        /// A key that begins with `_`, or `isNew`: they are the session's own.
        public static let reservedKey = Code(description: "reservedKey")
        /// A value that can't be encoded as JSON.
        public static let invalidValue = Code(description: "invalidValue")
        /// The cookie is larger than browsers keep.
        public static let cookieTooLarge = Code(description: "cookieTooLarge")
        /// A cookie or a stored session that is none.
        public static let malformed = Code(description: "malformed")
        /// Two requests changed the session at a time, and it was set up to refuse that.
        public static let conflict = Code(description: "conflict")
        /// The store can't be reached, or took too long.
        public static let storeUnavailable = Code(description: "storeUnavailable")
        /// Keys for encryption that are too short, or none.
        public static let weakKey = Code(description: "weakKey")
        /// The response was begun before the session was saved.
        public static let tooLate = Code(description: "tooLate")
    }

    /// The kind of failure.
    public let code: Code
    /// What happened and how to mend it.
    public let message: String
    /// The error underneath, if there is one.
    public let cause: (any Error)?

    /// An error; stores throw those of ``Code/storeUnavailable`` and ``Code/malformed``.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message, and the cause when there is one.
    public var description: String {
        cause.map { "\(message) (\($0))" } ?? message
    }
}

extension SessionError: ErrorStatus {
    /// 503 for a store that can't be reached, 409 for a conflict, 500 otherwise.
    public var status: Status {
        switch code {
        case .storeUnavailable: .serviceUnavailable
        case .conflict: .conflict
        default: .internalServerError
        }
    }

    /// A conflict is the client's to know about.
    public var expose: Bool { code == .conflict }
}

extension SessionError {
    static let conflict = SessionError(
        .conflict, "Another request has changed the session at the same time. Please try again.")

    static let tooLate = SessionError(
        .tooLate, "The session can't be sent any more: its cookie has to be set before the response begins.")

    static let noMiddleware = SessionError(
        .noMiddleware, "This request has no session: add app.use(session()) above what uses ctx.session.")

    static func reservedKey(_ key: String) -> SessionError {
        SessionError(
            .reservedKey,
            "The session can't hold the key `\(key)`: those that begin with `_`, and `isNew`, are its own. Take another."
        )
    }
}
