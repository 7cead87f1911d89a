import NIOCore

@testable import Koa

/// A transport that keeps what was sent, and whose client can go away.
final class StubTransport: Transport {
    var isSecure = false
    var peerAddress: String? = "127.0.0.1"
    var isConnected = true
    /// How many writes the client takes before it goes away; nil means all.
    var patience: Int?

    private(set) var heads: [ResponseHead] = []
    private(set) var payload = ByteBuffer()
    private(set) var isEnded = false
    private(set) var isAborted = false

    func send(_ head: ResponseHead, _ payload: ResponsePayload) {
        heads.append(head)
        switch payload {
        case .none: break
        case .text(let text): self.payload.writeString(text)
        case .bytes(let buffer): self.payload.writeImmutableBuffer(buffer)
        }
        isEnded = true
    }

    func begin(_ head: ResponseHead) {
        heads.append(head)
    }

    nonisolated(nonsending) func write(_ chunk: ByteBuffer) async throws {
        if let patience {
            isConnected = patience > 0
            self.patience = patience - 1
        }
        guard isConnected else { throw KoaError(.disconnected, "The client went away") }
        payload.writeImmutableBuffer(chunk)
    }

    func end() {
        isEnded = true
    }

    func abort() {
        isAborted = true
    }

    nonisolated(nonsending) func readBody() async throws -> ByteBuffer? { nil }

    func takeOver(_ head: ResponseHead, _ handler: @escaping @Sendable (any Channel, ByteBuffer) -> Void) -> Bool {
        false
    }
}

extension RequestHead {
    /// A request without a body.
    static func sample(
        _ method: HTTPRequest.Method = .get,
        _ target: String = "/",
        version: HTTPVersion = .http1_1,
        headers: Headers = [:]
    ) -> RequestHead {
        RequestHead(method: method, target: target, version: version, fields: RequestFields(headers), body: .none)
    }
}

extension Context {
    /// A context of no running request.
    static func sample(
        _ app: Application = Application(),
        _ head: RequestHead = .sample(),
        _ transport: any Transport = StubTransport()
    ) -> Context {
        Context(app: app, head: head, transport: transport)
    }
}

extension Next {
    /// The `next` of a middleware that has nothing behind it.
    static func nothing(_ ctx: Context) -> Next {
        Next(run: ChainRun(Chain(), ctx, outer: nil), index: 0)
    }
}

/// Errors of a test's own, without and with a message of their own.
struct Boom: Error, CustomStringConvertible, Equatable {
    var description = "boom"
}
