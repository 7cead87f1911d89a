import Logging

/// The response of a context: status, headers and body, until the head is sent.
///
/// ```swift
/// let response = ctx.response
/// response.status = 201
/// response.type = "json"
/// response.set("X-Total", "3")
/// ```
///
/// A `Response` is a view of its context: copies show and change the same response. Setters do nothing once the head
/// was sent. What they refuse (see ``set(_:_:)``) is thrown when the middleware returns or calls `next`; each has a
/// throwing twin for who wants to know at once.
public struct Response {
    /// The context that this response belongs to.
    public let ctx: Context

    /// The application that serves it.
    public var app: Application { ctx.app }

    /// The request that it answers.
    public var request: Request { ctx.request }

    /// The status; 404 until a status or a body is set.
    ///
    /// Setting 204, 205 or 304 drops a body that was set. A value outside 100…999 is refused.
    public var status: Status {
        get { ctx.outgoing.status }
        nonmutating set { refusing { try setStatus(newValue) } }
    }

    /// Sets the status.
    ///
    /// - Throws: ``KoaError`` `.invalidStatus` outside 100…999.
    public func setStatus(_ status: Status) throws {
        guard isOpen("the status") else { return }
        guard status.isValid else {
            throw KoaError(.invalidStatus, "invalid status code: \(status.code); it has to be 100…999")
        }
        ctx.outgoing.hasExplicitStatus = true
        ctx.outgoing.status = status
        ctx.outgoing.message = nil
        if status.isEmpty, let body = ctx.outgoing.body, body.isTruthy { self.body = nil }
    }

    /// The reason phrase: the status's, unless set. It is sent in HTTP/1 only, and stands in for a missing body.
    public var message: String {
        get { ctx.outgoing.message ?? status.reasonPhrase }
        nonmutating set { refusing { try setMessage(newValue) } }
    }

    /// Sets the reason phrase.
    ///
    /// - Throws: ``KoaError`` `.invalidHeader` for line breaks, NUL or characters past U+00FF.
    public func setMessage(_ message: String) throws {
        guard isOpen("the message") else { return }
        guard Latin1.isFieldValue(message) else {
            throw KoaError(.invalidHeader, "Invalid reason phrase: no control characters, nothing past U+00FF")
        }
        ctx.outgoing.message = message
    }

    /// Whether the head was sent, so that status and headers can't change any more.
    public var headerSent: Bool { ctx.outgoing.isHeadSent }

    /// Whether something can still be written: the response isn't finished, and the client is there.
    public var writable: Bool { !ctx.outgoing.isFinished && ctx.transport.isConnected }

    /// Whether the response's type matches one of the types, as ``Request/is(_:)-(String...)`` does for the request's.
    public func `is`(_ types: String...) -> String? {
        self.is(types)
    }

    /// Whether the response's type matches one of the types.
    public func `is`(_ types: [String]) -> String? {
        TypeIs.match(headers["content-type"], types)
    }

    /// Sends the head now; the body follows when the chain has run, in chunks unless Content-Length is set.
    /// After a refusal it does nothing, so that the error can still be answered.
    public func flushHeaders() {
        guard !headerSent, ctx.refusal == nil else { return }
        refusing {
            try ctx.requireFinalStatus()
            ctx.beginStreaming(contentLength: nil)
        }
    }

    /// Runs a throwing setter and keeps its refusal for the end of the middleware.
    func refusing(_ setter: () throws -> Void) {
        do { try setter() } catch { ctx.refuse(error) }
    }

    /// Whether a setter may still change something; debug builds tell when it comes too late.
    func isOpen(_ what: @autoclosure () -> String) -> Bool {
        if !ctx.outgoing.isHeadSent { return true }
        #if DEBUG
            ctx.logger.warning("\(what()) was set after the response's head was sent; it has no effect")
        #endif
        return false
    }
}

@available(*, unavailable)
extension Response: Sendable {}
