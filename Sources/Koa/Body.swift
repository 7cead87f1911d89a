public import NIOCore

/// What a response carries: text, bytes, JSON, a stream or a file.
///
/// ```swift
/// ctx.body = "Hello"                                   // text/plain, or text/html when it starts with <
/// ctx.body = ["id": 1, "name": "Tobi"]                 // application/json, in this order
/// ctx.body = .json([1, 2, 3])                          // any Encodable
/// ctx.body = .bytes([0x50, 0x4E, 0x47])                // application/octet-stream
/// ctx.body = .stream { writer in try await writer.write("chunk") }
/// ctx.body = .file("report.pdf")
/// ctx.body = nil                                       // 204
/// ```
///
/// A type that was set before stays; so does a status.
public struct Body {
    enum Content {
        case text(String)
        case bytes(ByteBuffer)
        case json(any Encodable)
        case object([(String, any Encodable)])
        case stream(BodyStream)
    }

    let content: Content

    init(_ content: Content) {
        self.content = content
    }

    /// Text, sent as UTF-8: `text/html` when its first visible character is `<`, else `text/plain`.
    public static func text(_ text: String) -> Body {
        Body(.text(text))
    }

    /// Bytes: `application/octet-stream`.
    public static func bytes(_ buffer: ByteBuffer) -> Body {
        Body(.bytes(buffer))
    }

    /// Bytes: `application/octet-stream`.
    public static func bytes(_ bytes: some Sequence<UInt8>) -> Body {
        Body(.bytes(ByteBuffer(bytes: bytes)))
    }

    /// A value as JSON, written by ``Application/json`` when the response is sent: `application/json`.
    ///
    /// A value that can't be encoded makes the response a 500.
    public static func json(_ value: some Encodable) -> Body {
        Body(.json(value))
    }
}

extension Body: ExpressibleByStringInterpolation, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    /// The text of a literal; see ``text(_:)``.
    public init(stringLiteral value: String) {
        self.init(.text(value))
    }

    /// A JSON object with the literal's keys in their order.
    public init(dictionaryLiteral elements: (String, any Encodable)...) {
        self.init(.object(elements))
    }

    /// A JSON array of the literal's values.
    public init(arrayLiteral elements: any Encodable...) {
        self.init(.json(EncodableList(elements: elements)))
    }
}

extension Body: CustomDebugStringConvertible {
    /// The text, a count of bytes, or the kind of the body.
    public var debugDescription: String {
        switch content {
        case .text(let text): text
        case .bytes(let buffer): "<\(buffer.readableBytes) bytes>"
        case .json(let value): "<json \(type(of: value))>"
        case .object(let pairs): "<json object \(pairs.map(\.0))>"
        case .stream(let stream): stream.path.map { "<file \($0)>" } ?? "<stream>"
        }
    }
}

extension Body {
    /// The text of a text body.
    public var text: String? {
        if case .text(let text) = content { text } else { nil }
    }

    /// The value of a JSON body made by ``json(_:)``.
    public var jsonValue: (any Encodable)? {
        if case .json(let value) = content { value } else { nil }
    }

    /// Whether the body is produced while it is sent: a stream or a file.
    public var isStream: Bool {
        if case .stream = content { true } else { false }
    }

    /// Writes the body of a stream or a file, for a middleware that wraps it in a stream of its own.
    package func write(to writer: BodyWriter) async throws {
        if case .stream(let stream) = content { try await stream.produce(writer) }
    }

    /// The bytes of a body that is known as a whole, as they are sent; nil for a stream or a file.
    ///
    /// - Throws: when a value can't be encoded as JSON.
    package func encoded(for ctx: Context) throws -> ByteBuffer? {
        switch content {
        case .text(let text): ByteBuffer(string: text)
        case .bytes(let buffer): buffer
        case .json, .object: try ctx.encodedJSON(self)
        case .stream: nil
        }
    }

    /// Whether the body is a value that is sent as JSON.
    package var isJSON: Bool {
        switch content {
        case .json, .object: true
        case .text, .bytes, .stream: false
        }
    }

    /// The path of a file body.
    package var filePath: String? {
        if case .stream(let stream) = content { stream.path } else { nil }
    }

    /// The bytes of a body of bytes.
    package var bytes: ByteBuffer? {
        if case .bytes(let buffer) = content { buffer } else { nil }
    }

    /// Whether JavaScript would call the value true: the reference asks so before it drops a body.
    package var isTruthy: Bool {
        switch content {
        case .text(let text): !text.isEmpty
        case .json(let value): !((value as? Bool) == false || (value as? Int) == 0 || (value as? JSON)?.isFalsy == true)
        default: true
        }
    }
}

/// Values of different types in one JSON array.
struct EncodableList: Encodable {
    let elements: [any Encodable]

    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for element in elements {
            try container.encode(element)
        }
    }
}

extension JSON {
    var isFalsy: Bool {
        self == .null || self == false || self == 0 || self == ""
    }
}
