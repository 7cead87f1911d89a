import Logging
package import NIOCore

// From the end of the chain to the wire. The order of the steps is the reference's.
extension Context {
    /// Runs the chain and answers, whatever happens.
    nonisolated(nonsending) func handle(_ chain: Chain) async {
        do {
            try await ChainRun(chain, self, outer: nil).dispatch(0)
            try await answer()
        } catch {
            onError(error)
        }
        if !outgoing.isFinished { abandon() }
        if !finishing.isEmpty { await finish(finishing) }
        // A closure of the body or the state may hold the context that holds it.
        outgoing.body = nil
        state = ContextState(app: app)
        routing = nil
        bodyReading = nil
        isServing = false
    }

    /// In a task of its own when this one was cancelled: what is to be done at the end is to be done then too.
    private nonisolated(nonsending) func finish(_ works: [@Sendable () async -> Void]) async {
        guard Task.isCancelled else {
            for work in works { await work() }
            return
        }
        await Task { for work in works { await work() } }.value
    }

    private nonisolated(nonsending) func answer() async throws {
        guard respond else {
            if case .streaming = outgoing.phase { try finishStreaming() }
            return
        }
        guard !outgoing.isFinished else { return }
        #if DEBUG
            warnOfMissingNext()
        #endif
        if outgoing.isHeadSent { return try await answerAfterHead() }
        try requireFinalStatus()
        if status.isEmpty {
            body = nil
            return send(.none)
        }
        if method == .head { return try await answerHead() }
        guard let body = outgoing.body else { return answerWithoutBody() }
        switch body.content {
        case .text(let text):
            send(.text(text))
        case .bytes(let buffer):
            send(.bytes(buffer))
        case .json, .object:
            send(.bytes(try encodedJSON(body)))
        case .stream(let stream):
            try await answer(stream)
        }
    }

    private nonisolated(nonsending) func answerHead() async throws {
        switch outgoing.body?.content {
        case .stream(let stream):
            if let path = stream.path { length = try await OpenFile.open(path).size }
        case .json, .object:
            // What can't be encoded is an error here as it is with GET.
            if let body, body.isTruthy, !response.has("Content-Length") { length = try encodedJSON(body).readableBytes }
        case .text, .bytes, nil:
            if !response.has("Content-Length"), let length { self.length = length }
        }
        send(.none)
    }

    private func answerWithoutBody() {
        if outgoing.hasExplicitNullBody {
            response.remove("Content-Type")
            response.remove("Transfer-Encoding")
            return send(.bytes(ByteBuffer()))
        }
        if !outgoing.hasExplicitStatus, !request.isKnownMethod { status = .notImplemented }
        let phrase = head.version.major >= 2 ? "" : message
        let text = phrase.isEmpty ? String(status.code) : phrase
        type = "text"
        send(.text(text))
    }

    private nonisolated(nonsending) func answer(_ stream: BodyStream) async throws {
        try await produce(stream)
        try throwRefusal()
        guard outgoing.isHeadSent else {
            if let length, length > 0 { throw Self.tooShort(0, length) }
            return send(.none)
        }
        try finishStreaming()
    }

    /// The head went out by ``Response/flushHeaders()`` or ``res``: only the body is left.
    private nonisolated(nonsending) func answerAfterHead() async throws {
        if method != .head {
            switch outgoing.body?.content {
            case nil: break
            case .text(let text): try await write(ByteBuffer(string: text))
            case .bytes(let buffer): try await write(buffer)
            case .json, .object: if let body { try await write(encodedJSON(body)) }
            case .stream(let stream): try await produce(stream)
            }
        }
        try finishStreaming()
    }

    /// Some sequences just end when their task is cancelled: half a body mustn't pass for the whole.
    private nonisolated(nonsending) func produce(_ stream: BodyStream) async throws {
        nonisolated(unsafe) let writer = BodyWriter(ctx: self)
        try await stream.produce(writer)
        try Task.checkCancellation()
    }

    /// - Throws: for 1xx, which only introduces a response.
    func requireFinalStatus() throws {
        guard status.code < 200 else { return }
        throw KoaError(.invalidStatus, "\(status) is no final status: the client would wait for another response")
    }

    /// Sends the whole response.
    func send(_ payload: ResponsePayload) {
        guard !outgoing.isFinished else { return }
        let payload = status == .resetContent ? .none : payload
        let framing: ResponseHead.Framing = hasNoBody ? .none : .length(payload.count)
        if !hasNoBody, payload.count > 0 { reinterpretDisposition() }
        outgoing.phase = .finished
        if transport.isConnected { outgoing.sentStatus = status }
        outgoing.bytesSent = hasNoBody ? 0 : payload.count
        transport.send(responseHead(framing), hasNoBody ? .none : payload)
    }

