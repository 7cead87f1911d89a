public import HTTPTypes
import Logging

/// The request as it came over the wire, whatever middleware made of it (Koa's `ctx.req`).
///
/// ```swift
/// ctx.set("X-Version", "\(ctx.req.version)")
/// ```
public struct IncomingMessage {
    let ctx: Context

    /// The method of the request line.
    public var method: HTTPRequest.Method { ctx.head.method }
    /// The target of the request line.
    public var url: String { ctx.head.target }
    /// The version of the request line.
    public var version: HTTPVersion { ctx.head.version }
    /// The header fields, in the order in which they came.
    public var headers: Headers { ctx.head.fields.headers }
    /// The body, as it arrives. It can be read once.
    public var body: RequestBody { RequestBody(ctx: ctx) }
    /// The peer of the connection: a client, or a proxy.
    public var socket: Socket { Socket(ctx: ctx) }

    /// Gives this request's handler another time than ``ServerOptions/handlerTimeout`` until its response begins,
    /// counted from now and from each piece of the body that it reads.
    ///
    /// ```swift
    /// ctx.req.setTimeout(.seconds(300))
    /// ```
    ///
    /// - Parameter timeout: nil means any time.
    public func setTimeout(_ timeout: Duration?) { ctx.transport.setTimeout(timeout) }

    /// Allows this request another body than ``ServerOptions/maxBodySize``, if it is set before the body is read.
    ///
    /// ```swift
    /// ctx.req.setMaxBodySize(2 * 1024 * 1024 * 1024)
    /// ```
    ///
    /// - Parameter size: in bytes.
    public func setMaxBodySize(_ size: Int) { ctx.incoming.maxBodySize = size }
}

/// The connection of a request (Koa's `ctx.socket`).
///
/// ```swift
/// ctx.logger.info("from \(ctx.socket.remoteAddress ?? "-"), encrypted: \(ctx.socket.encrypted)")
/// ```
public struct Socket {
    let ctx: Context

    /// The peer's IP address; nil for a Unix socket and in memory.
    public var remoteAddress: String? { ctx.transport.peerAddress }
    /// Whether the connection itself is encrypted.
    public var encrypted: Bool { ctx.transport.isSecure }
    /// Whether the peer is still there.
    public var writable: Bool { ctx.transport.isConnected }
}

extension Context {
    /// The connection of this request.
    public var socket: Socket { Socket(ctx: self) }
}

extension Request {
    /// The connection of this request.
    public var socket: Socket { Socket(ctx: ctx) }
    /// The request as it came over the wire.
    public var req: IncomingMessage { ctx.req }
}

extension Response {
    /// The connection of this response.
    public var socket: Socket { Socket(ctx: ctx) }
    /// The response by hand.
    public var res: ServerResponse { ctx.res }
}

@available(*, unavailable)
extension IncomingMessage: Sendable {}

@available(*, unavailable)
extension Socket: Sendable {}
