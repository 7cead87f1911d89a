package import NIOCore

extension Context {
    /// Gives the connection to someone who speaks another protocol on it, such as WebSocket: the response is its head
    /// alone, with the status and headers set so far, and the HTTP server lets go of the channel.
    ///
    /// - Parameter handler: gets the channel, on its event loop, and the bytes that the client sent behind the request.
    ///   The channel reads only when asked to (`autoRead` is off).
    /// - Throws: ``KoaError`` `.responseFinished` when the head was sent, the request has an unread body, or the
    ///   request didn't come over a connection of its own.
    package func takeOver(_ handler: @escaping @Sendable (any Channel, ByteBuffer) -> Void) throws {
        try throwRefusal()
        let head = ResponseHead(status: status, reason: message, headers: outgoing.headers, framing: .none)
        guard !outgoing.isHeadSent, transport.takeOver(head, handler) else {
            throw KoaError(.responseFinished, "This request's connection can't be taken over")
        }
        outgoing.phase = .finished
        outgoing.sentStatus = status
        respond = false
    }
}