    /// Whether nothing may follow the head. What counts is the request on the wire, whatever middleware made of it.
    private var hasNoBody: Bool {
        head.method == .head || status.code == 204 || status.code == 304
    }

    /// Sends the head; the body follows in pieces.
    func beginStreaming(contentLength: Int?) {
        guard !outgoing.isHeadSent else { return }
        let framing = streamFraming(contentLength)
        outgoing.phase = .streaming(framing)
        if transport.isConnected { outgoing.sentStatus = status }
        transport.begin(responseHead(framing))
    }

    private func streamFraming(_ contentLength: Int?) -> ResponseHead.Framing {
        if hasNoBody { return .none }
        if status.isEmpty { return .length(0) }
        let announced = contentLength ?? (response.has("Content-Length") ? response.length : nil)
        return announced.map { .length($0) } ?? .untilEnd
    }

    /// Writes a piece of the body, after the head when that wasn't sent yet.
    nonisolated(nonsending) func write(_ chunk: ByteBuffer) async throws {
        if try mayWrite(chunk.readableBytes) { try await transport.write(chunk) }
    }

    /// Writes a part of a file as a piece of the body.
    nonisolated(nonsending) func write(_ file: OpenFile, _ range: Range<Int>) async throws {
        if try mayWrite(range.count) { try await transport.write(file, range) }
    }

    /// Sends the head when that wasn't sent yet, and counts.
    ///
    /// - Returns: whether anything is to be written.
    private func mayWrite(_ count: Int) throws -> Bool {
        guard count > 0 else { return false }
        if !outgoing.isHeadSent {
            try throwRefusal()
            try requireFinalStatus()
        }
        let framing: ResponseHead.Framing
        switch outgoing.phase {
        case .open: framing = streamFraming(nil)
        case .streaming(let begun): framing = begun
        case .finished:
            throw KoaError(.responseFinished, "The response is finished: nothing can be written any more")
        }
        if hasNoBody || status.isEmpty {
            beginStreaming(contentLength: nil)
            return false
        }
        let (total, overflow) = outgoing.bytesSent.addingReportingOverflow(count)
        // Before the head, so that a first piece that is too long is a proper error response.
        if case .length(let length) = framing, overflow || total > length {
            throw KoaError(.lengthMismatch, "The body is longer than its Content-Length of \(length) bytes")
        }
        beginStreaming(contentLength: nil)
        outgoing.bytesSent = total
        return true
    }

    private static func tooShort(_ sent: Int, _ length: Int) -> KoaError {
        KoaError(.lengthMismatch, "The body ended after \(sent) of the \(length) bytes that Content-Length announced")
    }

    /// Ends a body that was sent in pieces.
    ///
    /// - Throws: ``KoaError`` `.lengthMismatch` when bytes are missing: the next response would be taken for them.
    func finishStreaming() throws {
        guard case .streaming(let framing) = outgoing.phase else { return }
        if case .length(let length) = framing, outgoing.bytesSent < length {
            throw Self.tooShort(outgoing.bytesSent, length)
        }
        outgoing.phase = .finished
        transport.end()
    }

    /// Nothing is left that could finish the response: the client must not take it for whole.
    private func abandon() {
        outgoing.phase = .finished
        transport.abort()
    }

    private func responseHead(_ framing: ResponseHead.Framing) -> ResponseHead {
        ResponseHead(status: status, reason: message, headers: outgoing.headers, framing: framing)
    }

    /// The text of a JSON body, as it is sent or by another coding; empty of another one.
    package func encodedJSON(_ body: Body, _ coding: JSONCoding? = nil) throws -> ByteBuffer {
        let coding = coding ?? app.json
        var buffer = ByteBuffer()
        switch body.content {
        case .json(let value): try coding.encode(value, into: &buffer)
        case .object(let pairs): try coding.encodeObject(pairs, into: &buffer)
        case .text, .bytes, .stream: break
        }
        return buffer
    }

    #if DEBUG
        private func warnOfMissingNext() {
            guard let origin = stoppedAt, !outgoing.hasExplicitStatus, outgoing.body == nil, !outgoing.isHeadSent,
                !outgoing.hasExplicitNullBody
            else { return }
            logger.warning(
                "\(method) \(path): 404, and the middleware added at \(origin) returned without calling next(). Did you forget `try await next()`?"
            )
        }
    #endif
}

extension Request {
    /// Whether the method is a registered one; others that nobody answers get a 501.
    var isKnownMethod: Bool {
        switch method {
        case .get, .head, .post, .put, .delete, .connect, .options, .trace, .patch: true
        default: KnownMethods.all.contains(method.rawValue)
        }
    }
}
