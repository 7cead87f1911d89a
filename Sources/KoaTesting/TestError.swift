/// What a ``TestClient`` throws; errors of the application are responses instead.
///
/// ```swift
/// await #expect(throws: TestError.self) { try await client.get("/never") }
/// ```
public struct TestError: Error, Sendable, CustomStringConvertible {
    /// The kind of a ``TestError``; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        /// Nothing happened for ``TestClient/deadline``.
        public static let deadlineExceeded = Code(description: "deadlineExceeded")
        /// A target, method or header field that can't be sent; use ``TestClient/raw(_:splitEvery:responses:)``.
        public static let invalidRequest = Code(description: "invalidRequest")
        /// The connection closed before the head of a response was complete.
        public static let noResponse = Code(description: "noResponse")
        /// What came is no HTTP/1 response.
        public static let malformedResponse = Code(description: "malformedResponse")
        /// The connection can't be written to or read from any more, or could not be opened.
        public static let disconnected = Code(description: "disconnected")
        /// Only a live client has connections.
        public static let notLive = Code(description: "notLive")
    }

    /// The kind of failure.
    public let code: Code
    /// What happened.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
