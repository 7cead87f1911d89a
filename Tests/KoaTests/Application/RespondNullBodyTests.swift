import KoaTesting
import Testing

@testable import Koa

@Suite("Responding with a body of nil")
struct RespondNullBodyTests {
    static func get(_ prepare: @escaping @Sendable (Context) -> Void) async throws -> TestResponse {
        let app = Application()
        app.use { ctx in prepare(ctx) }
        return try await app.test.get("/")
    }

    @Test("is 204 by default")
    func byDefault() async throws {
        let response = try await Self.get { $0.body = nil }
        #expect(response.status == 204)
        #expect(response.reason == "No Content")
        #expect(response.bytes.isEmpty)
        #expect(response.headers.isEmpty)
    }

    @Test("is 204 when another status was set before", arguments: [200, 404, 500])
    func afterStatus(_ code: Int) async throws {
        let response = try await Self.get { ctx in
            ctx.status = Status(code)
            ctx.body = nil
        }
        #expect(response.status == 204)
    }

    @Test("keeps 204, 205 and 304", arguments: [204, 205, 304])
    func emptyStatus(_ code: Int) async throws {
        let response = try await Self.get { ctx in
            ctx.status = Status(code)
            ctx.body = nil
        }
        #expect(response.status.code == code)
        #expect(response.bytes.isEmpty)
    }

    @Test("null after a status sends Content-Length 0 when a status is set after it", arguments: [200, 401, 500])
    func statusAfterwards(_ code: Int) async throws {
        let response = try await Self.get { ctx in
            ctx.body = nil
            ctx.status = Status(code)
        }
        #expect(response.status.code == code)
        #expect(response.bytes.isEmpty)
        #expect(response.get("Content-Length") == "0")
        #expect(response.get("Content-Type") == nil)
        #expect(response.get("Transfer-Encoding") == nil)
    }

    @Test("a type or a transfer coding set after it isn't sent")
    func headersAfterwards() async throws {
        let response = try await Self.get { ctx in
            ctx.body = nil
            ctx.status = .unauthorized
            ctx.type = "json"
            ctx.set("Transfer-Encoding", "chunked")
            ctx.set("X-Kept", "1")
        }
        #expect(response.get("Content-Type") == nil)
        #expect(response.get("Transfer-Encoding") == nil)
        #expect(response.get("X-Kept") == "1")
    }

    @Test("a length set by hand gives way to 0")
    func lengthByHand() async throws {
        let response = try await Self.get { ctx in
            ctx.body = nil
            ctx.status = .unauthorized
            ctx.length = 10
        }
        #expect(response.get("Content-Length") == "0")
        #expect(response.bytes.isEmpty)
    }

    @Test("removes the body that was there, its type and its length")
    func replaces() async throws {
        let response = try await Self.get { ctx in
            ctx.body = "hello"
            ctx.body = nil
        }
        #expect(response.status == 204)
        #expect(response.headers.isEmpty)
    }

    @Test("a body after it is sent with the status that nil left")
    func replaced() async throws {
        let response = try await Self.get { ctx in
            ctx.body = nil
            ctx.status = .ok
            ctx.body = "hello"
        }
        #expect(response.status == 200)
        #expect(response.text == "hello")
        #expect(response.get("Content-Length") == "5")
    }

    @Test("with the type JSON it is the JSON text null, and the status stays")
    func json() async throws {
        let response = try await Self.get { ctx in
            ctx.status = .ok
            ctx.type = "json"
            ctx.body = nil
        }
        #expect(response.status == 200)
        #expect(response.text == "null")
        #expect(response.type == "application/json")
    }

    @Test("is known as set by hand only when it was")
    func explicit() {
        let ctx = Context.sample()
        #expect(!ctx.outgoing.hasExplicitNullBody)
        ctx.body = "hello"
        #expect(!ctx.outgoing.hasExplicitNullBody)
        ctx.body = nil
        #expect(ctx.outgoing.hasExplicitNullBody)
    }
}
