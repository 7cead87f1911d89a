public import Koa

/// A whole response.
///
/// ```swift
/// let response = try await app.test.get("/users/1")
/// #expect(response.status == 200)
/// #expect(response.type == "application/json")
/// #expect(response.get("ETag") != nil)
/// #expect(try response.json["name"] == "Ada")
/// let user = try response.decode(User.self)
/// ```
public struct TestResponse: Sendable, CustomStringConvertible {
    /// The status.
    public let status: Status

    /// The reason phrase.
    public let reason: String

    /// The header fields, in their order. Over a socket Date, Connection and Transfer-Encoding are among them.
    public let headers: Headers

    /// The bytes of the body, out of their chunks; empty where there is none.
    public let body: ByteBuffer

    /// Whether the connection closed before the end of the body: then ``body`` is what came until there.
    ///
    /// That is how an application tells a client of an error while it streams.
    public let isBroken: Bool

    private let coding: JSONCoding

    init(status: Status, reason: String, headers: Headers, body: ByteBuffer, isBroken: Bool, coding: JSONCoding) {
        self.status = status
        self.reason = reason
        self.headers = headers
        self.body = body
        self.isBroken = isBroken
        self.coding = coding
    }

    /// A header's value, whatever the name's case, several joined by `, `; nil without one.
    public func get(_ name: String) -> String? {
        headers[name]
    }

    /// A header's value by a swift-http-types name; nil without one.
    public func get(_ name: HTTPField.Name) -> String? {
        headers[name]
    }

    /// The media type without parameters, in lower case, or `""`.
    public var type: String {
        guard let value = headers["Content-Type"] else { return "" }
        let type = value.prefix { $0 != ";" && $0 != " " }
        return type.lowercased()
    }

    /// The body as UTF-8; what isn't becomes U+FFFD.
    public var text: String { String(buffer: body) }

    /// The bytes of the body.
    public var bytes: [UInt8] { Array(body.readableBytesView) }

    /// The body as JSON, whatever its type.
    ///
    /// Throws `JSONError` when it is none.
    public var json: JSON {
        get throws { try JSON.parse(body) }
    }

    /// Decodes the body from JSON by the application's `json` coding.
    ///
    /// - Throws: `JSONError` when it is no JSON, `DecodingError` when it doesn't fit the type.
    public func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try coding.decode(type, from: body)
    }

    /// The status line, the header fields and the body.
    public var description: String {
        let end = isBroken ? "\n(broken off)" : ""
        return "\(status.code) \(reason)\n\(headers)\n\n\(text)\(end)"
    }
}
