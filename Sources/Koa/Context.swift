public import Logging

/// One request and its response: what every middleware gets.
///
/// ```swift
/// app.use { ctx in
///     ctx.status = .created
///     ctx.set("X-Path", ctx.path)
///     ctx.body = "Hello \(ctx.query["name"] ?? "World")"
/// }
/// ```
///
/// ``request`` and ``response`` hold the API; most of it is reachable on the context itself, as the files
/// `Context+Request.swift` and `Context+Response.swift` list. So `ctx.type`, `ctx.length` and `ctx.body` are the
/// response's, `ctx.get` reads request headers and `ctx.set` writes response headers.
///
/// A context belongs to its request's task and can't leave it: using it in `Task {}`, `async let` or a task group
/// doesn't compile.
public final class Context {
    /// The application that serves this request.
    public let app: Application

    /// Typed values that middleware pass on to each other (Koa's `ctx.state`).
    public var state: ContextState

    /// The path that the running middleware are mounted at, without which ``Request/path`` reads; nil where that is the
    /// whole path. Of nested mounts it is all of it: `/a/b`.
    @exclusivity(unchecked) public package(set) var mountPath: String?

    /// Whether the framework answers when the middleware have run; false leaves the response to ``res``.
    @exclusivity(unchecked) public var respond = true

    let head: RequestHead
    let transport: any Transport

    // Only the request's task uses what follows, never within a user's own access to it: checking each would be in vain.
    @exclusivity(unchecked) var incoming: IncomingState
    @exclusivity(unchecked) var outgoing = OutgoingState()

    /// False when the request is over, whoever still holds the context.
    @exclusivity(unchecked) var isServing = true

    /// The first refused value of a plain setter, until it is thrown.
    @exclusivity(unchecked) var refusal: (any Error)?
    /// Work for when the response was sent.
    @exclusivity(unchecked) var finishing: [@Sendable () async -> Void] = []

    /// What the routers of this request know of it; `KoaRouter`'s own.
    @exclusivity(unchecked) package var routing: AnyObject?
    /// What was read of this request's body; `KoaBody`'s own.
    @exclusivity(unchecked) package var bodyReading: (any ReadBody)?
    /// The session of the innermost `session()` that runs; `KoaSession`'s own.
    @exclusivity(unchecked) package var heldSession: (any HeldSession)?

    /// The pattern of the route that runs or ran, below the path where its router is mounted; nil where none matched.
    package var routePattern: String? { (routing as? any RouteNaming)?.routePattern }

    @exclusivity(unchecked) var ownLogger: Logger?
    @exclusivity(unchecked) var cookieOverrides: CookieOverrides?

    #if DEBUG
        /// The middleware that ended the chain by not calling `next`.
        var stoppedAt: Chain.Origin?
        /// The innermost middleware that threw the error that is on its way.
        package var failedAt: Chain.Origin?
    #endif

    init(app: Application, head: RequestHead, transport: any Transport) {
        self.app = app
        self.head = head
        self.transport = transport
        state = ContextState(app: app)
        incoming = IncomingState(target: head.target, method: head.method)
    }

    /// The request: method, URL, headers, negotiation.
    public var request: Request { Request(ctx: self) }

    /// The response: status, headers, body.
    public var response: Response { Response(ctx: self) }

    /// The request as it came over the wire (Koa's `ctx.req`): version, raw target, body stream.
    public var req: IncomingMessage { IncomingMessage(ctx: self) }

    /// The response by hand (Koa's `ctx.res`), for ``respond`` `= false` and for writing before the chain ends.
    public var res: ServerResponse { ServerResponse(ctx: self) }

    /// The cookies of the request, and those that the response sets.
    public var cookies: Cookies {
        get {
            var cookies = Cookies(host: self)
            cookies.overrides = cookieOverrides
            return cookies
        }
        set { cookieOverrides = newValue.overrides }
    }

    /// The target as the client sent it; rewriting ``Request/url`` doesn't change it.
    public var originalURL: String { head.target }

    /// The logger of this request: the application's, unless a middleware gave it metadata of its own.
    ///
    /// ```swift
    /// ctx.logger[metadataKey: "user"] = "tobi"
    /// ctx.logger.info("said hello")
    /// ```
    public var logger: Logger {
        get { ownLogger ?? app.logger }
        set { ownLogger = newValue }
    }

    /// Runs work when the response has been sent (or the client is gone), in the order of the calls.
    ///
    /// The connection serves its next request meanwhile only when the work is done: keep it short.
    ///
    /// ```swift
    /// ctx.onFinish { print("sent") }
    /// ```
    public func onFinish(_ work: @escaping @Sendable () async -> Void) {
        finishing.append(work)
    }

    /// Whether the client went away before the response was complete. The request's task is cancelled then.
    public var isDisconnected: Bool { !transport.isConnected }

    /// How many bytes of the response's body were handed to the connection.
    package var sentBytes: Int { sentStatus == nil || isTimedOut ? 0 : outgoing.bytesSent }

    /// The status that the client was sent, by the middleware or in their place by the server; nil when it left before.
    package var sentStatus: Status? { transport.ownStatus ?? outgoing.sentStatus }

    /// Whether all tasks of the request, the children of the middleware's among them, run one at a time.
    package var isSerial: Bool { transport.isSerial }

    /// Whether the server has answered in the place of the middleware, which took too long.
    package var isTimedOut: Bool { transport.ownStatus != nil }

    /// Keeps the first refusal; later header and cookie writes do nothing until it is thrown.
    package func refuse(_ error: any Error) {
        if refusal == nil { refusal = error }
    }

    func throwRefusal() throws {
        guard let error = refusal else { return }
        refusal = nil
        throw error
    }
}

/// What knows the route of a request.
package protocol RouteNaming: AnyObject {
    var routePattern: String? { get }
}

@available(*, unavailable)
extension Context: Sendable {}
