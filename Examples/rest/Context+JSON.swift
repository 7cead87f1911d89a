import Koa

extension Context {
    /// The request's body: 415 unless it is JSON, 413 beyond 16 KB, 400 when it is broken, 422 when it isn't what was
    /// expected.
    func json<Value: Decodable>(_ type: Value.Type) async throws -> Value {
        try assert(self.is("json") != nil, 415, "Send JSON, as application/json.")
        let body = try await request.stream.collect(upTo: 16 * 1024)
        do {
            return try app.json.decode(type, from: body)
        } catch let error as JSONError {
            throw HTTPError(.badRequest, "\(error).", cause: error)
        } catch let error as DecodingError {
            throw HTTPError(422, error.explanation, cause: error)
        }
    }
}

extension DecodingError {
    /// What is wrong, and with which member.
    var explanation: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        @unknown default:
            return "The JSON isn't what was expected."
        }
    }
}
