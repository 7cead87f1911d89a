public import Koa
import NIOCore

/// The body of a request: text, bytes, JSON, a form or a stream, with the Content-Type that goes with it.
///
/// ```swift
/// _ = try await client.post("/notes", body: "a plain text")
/// _ = try await client.post("/users", body: ["name": "Ada", "age": 36])
/// _ = try await client.post("/users", body: .json(user))
/// _ = try await client.post("/login", body: .form(["name": "ada", "password": "…"]))
/// _ = try await client.put("/photo", headers: ["Content-Type": "image/png"], body: .bytes(png))
/// _ = try await client.post("/echo", body: .stream(["one ", "two"]))
/// ```
public struct TestBody: Sendable {
    enum Content: Sendable {
        case bytes(ByteBuffer)
        case encoded(@Sendable (JSONCoding) throws -> ByteBuffer)
        case stream(@Sendable (_ write: (ByteBuffer) async throws -> Void) async throws -> Void)
    }

    let content: Content
    let type: String

    private init(_ content: Content, type: String) {
        self.content = content
        self.type = type
    }

    /// Text in UTF-8: `text/plain; charset=utf-8`.
    public static func text(_ text: String) -> TestBody {
        TestBody(.bytes(ByteBuffer(string: text)), type: "text/plain; charset=utf-8")
    }

    /// Bytes: `application/octet-stream`.
    public static func bytes(_ bytes: some Sequence<UInt8>) -> TestBody {
        .bytes(ByteBuffer(bytes: bytes))
    }

    /// Bytes: `application/octet-stream`.
    public static func bytes(_ buffer: ByteBuffer) -> TestBody {
        TestBody(.bytes(buffer), type: "application/octet-stream")
    }

    /// A value as JSON, written by the application's `json` coding: `application/json`.
    ///
    /// What the value's encoding throws is thrown by the request.
    public static func json(_ value: some Encodable & Sendable) -> TestBody {
        TestBody(.encoded { try $0.encode(value) }, type: "application/json")
    }

    /// Fields of a form, in their order: `application/x-www-form-urlencoded`.
    public static func form(_ fields: KeyValuePairs<String, String>) -> TestBody {
        let pairs = fields.map { "\(URLEncoding.formEncode($0.key))=\(URLEncoding.formEncode($0.value))" }
        return TestBody(
            .bytes(ByteBuffer(string: pairs.joined(separator: "&"))), type: "application/x-www-form-urlencoded"
        )
    }

    /// Pieces of text, sent one after the other in chunks (Transfer-Encoding): `application/octet-stream`.
    ///
    /// In memory, and where the server reads slowly, the application may get several of them together.
    public static func stream(_ pieces: [String]) -> TestBody {
        streaming { write in
            for piece in pieces { try await write(ByteBuffer(string: piece)) }
        }
    }

    /// The buffers of an asynchronous sequence, sent as they come: `application/octet-stream`.
    ///
    /// Live, an error of the sequence breaks the request off, and is thrown. When the response comes first, the
    /// sequence is cancelled. In memory the whole sequence is read before the request.
    public static func stream<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces
    ) -> TestBody where Pieces.Element == ByteBuffer {
        streaming { write in
            for try await piece in pieces { try await write(piece) }
        }
    }

    /// The texts of an asynchronous sequence, sent as they come; see ``stream(_:)``.
    public static func stream<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces
    ) -> TestBody where Pieces.Element == String {
        streaming { write in
            for try await piece in pieces { try await write(ByteBuffer(string: piece)) }
        }
    }

    private static func streaming(
        _ produce: @escaping @Sendable (_ write: (ByteBuffer) async throws -> Void) async throws -> Void
    ) -> TestBody {
        TestBody(.stream(produce), type: "application/octet-stream")
    }
}

extension TestBody: ExpressibleByStringInterpolation, ExpressibleByDictionaryLiteral {
    /// The text of a literal; see ``text(_:)``.
    public init(stringLiteral value: String) {
        self = .text(value)
    }

    /// A JSON object with the literal's keys in their order; see ``json(_:)``.
    public init(dictionaryLiteral elements: (String, any Encodable & Sendable)...) {
        self.init(
            .encoded { coding in
                var buffer = ByteBuffer()
                try coding.encodeObject(elements.map { ($0.0, $0.1) }, into: &buffer)
                return buffer
            },
            type: "application/json"
        )
    }
}
