/// An error that says which status the client gets, and whether it may read the message.
///
/// Koa's convention `err.status`, `err.expose`, `err.headers`, as a protocol: make your own errors conform, and the
/// default error handling of ``Application`` answers with them.
///
/// ```swift
/// struct OutOfStock: Error, ErrorStatus {
///     var status: Status { .conflict }
///     var message: String { "That is sold out." }
/// }
/// throw OutOfStock()
/// ```
public protocol ErrorStatus: Error {
    /// The response's status. One that the status table doesn't know becomes 500.
    var status: Status { get }
    /// What the client reads when ``expose`` is true.
    var message: String { get }
    /// Whether the client may read ``message``; by default for statuses below 500.
    var expose: Bool { get }
    /// Headers of the error response; by default none.
    var headers: Headers { get }
}

extension ErrorStatus {
    /// The status's phrase.
    public var message: String { status.reasonPhrase }
    /// True below 500.
    public var expose: Bool { status.exposesMessage }
    /// No headers.
    public var headers: Headers { [:] }
}

/// The error of ``Context/throw(_:_:headers:expose:)``: a status, a message, and what of it a client may see.
///
/// ```swift
/// throw HTTPError(.tooManyRequests, "Slow down.", headers: ["Retry-After": "5"])
/// ```
///
/// A code outside 400…599 that the status table doesn't know becomes 500, as in http-errors.
public struct HTTPError: ErrorStatus, LocatedError, CustomStringConvertible {
    /// The response's status.
    public let status: Status
    /// The message; the status's phrase unless given.
    public let message: String
    /// Whether the client may read the message; true below 500 unless given.
    public let expose: Bool
    /// Headers of the error response.
    public let headers: Headers
    /// The error underneath, kept for logs.
    public let cause: (any Error)?

    private let file: StaticString
    private let line: UInt

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - status: the response's status; 500 by default.
    ///   - message: nil means the status's phrase.
    ///   - headers: sent with the error response, which otherwise has none of the headers set before.
    ///   - expose: nil means true below 500.
    ///   - cause: the error underneath.
    public init(
        _ status: Status = .internalServerError,
        _ message: String? = nil,
        headers: Headers = [:],
        expose: Bool? = nil,
        cause: (any Error)? = nil,
        file: StaticString = #filePath,
        line: UInt = #line
    ) {
        let isUsable = status.code >= 200 && status.isKnown || (400...599).contains(status.code)
        let status = isUsable ? status : .internalServerError
        self.status = status
        self.message = message ?? Self.defaultMessage(status)
        self.headers = headers
        self.expose = expose ?? status.exposesMessage
        self.cause = cause
        self.file = file
        self.line = line
    }

    /// The same error, made at the same place, with other headers.
    package func with(headers: Headers) -> HTTPError {
        HTTPError(status, message, headers: headers, expose: expose, cause: cause, file: file, line: line)
    }

    /// Where the error was made.
    public var location: ErrorLocation? { ErrorLocation(file: "\(file)", line: Int(clamping: line)) }

    /// The status's phrase; for an unknown code, that of its class.
    private static func defaultMessage(_ status: Status) -> String {
        if status.isKnown { return status.reasonPhrase }
        return (status.code < 500 ? Status.badRequest : .internalServerError).reasonPhrase
    }

    /// The name that http-errors gives this status, such as `NotFoundError`.
    public var name: String {
        let letters = Self.defaultMessage(status).split(separator: " ").map { word in
            String(word.filter { $0.isLetter || $0.isNumber })
        }
        let name = letters.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        guard status.code >= 400 else { return "Error" }
        return name.hasSuffix("Error") ? name : name + "Error"
    }

    /// The name, the status and the message.
    public var description: String {
        let text = "\(name) (\(status.code)): \(message)"
        return cause.map { "\(text) (\($0))" } ?? text
    }
}
