import KoaTesting
import Testing

@testable import Koa

@Suite("Responding without a body")
struct RespondMissingBodyTests {
    static func get(_ prepare: @escaping @Sendable (Context) -> Void) async throws -> TestResponse {
        let app = Application()
        app.use { ctx in prepare(ctx) }
        return try await app.test.get("/")
    }

    @Test("is 404 when nothing was set")
    func nothing() async throws {
        for response in [try await Application().test.get("/"), try await Self.get { _ in }] {
            #expect(response.status == 404)
            #expect(response.reason == "Not Found")
            #expect(response.text == "Not Found")
            #expect(response.get("Content-Length") == "9")
            #expect(response.get("Content-Type") == "text/plain; charset=utf-8")
        }
    }

    @Test("with an interim status is an error: the client would wait for another response", arguments: [100, 103])
    func interim(_ code: Int) async throws {
        let told = Shared<KoaError.Code?>(nil)
        let app = Application()
        app.onError { error, _ in told.value = (error as? KoaError)?.code }
        app.use { ctx in ctx.status = Status(code) }
        let response = try await app.test.get("/")
        #expect(response.status == 500)
        #expect(told.value == .invalidStatus)
    }

    @Test("an interim status never reaches the client", arguments: ["throw", "flush", "end", "write"])
    func interimByHand(_ way: String) async throws {
        let app = Application(silent: true)
        app.use { ctx in
            ctx.status = 102
            switch way {
            case "throw": try ctx.throw(100)
            case "flush": ctx.flushHeaders()
            case "end": try await ctx.res.end("x")
            default: try await ctx.res.write("x")
            }
        }
        let response = try await app.test.get("/")
        #expect(response.status == 500)
    }

    @Test("a status is answered with its phrase", arguments: [200, 201, 400, 404, 418, 500, 503])
    func phrase(_ code: Int) async throws {
        let response = try await Self.get { $0.status = Status(code) }
        #expect(response.status.code == code)
        #expect(response.reason == Status(code).reasonPhrase)
        #expect(response.text == Status(code).reasonPhrase)
        #expect(response.get("Content-Length") == "\(response.bytes.count)")
        #expect(response.get("Content-Type") == "text/plain; charset=utf-8")
    }

    @Test("204, 205 and 304 are answered without a body", arguments: [204, 205, 304])
    func empty(_ code: Int) async throws {
        let response = try await Self.get { $0.status = Status(code) }
        #expect(response.status.code == code)
        #expect(response.bytes.isEmpty)
        #expect(response.get("Content-Type") == nil)
        #expect(response.get("Content-Length") == (code == 205 ? "0" : nil))
    }

    @Test("a message set by hand is the reason phrase and the body")
    func message() async throws {
        let response = try await Self.get { ctx in
            ctx.status = .ok
            ctx.message = "ok"
        }
        #expect(response.status == 200)
        #expect(response.reason == "ok")
        #expect(response.text == "ok")
    }

    @Test(
        "a code of one's own is answered with its message, and without one by its number",
        arguments: [700, 701, 299, 999])
    func customStatus(_ code: Int) async throws {
        let named = try await Self.get { ctx in
            ctx.status = Status(code)
            ctx.message = "custom status"
        }
        #expect(named.status.code == code)
        #expect(named.reason == "custom status")
        #expect(named.text == "custom status")

        let unnamed = try await Self.get { $0.status = Status(code) }
        #expect(unnamed.status.code == code)
        #expect(unnamed.reason == "")
        #expect(unnamed.text == "\(code)")
    }

    @Test("a status set after a message has its own phrase again")
    func messageReplaced() async throws {
        let response = try await Self.get { ctx in
            ctx.message = "ok"
            ctx.status = .accepted
        }
        #expect(response.reason == "Accepted")
    }

    @Test("in HTTP/2, which has no reason phrases, the body is the number", arguments: [404, 701])
    func http2(_ code: Int) async throws {
        let app = Application()
        app.use { ctx in
            ctx.status = Status(code)
            ctx.message = "not sent"
        }
        let transport = StubTransport()
        await app.callback().serve(.sample(app, .sample(version: .http2), transport))
        #expect(String(buffer: transport.payload) == "\(code)")
        #expect(transport.heads.first?.headers["Content-Type"] == "text/plain; charset=utf-8")
    }

    @Test("a type that was set is replaced by text")
    func type() async throws {
        let response = try await Self.get { ctx in
            ctx.type = "json"
            ctx.status = .badRequest
        }
        #expect(response.type == "text/plain")
        #expect(response.text == "Bad Request")
    }

    @Test("a method that isn't registered, and nobody answers, is 501", arguments: ["BREW", "get"])
    func unknownMethod(_ name: String) async throws {
        let method = try #require(HTTPRequest.Method(rawValue: name))
        let app = Application()
        app.use { ctx in
            if ctx.path == "/status" { ctx.status = .notFound }
            if ctx.path == "/body" { ctx.body = "brewed" }
        }
        let response = try await app.test.request(method, "/")
        #expect(response.status == 501)
        #expect(response.text == "Not Implemented")
        #expect(try await app.test.request(method, "/status").status == 404)
        #expect(try await app.test.request(method, "/body").text == "brewed")
    }

    @Test(
        "a known method that nobody answers is 404",
        arguments: ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "M-SEARCH"])
    func knownMethod(_ name: String) async throws {
        let method = try #require(HTTPRequest.Method(rawValue: name))
        #expect(try await Application().test.request(method, "/").status == 404)
    }
}
