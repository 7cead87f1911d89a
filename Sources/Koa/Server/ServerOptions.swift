/// How a server treats its connections: limits and timeouts, each with a default that suits the open internet.
///
/// ```swift
/// var options = ServerOptions()
/// options.maxBodySize = 1024 * 1024 * 1024
/// options.handlerTimeout = .seconds(10)
/// try await app.listen(3000, options: options)
/// ```
///
/// A timeout of nil never happens. Timeouts measure by the application's ``Application/clock``, and happen at most half
/// a second late.
public struct ServerOptions: Sendable {
    // MARK: The head of a request

    /// The longest request target, in bytes; a longer one gets 414. 8 KiB by default.
    public var maxTargetLength = 8 * 1024
    /// The longest line of a header field, in bytes; a longer one gets 431. 16 KiB by default.
    public var maxFieldLength = 16 * 1024
    /// The largest header section, in bytes; a larger one gets 431. 32 KiB by default.
    public var maxHeaderSize = 32 * 1024
    /// The most header fields; more get 431. 128 by default.
    public var maxHeaderCount = 128
    /// How long a client may take for a request's head, from the connection's start or the head's first byte; then it
    /// gets 408. 10 seconds by default.
    public var headerTimeout: Duration? = .seconds(10)

    // MARK: The body of a request

    /// The largest body that a handler can read, in bytes; reading on throws ``KoaError`` `.bodyTooLarge` (413).
    /// 100 MiB by default; ``IncomingMessage/setMaxBodySize(_:)`` sets it for one request.
    public var maxBodySize = 100 * 1024 * 1024
    /// The most bytes of chunk extensions in one body; more get 400. 4 KiB by default.
    public var maxChunkExtensions = 4 * 1024
    /// The most bytes of trailer fields; more get 400. 8 KiB by default.
    public var maxTrailerSize = 8 * 1024
    /// So much of a request's body, or of pipelined requests, waits in memory for its reader, in bytes. 64 KiB by
    /// default.
    public var requestBufferSize = 64 * 1024
    /// So much of a body that nobody read is drained to keep the connection, in bytes; with more left it is closed.
    /// 256 KiB by default.
    public var maxDrainedBody = 256 * 1024

    // MARK: Speed

    /// The fewest bytes a second in which a body has to arrive while its reader waits; a slower one throws ``KoaError``
    /// `.bodyTooSlow` (408). 240 by default; 0 allows any.
    public var minRequestRate = 240
    /// The fewest bytes a second in which a client has to take what waits for it; a slower one is disconnected. 240 by
    /// default; 0 allows any.
    public var minResponseRate = 240
    /// The time over which both rates are measured. 10 seconds by default.
    public var rateWindow: Duration = .seconds(10)

    // MARK: Requests and connections

    /// How long a handler may take from the request, or the last piece of its body that it read, to its response's
    /// head; then its task is cancelled, and the client gets 503. A response that has begun may take any time. 60 seconds
    /// by default; ``IncomingMessage/setTimeout(_:)`` sets it for one request.
    public var handlerTimeout: Duration? = .seconds(60)
    /// How long a connection waits for its next request. 75 seconds by default: longer than common proxies.
    public var keepAliveTimeout: Duration? = .seconds(75)
    /// The most connections at a time; nil means what the process's limit of open files leaves when it starts.
    public var maxConnections: Int?
    /// What happens to a connection over ``maxConnections``. ``Overload/refuse`` by default.
    public var overload = Overload.refuse
    /// The most requests that run at a time, split evenly over the event loops; more get 503 at once. 10,000 by default.
    public var maxConcurrentRequests = 10_000

    /// What a server does with more connections than it may have.
    ///
    /// ```swift
    /// var options = ServerOptions()
    /// options.overload = .wait
    /// ```
    public enum Overload: Sendable, Hashable {
        /// Accept, answer 503 and close: the client knows at once.
        case refuse
        /// Leave them in the system's backlog until others close.
        case wait
    }

    // MARK: Listening and stopping

    /// How many connections wait in the system to be accepted. 256 by default.
    public var backlog: Int32 = 256
    /// Whether each event loop has a listener of its own on the port (`SO_REUSEPORT`), and the system spreads the
    /// connections; several processes may then share a port. Off by default: one listener hands them out in turn.
    public var reusePort = false
    /// The number of event loops that serve connections; nil means one a core.
    public var eventLoops: Int?
    /// How long a server that stops goes on serving while ``Server/isReady`` is false already, so that load balancers
    /// turn away from it. None by default.
    public var stopDelay: Duration = .zero
    /// How long a graceful stop waits for the requests that run. 30 seconds by default.
    public var shutdownTimeout: Duration = .seconds(30)

    /// The defaults.
    public init() {}

    var head: RequestHeadParser.Limits {
        .init(
            target: maxTargetLength, field: maxFieldLength, fieldSection: maxHeaderSize, fieldCount: maxHeaderCount
        )
    }

    var body: BodyDecoder.Limits {
        .init(extensions: maxChunkExtensions, trailers: maxTrailerSize)
    }
}
