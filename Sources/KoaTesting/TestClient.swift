import NIOCore

/// Sends requests to an application: in memory, or live over a loopback socket, by the same methods.
///
/// ```swift
/// let client = app.test.keepingCookies()
/// _ = try await client.post("/login", body: ["name": "ada"])
/// #expect(try await client.get("/me").json["name"] == "ada")
///
/// try await app.test.live { client in
///     let response = try await client.get("/")
///     #expect(response.get("Date") != nil)
/// }
/// ```
///
/// Redirects are not followed. An error of the application is a response, as for any client; what throws is in
/// ``TestError``. A client is a value: change a copy's ``headers`` or ``deadline`` for some of the requests.
public struct TestClient: Sendable {
    /// The application that is tested.
    public let app: Application

    /// Header fields of each request; those of a single request replace them name by name. Default none.
    public var headers: Headers = [:]

    /// How long a request, or one step on a connection, may take. Default 60 seconds: enough for a machine that runs many tests at once.
    public var deadline: Duration = .seconds(60)

    /// Whether requests in memory count as sent over TLS. Default false. A live client has no TLS.
    public var isSecure = false

    /// The address that requests in memory come from. Default `127.0.0.1`, as that of a live client.
    public var peerAddress: String? = "127.0.0.1"

    /// The cookies that are sent with each request. Responses add theirs to it if this is a client of
    /// ``keepingCookies()``.
    public var cookies: CookieJar

    /// Whether responses may change ``cookies``.
    public private(set) var keepsCookies = false

    var live: LiveServer?

    init(_ app: Application) {
        self.app = app
        cookies = CookieJar(clock: app.clock)
    }

    /// The same client, which keeps the cookies of responses and sends them back as a browser would.
    ///
    /// ```swift
    /// let client = app.test.keepingCookies()
    /// _ = try await client.get("/login")
    /// #expect(client.cookies["session"] != nil)
    /// ```
    ///
    /// They expire by the application's clock.
    public func keepingCookies() -> TestClient {
        var client = self
        client.keepsCookies = true
        return client
    }

    /// Sends a request and returns the whole response.
    ///
    /// - Parameters:
    ///   - target: path and query, percent-encoded.
    ///   - headers: Host, Content-Type and Content-Length are added unless they are given. A Cookie field given here
    ///     goes instead of ``cookies``.
    ///   - body: none by default.
    /// - Throws: ``TestError``: `.invalidRequest` for what no client can send, `.noResponse` when the connection closed
    ///   before a response, `.deadlineExceeded`. A response that broke off doesn't throw: see ``TestResponse/isBroken``.
    public func request(
        _ method: HTTPRequest.Method,
        _ target: String,
        headers: Headers = [:],
        body: TestBody? = nil
    ) async throws -> TestResponse {
        let request = try OutgoingRequest(method, target, headers, body, of: self)
        let response: TestResponse
        if let live {
            response = try await live.send(request, within: deadline)
        } else {
            response = try await sendInMemory(request)
        }
        if keepsCookies {
            cookies.store(response.headers.all("Set-Cookie"), from: target, host: request.host, isSecure: isEncrypted)
        }
        return response
    }

    var isEncrypted: Bool { isSecure && live == nil }

    private func sendInMemory(_ request: OutgoingRequest) async throws -> TestResponse {
        let message = RequestHandler.Request(
            method: request.method,
            target: request.target,
            headers: request.headers,
            body: try await request.body.collect(),
            isSecure: isSecure,
            peerAddress: peerAddress
        )
        try app.prepare()
        let handler = app.callback()
        let reply = try await Deadline(deadline).run("\(request.method) \(request.target)") { await handler(message) }
        // A reply that was broken off before its head has none; over a socket there would be nothing to read.
        if reply.isBroken, reply.reason.isEmpty, reply.headers.isEmpty, reply.body.readableBytes == 0 {
            throw TestError(.noResponse, "The application broke the connection off without a response")
        }
        return TestResponse(
            status: reply.status,
            reason: reply.reason,
            headers: reply.headers,
            body: reply.body,
            isBroken: reply.isBroken,
            coding: app.json
        )
    }
}
