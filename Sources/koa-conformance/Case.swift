import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A recorded scenario: an application, what was asked of it, and what it answered.
struct Case: Sendable {
    /// `AREA/NUMBER`.
    let name: String
    /// The flaw of the reference that it shows, if it shows one.
    let quirk: String?
    /// The options of the application.
    let options: JSONObject
    /// The entries of the middleware list: operations, or an object with a kind.
    let middleware: [JSON]
    /// The requests and their answers, in order.
    let exchanges: [Exchange]

    /// The part of the name before the slash.
    var area: String { String(name.prefix { $0 != "/" }) }

    /// Reads a case.
    ///
    /// - Throws: ``MalformedCase``.
    init(_ json: JSON) throws {
        let json = try json.requireObject("a case")
        name = try json.require("name").requireText("name")
        quirk = try json.optional("quirk")?.requireText("quirk")
        options = try json.optional("app")?.requireObject("app") ?? [:]
        middleware = try json.require("middleware").requireList("middleware")
        exchanges = try json.require("exchanges").requireList("exchanges").map { try Exchange($0) }
    }
}

/// A request and its recorded answer.
struct Exchange: Sendable {
    /// The application's time; nil is the real one.
    let now: Date?
    /// Whether the cookies kept so far are sent back.
    let sendsCookies: Bool
    /// What is sent.
    let request: RecordedRequest
    /// What the reference answered.
    let response: RecordedResponse
    /// What the reference's error event received.
    let errors: [RecordedError]

    init(_ json: JSON) throws {
        let json = try json.requireObject("an exchange")
        now = try json.optional("now").map { Date(timeIntervalSince1970: try $0.requireNumber("now") / 1000) }
        sendsCookies = try json.optional("sendCookies")?.requireBool("sendCookies") ?? false
        request = try RecordedRequest(json.require("request").requireObject("request"))
        response = try RecordedResponse(json.require("response").requireObject("response"))
        errors = try json.optional("errors")?.requireList("errors").map { try RecordedError($0) } ?? []
    }
}

/// The request of an exchange.
struct RecordedRequest: Sendable {
    /// The method, as sent.
    var method: String
    /// The target of the request line, as sent.
    var target: String
    /// The header fields, in the order in which they are sent.
    var headers: [Field]
    /// The body, if there is one.
    var body: [UInt8]?
    /// Lower-case names of the response headers whose value is free.
    var free: Set<String>

    init(_ json: JSONObject) throws {
        method = try json.require("method").requireText("method")
        target = try json.require("target").requireText("target")
        headers = try json.optional("headers").map { try Field.list($0) } ?? []
        body = try json.recordedBody()
        free = try Set(json.optional("any")?.requireTexts("any").map { $0.lowercased() } ?? [])
    }
}

/// The response of an exchange.
struct RecordedResponse: Sendable {
    /// The status code.
    var status: Int
    /// The reason phrase.
    var reason: String
    /// The header fields.
    var headers: [Field]
    /// The body's bytes, before any decoding.
    var body: [UInt8]
    /// The body's bytes after its content-encoding was undone, where that is what counts.
    var decodedBody: [UInt8]?

    init(_ json: JSONObject) throws {
        status = try json.require("status").requireInteger("status")
        reason = try json.optional("reason")?.requireText("reason") ?? ""
        headers = try json.optional("headers").map { try Field.list($0) } ?? []
        body = try json.recordedBody() ?? []
        decodedBody = try json.optional("decodedBody").map { Array(try $0.requireText("decodedBody").utf8) }
    }
}

/// A header field.
struct Field: Sendable, Equatable {
    /// The name.
    var name: String
    /// The value: a character a byte, as ISO-8859-1 has them.
    var value: String

    static func list(_ json: JSON) throws -> [Field] {
        try json.requireList("headers").map { pair in
            let texts = try pair.requireTexts("a header")
            guard texts.count == 2 else { throw MalformedCase("a header is no pair: \(pair)") }
            return Field(name: texts[0], value: texts[1])
        }
    }
}

extension JSONObject {
    fileprivate func recordedBody() throws -> [UInt8]? {
        if let text = optional("body") { return Array(try text.requireText("body").utf8) }
        return try optional("bodyBase64")?.requireBase64("bodyBase64")
    }
}
