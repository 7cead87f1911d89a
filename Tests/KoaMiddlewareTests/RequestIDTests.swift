import KoaTesting
import Logging
import Testing

@testable import KoaMiddleware

@Suite("requestID")
struct RequestIDTests {
    private func app(_ middleware: NamedMiddleware = requestID()) -> Application {
        let app = Application(silent: true)
        app.use(middleware)
        app.use { ctx in
            if ctx.path == "/fails" { throw HTTPError(.badGateway) }
            ctx.body = .text("\(ctx.state.requestID ?? "-") \(ctx.logger[metadataKey: "request-id"] ?? "-")")
        }
        return app
    }

    @Test("makes a UUID, another one for each request, in state, metadata and response")
    func makes() async throws {
        let first = try await app().test.get("/")
        let id = try #require(first.get("X-Request-Id"))
        #expect(id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        #expect(first.text == "\(id) \(id)")
        #expect(try await app().test.get("/").get("X-Request-Id") != id)
    }

    @Test("takes over a safe one", arguments: ["a", "abc-123_X.y~z+/=:@", String(repeating: "x", count: 128)])
    func safe(id: String) async throws {
        let response = try await app().test.get("/", headers: ["X-Request-Id": id])
        #expect(response.get("X-Request-Id") == id)
        #expect(response.text == "\(id) \(id)")
    }

    @Test(
        "makes its own in place of an unsafe one",
        arguments: ["", "a b", "a\"b", "a;b", "a,b", "<b>", "ä", "${jndi}", "a\tb", String(repeating: "x", count: 129)])
    func unsafe(id: String) async throws {
        let response = try await app().test.get("/", headers: ["X-Request-Id": id])
        #expect(response.get("X-Request-Id")?.utf8.count == 36)
        #expect(!RequestID.isSafe(id))
    }

    @Test("trusts nobody if told so, and takes another header and maker")
    func options() async throws {
        let client = app(requestID(header: "X-Trace", trusted: false) { "made" }).test
        let response = try await client.get("/", headers: ["X-Trace": "theirs"])
        #expect(response.get("X-Trace") == "made")
    }

    @Test("stays on error responses")
    func errors() async throws {
        let response = try await app().test.get("/fails", headers: ["X-Request-Id": "abc"])
        #expect(response.status == 502)
        #expect(response.get("X-Request-Id") == "abc")
    }

    @Test("is no other request's: the application's logger stays as it is")
    func apart() async throws {
        let app = app()
        _ = try await app.test.get("/", headers: ["X-Request-Id": "abc"])
        #expect(app.logger[metadataKey: "request-id"] == nil)
    }
}
