public import Koa

/// What is invalid about a value, as ``Validatable`` values tell it: a 422.
///
/// The client gets a problem document (RFC 9457):
/// `{"type":"about:blank","title":"Unprocessable Entity","status":422,"errors":[{"path":"name","detail":"must not be empty"}]}`.
///
/// ```swift
/// throw ValidationError(failures: [.init(path: "name", message: "is taken")])
/// ```
public struct ValidationError: ErrorStatus, Hashable, CustomStringConvertible {
    /// What is invalid, and where.
    public struct Failure: Sendable, Hashable {
        /// The place of the value, such as `lines[2].count`; empty for the whole.
        public let path: String
        /// What is wrong, such as `must not be empty`.
        public let message: String

        /// Creates a failure.
        public init(path: String, message: String) {
            self.path = path
            self.message = message
        }
    }

    /// The failures, the first hundred that a ``Validation`` found, in the order in which they were found.
    public let failures: [Failure]

    /// Creates an error.
    public init(failures: [Failure]) {
        self.failures = failures
    }

    /// 422.
    public var status: Status { .unprocessableEntity }

    /// The failures, joined by `; `.
    public var message: String {
        failures.map { $0.path.isEmpty ? $0.message : "\($0.path) \($0.message)" }.joined(separator: "; ")
    }

    /// The message.
    public var description: String { message }
}

extension ValidationError: ErrorDocument {
    package var document: (type: String, text: String)? { ProblemDocument.make(failures) }
}
