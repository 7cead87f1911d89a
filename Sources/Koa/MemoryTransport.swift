import NIOCore
import Synchronization

/// A request and its response in memory: for tests and for serving without a server.
final class MemoryTransport: Transport {
    let head: RequestHead
    let isSecure: Bool
    let peerAddress: String?
    private(set) var reply: RequestHandler.Reply
    private var unread: ByteBuffer?

    init(_ request: RequestHandler.Request) {
        var headers = request.headers
        let hasBody = request.body.readableBytes > 0
        if hasBody, !headers.has("content-length"), !headers.has("transfer-encoding") {
            headers.set("content-length", String(request.body.readableBytes))
        }
        head = RequestHead(
            method: request.method,
            target: request.target,
            version: .http1_1,
            fields: RequestFields(headers),
            body: hasBody ? .length(request.body.readableBytes) : .none
        )
        isSecure = request.isSecure
        peerAddress = request.peerAddress
        unread = hasBody ? request.body : nil
        reply = RequestHandler.Reply(status: 404, reason: "", headers: [:], body: ByteBuffer(), isBroken: false)
    }

    var isConnected: Bool { true }
    var isSerial: Bool { false }

    func send(_ head: ResponseHead, _ payload: ResponsePayload) {
        begin(head)
        switch payload {
        case .none: break
        case .text(let text): reply.body.writeString(text)
        case .bytes(let buffer): reply.body.writeImmutableBuffer(buffer)
        }
    }

    func begin(_ head: ResponseHead) {
        reply.status = head.status
        reply.reason = head.reason
        reply.headers = head.headers
        if case .length(let length) = head.framing { reply.headers.set("Content-Length", String(length)) }
    }

    nonisolated(nonsending) func write(_ chunk: ByteBuffer) async throws {
        try Task.checkCancellation()
        reply.body.writeImmutableBuffer(chunk)
    }

    func end() {}

    func abort() {
        reply.isBroken = true
    }

    nonisolated(nonsending) func readBody() async throws -> ByteBuffer? {
        defer { unread = nil }
        return unread
    }

    func takeOver(_ head: ResponseHead, _ handler: @escaping @Sendable (any Channel, ByteBuffer) -> Void) -> Bool {
        false
    }
}
