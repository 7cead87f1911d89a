/// A state in which a client may leave its connection: what it sends to get there, and how it knows that it is there.
enum ConnectionState: String, CaseIterable, Sendable {
    case nothingSent, emptyLine, method, fields, lengthBody, chunkSize, chunk, trailers
    case handlerRuns, pipelinedBehindHandler, bodyAskedFor
    case streamWaits, streamBlocked, betweenRequests, drainingLength, drainingChunks, refused, closing

    /// What the client sends.
    var request: String {
        switch self {
        case .nothingSent: ""
        case .emptyLine: "\r\n"
        case .method: "GE"
        case .fields: "GET / HTTP/1.1\r\nHost: a\r\nX-"
        case .lengthBody: "POST /read HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello"
        case .chunkSize: "POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5"
        case .chunk: "POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"
        case .trailers: "POST /read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-A"
        case .handlerRuns: "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n"
        case .pipelinedBehindHandler: Self.handlerRuns.request + Self.handlerRuns.request + "GET / HT"
        case .bodyAskedFor: "POST /read HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n"
        case .streamWaits: "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n"
        case .streamBlocked: "GET /flood HTTP/1.1\r\nHost: a\r\n\r\n"
        case .betweenRequests: "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        case .drainingLength: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello"
        case .drainingChunks: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
        case .refused: "BAD\r\n"
        case .closing: "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 10\r\n\r\nhello"
        }
    }

    /// What the client has received when the state is reached; nil when nothing is to come.
    var answer: String? {
        switch self {
        case .bodyAskedFor: "HTTP/1.1 100 Continue\r\n\r\n"
        case .streamWaits: "piece"
        case .streamBlocked: "flood"
        case .betweenRequests, .drainingLength, .drainingChunks, .closing: "answer"
        case .refused: "Bad Request"
        default: nil
        }
    }

    /// How many handlers have begun.
    var handlers: Int {
        switch self {
        case .nothingSent, .emptyLine, .method, .fields, .refused: 0
        default: 1
        }
    }

    /// Whether the handler is left when the client leaves, so that its task is to be cancelled.
    var isHandlerWaiting: Bool {
        switch self {
        case .handlerRuns, .pipelinedBehindHandler, .streamWaits: true
        default: false
        }
    }
}
