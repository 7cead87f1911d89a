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
        var status = described?.status ?? (error is CancellationError ? .serviceUnavailable : .internalServerError)
        if !status.isKnown || status.code < 200 { status = .internalServerError }
        let document = (error as? any ErrorDocument)?.document
        let text =
            document?.text ?? described.map { $0.expose ? $0.message : status.reasonPhrase } ?? status.reasonPhrase
        outgoing.body = nil
        self.status = status
        type = document?.type ?? "text"
        length = text.utf8.count
        respond = true
        send(.text(text))
    }

    /// Whether an error only says that the client went away.
    func isDisconnect(_ error: any Error) -> Bool {
        isDisconnected && (error is CancellationError || (error as? KoaError)?.code == .disconnected)
    }
}
