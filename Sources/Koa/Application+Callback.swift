public import HTTPTypes
import NIOConcurrencyHelpers
public import NIOCore

extension Application {
    /// The application as a function from a request to a response, without a server (Koa's `app.callback()`).
    ///
    /// ```swift
    /// let handler = app.callback()
    /// let reply = await handler(.init(method: .get, target: "/"))
    /// reply.status == 200
    /// ```
    ///
    /// It has the middleware that were added up to now.
    public func callback() -> RequestHandler {
        RequestHandler(app: self, chain: composed)
    }

    /// The middleware that were added up to now, made one where the application has a way of its own for that.
    var composed: Chain {
        let (chain, compose) = settings.withLockedValue { ($0.chain, $0.compose) }
        guard let compose else { return chain }
        let whole = compose(chain.links.map(\.middleware))
        let origin = chain.links.first?.origin ?? Chain.Origin(fileID: #fileID, line: #line)
        return Chain(links: [.init(middleware: whole, origin: origin)])
    }
}

/// An application's middleware, composed: serves requests without a server; see ``Application/callback()``.
///
/// ```swift
/// let reply = await app.callback()(.init(method: .post, target: "/echo", body: ByteBuffer(string: "hi")))
/// ```
public struct RequestHandler: Sendable {
    let app: Application
    let chain: Chain

    /// A request in memory.
    ///
    /// ```swift
    /// let request = RequestHandler.Request(method: .get, target: "/?q=1", headers: ["Accept": "text/html"])
    /// ```
    public struct Request: Sendable {
        /// The method.
        public var method: HTTPRequest.Method
        /// The target: path and query.
        public var target: String
        /// The header fields.
        public var headers: Headers
        /// The body.
        public var body: ByteBuffer
        /// Whether the request counts as sent over an encrypted connection.
        public var isSecure: Bool
        /// The client's address.
        public var peerAddress: String?

        /// Creates a request. Without a Host header it gets none, without Content-Length that of its body.
        public init(
            method: HTTPRequest.Method,
            target: String,
            headers: Headers = [:],
            body: ByteBuffer = ByteBuffer(),
            isSecure: Bool = false,
            peerAddress: String? = "127.0.0.1"
        ) {
            self.method = method
            self.target = target
            self.headers = headers
            self.body = body
            self.isSecure = isSecure
            self.peerAddress = peerAddress
        }
    }

    /// A response in memory.
    ///
    /// ```swift
    /// let reply = await app.callback()(.init(method: .get, target: "/"))
    /// let text = String(buffer: reply.body)
    /// ```
    public struct Reply: Sendable {
        /// The status.
        public var status: Status
        /// The reason phrase.
        public var reason: String
        /// The header fields. Content-Length and Transfer-Encoding are those of the middleware, not of a connection.
        public var headers: Headers
        /// The body's bytes.
        public var body: ByteBuffer
        /// Whether the body was broken off: the client would see the connection close.
        public var isBroken: Bool
    }

    /// Serves one request. It never throws: errors become responses, as on the wire.
    public func callAsFunction(_ request: Request) async -> Reply {
        let transport = MemoryTransport(request)
        await serve(Context(app: app, head: transport.head, transport: transport))
        return transport.reply
    }

    /// Serves the request of a context, in the present task.
    nonisolated(nonsending) func serve(_ ctx: Context) async {
        await Context.$taskLocal.withValue(Context.TaskLocalBox(ctx)) {
            await ctx.handle(chain)
        }
    }
}
