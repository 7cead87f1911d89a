import KoaTesting
import Testing

@testable import Koa

@Suite("Responding to HEAD")
struct RespondHeadTests {
    static func head(_ prepare: @escaping @Sendable (Context) throws -> Void) async throws -> TestResponse {
        let app = Application(silent: true)
        app.use { ctx in try prepare(ctx) }
        return try await app.test.head("/")
    }

    @Test("sends the head of a text, without the text")
    func text() async throws {
        let response = try await Self.head { $0.body = "Hello" }
        #expect(response.status == 200)
        #expect(response.get("Content-Length") == "5")
        #expect(response.get("Content-Type") == "text/plain; charset=utf-8")
        #expect(response.bytes.isEmpty)
    }

    @Test("a text's length is in bytes")
    func textInBytes() async throws {
        #expect(try await Self.head { $0.body = "hell☃" }.get("Content-Length") == "7")
    }

    @Test("sends the length and type of JSON")
    func json() async throws {
        let response = try await Self.head { $0.body = ["hello": "world"] }
        #expect(response.get("Content-Length") == "17")
        #expect(response.get("Content-Type") == "application/json; charset=utf-8")
        #expect(response.bytes.isEmpty)
    }

    @Test("sends the length and type of bytes")
    func bytes() async throws {
        let response = try await Self.head { $0.body = .bytes([1, 2, 3]) }
        #expect(response.get("Content-Length") == "3")
        #expect(response.get("Content-Type") == "application/octet-stream")
        #expect(response.bytes.isEmpty)
    }

    @Test("a stream has no length unless one is given, and isn't run")
    func stream() async throws {
        let runs = Recording<Int>()
        let response = try await Self.head { $0.body = .stream { _ in runs.add(1) } }
        #expect(response.status == 200)
        #expect(response.get("Content-Length") == nil)
        #expect(response.get("Content-Type") == "application/octet-stream")
        #expect(runs.values.isEmpty)

        let known = try await Self.head { $0.body = .stream(contentLength: 12) { _ in runs.add(1) } }
        #expect(known.get("Content-Length") == "12")
        #expect(runs.values.isEmpty)
    }

    @Test("a length set by hand stays, for a stream and for a text")
    func lengthByHand() async throws {
        let stream = try await Self.head { ctx in
            ctx.body = .stream { _ in }
            ctx.length = 10
        }
        #expect(stream.get("Content-Length") == "10")
        let text = try await Self.head { ctx in
            ctx.body = "Hello"
            ctx.length = 10
        }
        #expect(text.get("Content-Length") == "10")
    }

    @Test("is 404 when no body was set")
    func missing() async throws {
        let response = try await Self.head { _ in }
        #expect(response.status == 404)
        #expect(response.bytes.isEmpty)
        #expect(response.get("Content-Length") == nil)
    }

    @Test("is 200 when the body is empty")
    func emptyText() async throws {
        let response = try await Self.head { $0.body = "" }
        #expect(response.status == 200)
        #expect(response.get("Content-Length") == "0")
    }

    @Test("is 204 when the body is nil")
    func null() async throws {
        let response = try await Self.head { $0.body = nil }
        #expect(response.status == 204)
        #expect(response.get("Content-Length") == nil)
        #expect(response.get("Content-Type") == nil)
    }

    @Test("keeps a type that was set")
    func type() async throws {
        let response = try await Self.head { ctx in
            ctx.status = .ok
            ctx.type = "application/javascript"
        }
        #expect(response.status == 200)
        #expect(response.type == "application/javascript")
        #expect(response.bytes.isEmpty)
    }

    @Test("an error has a head alone")
    func error() async throws {
        let response = try await Self.head { try $0.throw(400, "bad luck") }
        #expect(response.status == 400)
        #expect(response.get("Content-Length") == "8")
        #expect(response.bytes.isEmpty)
    }

    struct Unencodable: Encodable, Sendable {
        func encode(to encoder: any Encoder) throws { throw Boom() }
    }

    @Test("a value that can't be encoded is an error as with GET")
    func unencodable() async throws {
        let response = try await Self.head { $0.body = .json(Unencodable()) }
        #expect(response.status == 500)
        #expect(response.get("Content-Length") == "21")
        #expect(response.bytes.isEmpty)
    }

    @Test("no body is sent whatever middleware make of the method", arguments: ["/text", "/json", "/stream", "/none"])
    func rewritten(_ path: String) async throws {
        let app = Application()
        app.use { ctx in
            ctx.method = .get
            switch ctx.path {
            case "/text": ctx.body = "Hello"
            case "/json": ctx.body = ["a": 1]
            case "/stream": ctx.body = .stream { try await $0.write("Hello") }
            default: break
            }
        }
        let transport = StubTransport()
        await app.callback().serve(.sample(app, .sample(.head, path), transport))
        #expect(transport.heads.map(\.framing) == [.none])
        #expect(transport.payload.readableBytes == 0)
        #expect(transport.isEnded)
    }

    @Test("a GET that middleware make a HEAD is answered with no body, and says so")
    func made() async throws {
        let app = Application()
        app.use { ctx in
            ctx.method = .head
            ctx.body = "Hello"
        }
        let response = try await app.test.get("/")
        #expect(response.status == 200)
        #expect(response.bytes.isEmpty)
        #expect(response.get("Content-Length") == "0")
    }

    @Test("what is written by hand isn't sent")
    func byHand() async throws {
        let app = Application()
        app.use { ctx in
            ctx.respond = false
            ctx.length = 5
            try await ctx.res.write("He")
            try await ctx.res.end("llo")
        }
        let response = try await app.test.head("/")
        #expect(response.status == 200)
        #expect(response.get("Content-Length") == "5")
        #expect(response.bytes.isEmpty)
        #expect(!response.isBroken)
    }
}
