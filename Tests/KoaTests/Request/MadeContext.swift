import HTTPTypes
import NIOCore

@testable import Koa

/// A context that no server made: its members can be read and set right in a test.
func madeContext(
    _ method: HTTPRequest.Method = .get,
    _ target: String = "/",
    headers: Headers = [:],
    body: String = "",
    isSecure: Bool = false,
    peer: String? = "127.0.0.1",
    version: HTTPVersion = .http1_1,
    app: Application = Application(silent: true)
) -> Context {
    let transport = MemoryTransport(
        .init(
            method: method,
            target: target,
            headers: headers,
            body: ByteBuffer(string: body),
            isSecure: isSecure,
            peerAddress: peer
        )
    )
    var head = transport.head
    head.version = version
    return Context(app: app, head: head, transport: transport)
}

/// What a client and the application's listeners got.
struct Answer: Sendable {
    var status: Status
    var reason: String
    var headers: Headers
    var bytes: [UInt8]
    var isBroken: Bool
    var errors: [String]

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var type: String? { headers["Content-Type"] }
    var length: String? { headers["Content-Length"] }
}

/// Serves one request by one middleware.
func answer(
    _ method: HTTPRequest.Method = .get,
    _ target: String = "/",
    headers: Headers = [:],
    body: String = "",
    app: Application = Application(silent: true),
    to handler: @escaping Handler
) async -> Answer {
    let errors = Shared<[String]>([])
    app.onError { error, _ in errors.update { $0.append("\(error)") } }
    app.use(handler)
    let reply = await app.callback()(
        .init(method: method, target: target, headers: headers, body: ByteBuffer(string: body))
    )
    return Answer(
        status: reply.status,
        reason: reply.reason,
        headers: reply.headers,
        bytes: Array(reply.body.readableBytesView),
        isBroken: reply.isBroken,
        errors: errors.value
    )
}

/// The code of the framework's error that a call throws, or nil.
func koaErrorCode(_ body: () throws -> Void) -> KoaError.Code? {
    do {
        try body()
        return nil
    } catch {
        return (error as? KoaError)?.code
    }
}
