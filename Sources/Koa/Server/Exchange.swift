import HTTPTypes
import NIOCore

/// One request of a connection and its response; used again for a later request when it is over.
///
/// A class without generic fields: copying it around costs nothing on the way of each request.
final class Exchange {
    private(set) var version = HTTPVersion.http1_1
    /// For messages about it.
    private(set) var method = HTTPRequest.Method.get
    private(set) var target = ""
    var isKeepAlive = false
    /// Whether the client waits for `100 Continue`.
    var mayContinue = false
    var body = BodyDecoder(.none, limits: .init())
    var bodyError: ProtocolError?
    var framing: ResponseHead.Framing?
    var isResponseDone = false
    var isTaskDone = false
    var task: Task<Void, Never>?
    var reader: Waiter<ByteBuffer?>?
    var writer: Waiter<Void>?
    /// How long the handler may take, in nanoseconds.
    var timeout: Int64 = .max
    /// When it began to run, in the machine's monotonic time.
    private(set) var started: Int64 = 0

    /// Begins with a request.
    func begin(_ parsed: RequestHeadParser.Parsed, limits: BodyDecoder.Limits, timeout: Int64) {
        version = parsed.head.version
        method = parsed.head.method
        target = parsed.head.target
        isKeepAlive = parsed.isKeepAlive
        mayContinue = parsed.expectsContinue
        body = BodyDecoder(parsed.head.body, limits: limits)
        bodyError = nil
        framing = nil
        isResponseDone = false
        isTaskDone = false
        self.timeout = timeout
        started = MonotonicTime.now
    }

    /// Lets go of what the request held.
    func end() {
        target = ""
        task = nil
        reader = nil
        writer = nil
    }

    /// Whether a piece of the response's body is framed as a chunk.
    var isChunked: Bool { framing == .untilEnd && version >= .http1_1 }

    /// Whether the connection's end is the response's.
    var endsWithConnection: Bool { framing == .untilEnd && version < .http1_1 }
}
