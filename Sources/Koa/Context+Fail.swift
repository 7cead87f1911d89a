// The default error handling (Koa's ctx.onerror).
extension Context {
    /// Tells the application of an error, and answers with its status unless the head was sent. It is what happens
    /// with an error that no middleware catches.
    ///
    /// All headers set before are removed, except those of ``Response/keepOnError(_:)``; the error's own are set.
    /// The body is the error's message if that may be shown, else the status's phrase. An error without a status, or
    /// with one that the status table doesn't know, is a 500; a cancelled task, 503. Nothing is told of a client that
    /// went away.
    public func onError(_ error: any Error) {
        if isDisconnect(error) { return }
        app.emit(error, self)
        // Whatever was refused, before or by a listener: nothing of it is sent.
        refusal = nil
        if outgoing.isHeadSent || outgoing.isFinished { return }

        let message = startOver(for: error)
        let document = (error as? any ErrorDocument)?.document
        let text = document?.text ?? message
        type = document?.type ?? "text"
        length = text.utf8.count
        respond = true
        send(.text(text))
    }

    /// Makes the response that of an error, whatever it was before: its status and headers, and no body.
    ///
    /// - Returns: what the client may read of the error.
    package func startOver(for error: any Error) -> String {
        outgoing.headers.removeAll(keeping: outgoing.keptOnError)
        let described = error as? any ErrorStatus
        if let headers = described?.headers, !headers.isEmpty {
            do {
                try response.setHeaders(headers)
            } catch {
                app.emit(error, self)
                refusal = nil
            }
        }
        let status = Self.status(of: error)
        outgoing.body = nil
        outgoing.hasExplicitNullBody = false
        self.status = status
        return described.map { $0.expose ? $0.message : status.reasonPhrase } ?? status.reasonPhrase
    }

    /// The status that an error is answered with.
    package static func status(of error: any Error) -> Status {
        let status =
            (error as? any ErrorStatus)?.status
            ?? (error is CancellationError ? .serviceUnavailable : .internalServerError)
        return status.isKnown && status.code >= 200 ? status : .internalServerError
    }

    /// The error status that is sent with a phrase for a body, since no middleware gave one; nil where that isn't so.
    package var bareErrorStatus: Status? {
        guard respond, !outgoing.isHeadSent, outgoing.body == nil, !outgoing.hasExplicitNullBody else { return nil }
        if !outgoing.hasExplicitStatus, !request.isKnownMethod { return .notImplemented }
        return status.code >= 400 ? status : nil
    }

    /// Whether an error only says that the client went away.
    package func isDisconnect(_ error: any Error) -> Bool {
        isDisconnected && (error is CancellationError || (error as? KoaError)?.code == .disconnected)
    }
}
