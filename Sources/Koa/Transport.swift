package import HTTPTypes
package import NIOCore

/// What carries one request at a time to a context and its response back: an HTTP/1 connection, a stream of HTTP/2,
/// or a buffer in memory.
///
/// The methods may be called from any executor. After the response was finished they do nothing.
package protocol Transport: AnyObject {
    /// Whether the connection itself is encrypted.
    var isSecure: Bool { get }
    /// The address of the peer, without a port.
    var peerAddress: String? { get }
    /// Whether the client can still get an answer.
    var isConnected: Bool { get }
    /// Whether all tasks of the request run on one event loop, one at a time.
    var isSerial: Bool { get }
    /// The status that the server itself has answered with, in the place of a handler that took too long.
    var ownStatus: Status? { get }

    /// Sends a whole response.
    func send(_ head: ResponseHead, _ payload: ResponsePayload)
    /// Sends the head of a response whose body follows in pieces.
    func begin(_ head: ResponseHead)
    /// Sends a piece of the body; returns when the next one may be written.
    nonisolated(nonsending) func write(_ chunk: ByteBuffer) async throws
    /// Sends a part of a file as a piece of the body; returns when the next one may be written.
    ///
    /// - Throws: ``KoaError`` `.lengthMismatch` when the file has become shorter.
    nonisolated(nonsending) func write(_ file: OpenFile, _ range: Range<Int>) async throws
    /// Ends a body that was sent in pieces.
    func end()
    /// Breaks the response off, so that the client sees that it isn't whole.
    func abort()

    /// The largest body that may be read, in bytes, unless the request says otherwise.
    var maxBodySize: Int { get }
    /// How long the handler may take from now until the response's head; nil means any time.
    func setTimeout(_ timeout: Duration?)

    /// The next piece of the request's body, or nil at its end.
    nonisolated(nonsending) func readBody() async throws -> ByteBuffer?

    /// Gives up the connection: the request's response is `head` alone, and `handler` gets the channel and the
    /// bytes that came after the request. False when this transport can't be taken over.
    func takeOver(_ head: ResponseHead, _ handler: @escaping @Sendable (any Channel, ByteBuffer) -> Void) -> Bool
}

extension Transport {
    package var isSerial: Bool { true }
    package var ownStatus: Status? { nil }
    package var maxBodySize: Int { ServerOptions().maxBodySize }
    package func setTimeout(_ timeout: Duration?) {}

    /// By reading it on the thread pool, piece by piece.
    package nonisolated(nonsending) func write(_ file: OpenFile, _ range: Range<Int>) async throws {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let chunk = try await file.read(offset..<min(offset + OpenFile.chunkSize, range.upperBound))
            offset += chunk.readableBytes
            try await write(chunk)
        }
    }
}

/// The head of a request as it came over the wire.
package struct RequestHead: Sendable {
    package var method: HTTPRequest.Method
    package var target: String
    package var version: HTTPVersion
    package var fields: RequestFields
    package var body: BodyFraming

    /// How the end of the request's body is known.
    package enum BodyFraming: Sendable, Hashable {
        case none
        case length(Int)
        case chunked
    }

    package init(
        method: HTTPRequest.Method,
        target: String,
        version: HTTPVersion,
        fields: RequestFields,
        body: BodyFraming
    ) {
        self.method = method
        self.target = target
        self.version = version
        self.fields = fields
        self.body = body
    }
}

/// A version of HTTP.
///
/// ```swift
/// ctx.req.version >= .http1_1
/// ```
public struct HTTPVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The number before the point.
    public var major: UInt8
    /// The number behind it.
    public var minor: UInt8

    /// HTTP/1.0
    public static let http1_0 = HTTPVersion(major: 1, minor: 0)
    /// HTTP/1.1
    public static let http1_1 = HTTPVersion(major: 1, minor: 1)
    /// HTTP/2
    public static let http2 = HTTPVersion(major: 2, minor: 0)

    /// Orders by the major number, then the minor.
    public static func < (left: HTTPVersion, right: HTTPVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    /// The text of a request line, such as `HTTP/1.1`.
    public var description: String { "HTTP/\(major).\(minor)" }
}

/// The head of a response, ready to be written.
package struct ResponseHead: Sendable {
    package var status: Status
    package var reason: String
    package var headers: Headers
    package var framing: Framing

    /// How the end of the response's body is known.
    package enum Framing: Sendable, Hashable {
        /// No body follows, and the headers stand as they are: HEAD, 204, 304.
        case none
        case length(Int)
        /// Chunks in HTTP/1.1, the end of the connection in HTTP/1.0.
        case untilEnd
    }
}

/// The body of a response that is sent whole.
package enum ResponsePayload: Sendable {
    case none
    case text(String)
    case bytes(ByteBuffer)

    package var count: Int {
        switch self {
        case .none: 0
        case .text(let text): text.utf8.count
        case .bytes(let buffer): buffer.readableBytes
        }
    }
}
