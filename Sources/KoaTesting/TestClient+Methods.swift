// One method a word; see ``TestClient/request(_:_:headers:body:)`` for the parameters and what they throw.
extension TestClient {
    /// Sends a GET request.
    public func get(_ target: String, headers: Headers = [:], body: TestBody? = nil) async throws -> TestResponse {
        try await request(.get, target, headers: headers, body: body)
    }

    /// Sends a HEAD request: its response has no body.
    public func head(_ target: String, headers: Headers = [:], body: TestBody? = nil) async throws -> TestResponse {
        try await request(.head, target, headers: headers, body: body)
    }

    /// Sends a POST request.
    public func post(_ target: String, headers: Headers = [:], body: TestBody? = nil) async throws -> TestResponse {
        try await request(.post, target, headers: headers, body: body)
    }

    /// Sends a PUT request.
    public func put(_ target: String, headers: Headers = [:], body: TestBody? = nil) async throws -> TestResponse {
        try await request(.put, target, headers: headers, body: body)
    }

    /// Sends a PATCH request.
    public func patch(_ target: String, headers: Headers = [:], body: TestBody? = nil) async throws -> TestResponse {
        try await request(.patch, target, headers: headers, body: body)
    }

    /// Sends a DELETE request.
    public func delete(_ target: String, headers: Headers = [:], body: TestBody? = nil) async throws -> TestResponse {
        try await request(.delete, target, headers: headers, body: body)
    }

    /// Sends an OPTIONS request.
    public func options(_ target: String, headers: Headers = [:], body: TestBody? = nil) async throws -> TestResponse {
        try await request(.options, target, headers: headers, body: body)
    }
}
