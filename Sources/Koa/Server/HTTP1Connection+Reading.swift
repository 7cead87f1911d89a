import NIOCore

// The body of the request that runs, for its task.
extension HTTP1Connection {
    nonisolated(nonsending) func readBody() async throws -> ByteBuffer? {
        try Task.checkCancellation()
        if eventLoop.inEventLoop, let output = try nextPiece() { return output.piece }
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let waiter = Waiter(continuation, cancellation)
                if eventLoop.inEventLoop {
                    waitForBody(waiter)
                } else {
                    loop.executor.execute { self.waitForBody(waiter) }
                }
            }
        } onCancel: {
            cancellation.happen()
            loop.executor.execute { self.failReader(CancellationError(), of: cancellation) }
        }
    }

    /// A piece or the end of the body; nil when it has to be waited for.
    private func nextPiece() throws -> BodyDecoder.Output? {
        guard let exchange, context != nil else { throw Self.disconnected }
        guard !exchange.isResponseDone || exchange.body.isAtEnd else {
            throw KoaError(
                .responseFinished, "The request's body can't be read when the response is complete: read it before")
        }
        if let error = exchange.bodyError {
            throw KoaError(error.status == .requestTimeout ? .bodyTooSlow : .malformedBody, error.message)
        }
        do {
            let output = try exchange.body.next(&input)
            switch output {
            case .chunk, .end:
                exchange.mayContinue = false
                since = loop.now
                readMore()
                return output
            case .needMore:
                if isInputClosed || context == nil { throw Self.disconnected }
                try sendContinue()
                readMore(isNeeded: true)
                return nil
            }
        } catch let error as ProtocolError {
            exchange.bodyError = error
            throw KoaError(.malformedBody, error.message)
        }
    }

    private func waitForBody(_ waiter: Waiter<ByteBuffer?>) {
        do {
            if waiter.isCancelled { throw CancellationError() }
            guard let output = try nextPiece() else {
                guard exchange?.reader == nil else {
                    throw KoaError(.bodyAlreadyRead, "The request's body is being read by someone else")
                }
                exchange?.reader = waiter
                return
            }
            waiter.resume(returning: output.piece)
        } catch {
            waiter.resume(throwing: error)
        }
    }

    /// Gives a waiting reader what has come.
    func feedReader() {
        guard let reader = exchange?.reader else { return }
        do {
            guard let output = try nextPiece() else { return }
            exchange?.reader = nil
            reader.resume(returning: output.piece)
        } catch {
            exchange?.reader = nil
            reader.resume(throwing: error)
        }
    }

    /// - Parameter cancellation: whose waiter is meant; nil for whoever waits.
    func failReader(_ error: any Error, of cancellation: Cancellation? = nil) {
        guard let reader = exchange?.reader, cancellation.map(reader.belongs) ?? true else { return }
        exchange?.reader = nil
        reader.resume(throwing: error)
    }

    /// RFC 9110 section 10.1.1: the client waits for our word before it sends the body.
    private func sendContinue() throws {
        guard exchange?.mayContinue == true else { return }
        guard exchange?.framing == nil else {
            throw KoaError(
                .responseFinished,
                "The client waits for 100 Continue, which can't follow the response's head: read the body first"
            )
        }
        exchange?.mayContinue = false
        ensureOutput()
        output?.writeString("HTTP/1.1 100 Continue\r\n\r\n")
        flush()
    }
}
