typealias BodyFraming = RequestHead.BodyFraming

extension RequestHead.BodyFraming {
    /// How the body's end is known (RFC 9112 section 6.3), refusing every message that two servers could cut
    /// differently.
    static func interpret(_ fields: RequestFields, _ version: HTTPVersion) throws(ProtocolError) -> Self {
        let codings = fields.all("transfer-encoding")
        let lengths = fields.all("content-length")
        if !codings.isEmpty {
            guard version >= .http1_1 else {
                throw ProtocolError(.badRequest, "Transfer-Encoding needs HTTP/1.1")
            }
            guard lengths.isEmpty else {
                throw ProtocolError(.badRequest, "Content-Length and Transfer-Encoding exclude each other")
            }
            return try interpret(codings: codings)
        }
        guard let text = lengths.first else { return .none }
        guard lengths.count == 1 else { throw ProtocolError(.badRequest, "More than one Content-Length") }
        guard (1...18).contains(text.utf8.count), text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }),
            let length = Int(text)
        else { throw ProtocolError(.badRequest, "Content-Length is no number") }
        return length == 0 ? .none : .length(length)
    }

    private static func interpret(codings: [String]) throws(ProtocolError) -> Self {
        let names = codings.joined(separator: ",").split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingSpaces().lowercased() }
        guard names.last == "chunked", !names.dropLast().contains("chunked") else {
            throw ProtocolError(.badRequest, "The last transfer coding has to be chunked, once")
        }
        guard names.count == 1 else {
            let areTokens = names.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(FieldSyntax.isToken) }
            throw ProtocolError(
                areTokens ? .notImplemented : .badRequest, "Only the transfer coding chunked is supported")
        }
        return .chunked
    }
}
