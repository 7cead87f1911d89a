/// What a server has done so far, for metrics.
///
/// ```swift
/// let counters = app.counters
/// print("\(counters.requests) requests, \(counters.responses.serverError) failures")
/// ```
///
/// Each event loop counts for itself without a lock; a reading adds them up, and may miss what happens meanwhile.
public struct ServerCounters: Sendable, Hashable {
    /// Responses by the class of their status.
    public struct Responses: Sendable, Hashable {
        /// 2xx.
        public var successful = 0
        /// 3xx.
        public var redirection = 0
        /// 4xx.
        public var clientError = 0
        /// 5xx.
        public var serverError = 0
        /// 1xx that end a request: connections taken over by another protocol.
        public var informational = 0

        /// Of any class.
        public var total: Int { informational + successful + redirection + clientError + serverError }
    }

    /// Connections that are open now.
    public var openConnections = 0
    /// Connections that were accepted.
    public var acceptedConnections = 0
    /// Connections beyond ``ServerOptions/maxConnections``: answered 503, or closed.
    public var refusedConnections = 0
    /// Requests that run now.
    public var activeRequests = 0
    /// Requests whose head was read.
    public var requests = 0
    /// Requests beyond ``ServerOptions/maxConcurrentRequests``, answered 503.
    public var refusedRequests = 0
    /// Requests that weren't HTTP, or were too large, and never reached the application.
    public var malformedRequests = 0
    /// Responses whose head was sent, those to malformed and refused requests among them.
    public var responses = Responses()
    /// Responses that were broken off.
    public var abortedResponses = 0
    /// Connections and requests that were ended by a timeout or a minimum rate.
    public var timeouts = 0
    /// Bytes read from clients.
    public var bytesReceived = 0
    /// Bytes written for clients.
    public var bytesSent = 0
    /// The time that requests took, from their head to the end of their task.
    public var handlerTime = Duration.zero

    /// All zero.
    public init() {}

    /// The sum of two servers' counters.
    public static func + (left: ServerCounters, right: ServerCounters) -> ServerCounters {
        var sum = left
        for path in Self.counts { sum[keyPath: path] += right[keyPath: path] }
        sum.handlerTime += right.handlerTime
        return sum
    }

    private static var counts: [WritableKeyPath<ServerCounters, Int>] {
        [
            \.openConnections, \.acceptedConnections, \.refusedConnections, \.activeRequests, \.requests,
            \.refusedRequests, \.malformedRequests, \.responses.informational, \.responses.successful,
            \.responses.redirection, \.responses.clientError, \.responses.serverError, \.abortedResponses, \.timeouts,
            \.bytesReceived, \.bytesSent,
        ]
    }
}
