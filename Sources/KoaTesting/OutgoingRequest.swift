import Koa
import NIOCore

/// A request as both ways of sending take it, checked and with all of its header fields.
struct OutgoingRequest: Sendable {
    enum Payload: Sendable {
        case none
        case bytes(ByteBuffer)
        case stream(@Sendable (_ write: (ByteBuffer) async throws -> Void) async throws -> Void)

        /// All of it in one buffer.
        func collect() async throws -> ByteBuffer {
            switch self {
            case .none: return ByteBuffer()
            case .bytes(let buffer): return buffer
            case .stream(let produce):
                var all = ByteBuffer()
                try await produce { all.writeImmutableBuffer($0) }
                return all
            }
        }
    }

    let method: HTTPRequest.Method
    let target: String
    let headers: Headers
    let body: Payload

    /// The Host field without its port: what cookies go by.
    let host: String

    init(
        _ method: HTTPRequest.Method,
        _ target: String,
        _ given: Headers,
        _ body: TestBody?,
        of client: TestClient
    ) throws {
        var fields = client.headers
        fields.merge(given)
        var headers = Headers()
        headers.set("Host", fields["Host"] ?? client.live?.authority ?? "127.0.0.1")
        fields.remove("Host")
        headers.merge(fields)
        host = Self.host(of: headers["Host"] ?? "")

        if let body {
            if !headers.has("Content-Type") { headers.set("Content-Type", body.type) }
            let isFramed = headers.has("Content-Length") || headers.has("Transfer-Encoding")
            switch body.content {
            case .bytes(let buffer): self.body = .bytes(buffer)
            case .encoded(let encode): self.body = .bytes(try encode(client.app.json))
            case .stream(let produce): self.body = .stream(produce)
            }
            if !isFramed {
                if case .bytes(let buffer) = self.body {
                    headers.set("Content-Length", String(buffer.readableBytes))
                } else {
                    headers.set("Transfer-Encoding", "chunked")
                }
            }
        } else {
            self.body = .none
        }
        if !headers.has("Cookie"),
            let cookies = client.cookies.header(for: target, host: host, isSecure: client.isEncrypted)
        {
            headers.set("Cookie", cookies)
        }
        try Self.check(method, target, headers)
        self.method = method
        self.target = target
        self.headers = headers
    }

    /// Whether the body goes in chunks.
    var isChunked: Bool { headers.has("Transfer-Encoding") && !headers.has("Content-Length") }

    /// The head as HTTP/1.1 writes it.
    var head: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeString("\(method.rawValue) \(target) HTTP/1.1\r\n")
        for field in headers.fields {
            buffer.writeString("\(field.name): ")
            buffer.writeBytes(Latin1.encode(field.value) ?? [])
            buffer.writeString("\r\n")
        }
        buffer.writeString("\r\n")
        return buffer
    }

    /// A piece of the body as it is framed; nil ends the body.
    func framed(_ piece: ByteBuffer?) -> ByteBuffer {
        guard isChunked else { return piece ?? ByteBuffer() }
        guard let piece else { return ByteBuffer(string: "0\r\n\r\n") }
        guard piece.readableBytes > 0 else { return piece }
        var buffer = ByteBuffer(string: String(piece.readableBytes, radix: 16) + "\r\n")
        buffer.writeImmutableBuffer(piece)
        buffer.writeString("\r\n")
        return buffer
    }

    private static func check(_ method: HTTPRequest.Method, _ target: String, _ headers: Headers) throws {
        guard !target.isEmpty, target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw TestError(
                .invalidRequest,
                "The target \(target.debugDescription) can't be sent: percent-encode it, or use `raw` of a live client"
            )
        }
        for field in headers.fields where !Latin1.isToken(field.name) || !Latin1.isFieldValue(field.value) {
            throw TestError(
                .invalidRequest,
                "The field \(field.name.debugDescription) can't be sent; use `raw` of a live client to try"
            )
        }
    }

    private static func host(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[...end]).lowercased()
        }
        return authority.prefix { $0 != ":" }.lowercased()
    }
}
