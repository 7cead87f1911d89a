public import Koa

/// Why a request's body was refused, and what of it: an error that answers with its status and its message.
///
/// ```swift
/// do {
///     let names = try await ctx.decode([String].self)
///     ctx.body = ["count": names.count]
/// } catch let error as BodyError where error.code == .invalidValue {
///     ctx.status = 422
///     ctx.body = ["field": error.path ?? ""]
/// }
/// ```
///
/// An `.invalidValue` is sent as a problem document (RFC 9457), as a ``ValidationError`` is; all else as text.
public struct BodyError: ErrorStatus, CustomStringConvertible {
    /// The kind of a ``BodyError``; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        /// The body is no text of its type: broken JSON, say (400).
        public static let malformed = Code(description: "malformed")
        /// The body is larger than its limit, before or after inflating, or has more fields than allowed (413).
        public static let tooLarge = Code(description: "tooLarge")
        /// There is no Content-Type, or one that isn't read here (415).
        public static let unsupportedType = Code(description: "unsupportedType")
        /// The text is in a charset that isn't read here (415).
        public static let unsupportedCharset = Code(description: "unsupportedCharset")
        /// The body has a Content-Encoding that isn't read here (415).
        public static let unsupportedEncoding = Code(description: "unsupportedEncoding")
        /// A value is missing or doesn't fit the type that is decoded (422).
        public static let invalidValue = Code(description: "invalidValue")
    }

    /// The kind of failure.
    public let code: Code
    /// What was expected and what was found.
    public let message: String
    /// Where in the body, such as `users[3].name`; nil where that is the whole.
    public let path: String?
    /// Whether the client may read the message. Default true.
    public var expose = true
    /// Headers of the error response: what would be accepted in place of a 415.
    public let headers: Headers
    /// The error underneath, kept for logs.
    public let cause: (any Error)?

    init(_ code: Code, _ message: String, path: String? = nil, headers: Headers = [:], cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.path = path
        self.headers = headers
        self.cause = cause
    }

    /// 400, 413, 415 or 422, as the code says.
    public var status: Status {
        switch code {
        case .tooLarge: .payloadTooLarge
        case .unsupportedType, .unsupportedCharset, .unsupportedEncoding: .unsupportedMediaType
        case .invalidValue: .unprocessableEntity
        default: .badRequest
        }
    }

    /// The code, the path and the message.
    public var description: String {
        "\(code): " + (path.map { "\($0): " } ?? "") + message
    }

    static func tooLarge(_ limit: Int) -> BodyError {
        BodyError(.tooLarge, "The body is larger than \(limit) bytes")
    }
}

extension BodyError: ErrorDocument {
    package var document: (type: String, text: String)? {
        guard code == .invalidValue else { return nil }
        return ProblemDocument.make([ValidationError.Failure(path: path ?? "", message: message)])
    }
}
