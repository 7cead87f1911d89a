import KoaTesting
import Testing

@testable import Koa

@Suite("Responding with text, bytes and JSON")
struct RespondBodyTests {
    static func get(_ prepare: @escaping @Sendable (Context) -> Void) async throws -> TestResponse {
        let app = Application(silent: true)
        app.use { ctx in prepare(ctx) }
        return try await app.test.get("/")
    }

    @Test("a text is sent as it is")
    func text() async throws {
        let response = try await Self.get { $0.body = "Hello" }
        #expect(response.status == 200)
        #expect(response.text == "Hello")
        #expect(response.get("Content-Length") == "5")
        #expect(response.get("Content-Type") == "text/plain; charset=utf-8")
    }

    @Test("bytes are sent as they are")
    func bytes() async throws {
        let response = try await Self.get { $0.body = .bytes([0, 255, 10, 13]) }
        #expect(response.status == 200)
        #expect(response.bytes == [0, 255, 10, 13])
        #expect(response.get("Content-Type") == "application/octet-stream")
        #expect(response.get("Content-Length") == "4")
    }

    @Test("a dictionary is sent as JSON, in its order")
    func object() async throws {
        let response = try await Self.get { $0.body = ["hello": "world", "a": [1, 2], "b": true] }
        #expect(response.status == 200)
        #expect(response.get("Content-Type") == "application/json; charset=utf-8")
        #expect(response.text == #"{"hello":"world","a":[1,2],"b":true}"#)
        #expect(response.get("Content-Length") == "\(response.bytes.count)")
    }

    @Test("any Encodable value is sent as JSON")
    func encodable() async throws {
        #expect(try await Self.get { $0.body = .json([1, 2, 3]) }.text == "[1,2,3]")
        #expect(try await Self.get { $0.body = .json("text") }.text == #""text""#)
        #expect(try await Self.get { $0.body = .json(false) }.text == "false")
        #expect(try await Self.get { $0.body = .json(0) }.text == "0")
    }

    @Test("a value that can't be encoded is an error")
    func unencodable() async throws {
        let response = try await Self.get { $0.body = .json(RespondHeadTests.Unencodable()) }
        #expect(response.status == 500)
        #expect(response.text == "Internal Server Error")
        #expect(response.type == "text/plain")
    }

    @Test("a type removed by hand isn't sent")
    func noType() async throws {
        let response = try await Self.get { ctx in
            ctx.body = ""
            ctx.type = ""
        }
        #expect(response.status == 200)
        #expect(response.get("Content-Type") == nil)
    }

    @Test("a body set while the status was 304 is sent when the status is 200 in the end")
    func statusAfterBody() async throws {
        let response = try await Self.get { ctx in
            ctx.status = .notModified
            ctx.body = "hello"
            ctx.status = .ok
        }
        #expect(response.status == 200)
        #expect(response.text == "hello")
    }

    @Test("a body isn't sent when the status is 204, 205 or 304 in the end", arguments: [204, 205, 304])
    func emptyStatus(_ code: Int) async throws {
        let response = try await Self.get { ctx in
            ctx.status = .ok
            ctx.body = "hello"
            ctx.set("Content-Type", "text/plain; charset=utf8")
            ctx.status = Status(code)
        }
        #expect(response.status.code == code)
        #expect(response.bytes.isEmpty)
        #expect(response.get("Content-Type") == nil)
    }

    @Test("a body set after 204, 205 or 304 isn't sent", arguments: [204, 205, 304])
    func bodyAfterEmptyStatus(_ code: Int) async throws {
        let response = try await Self.get { ctx in
            ctx.status = Status(code)
            ctx.body = ["hello": "world"]
        }
        #expect(response.status.code == code)
        #expect(response.bytes.isEmpty)
        #expect(response.get("Content-Type") == nil)
    }

    @Test("Content-Length is set with the body unless Transfer-Encoding is")
    func transferEncoding() {
        let ctx = Context.sample()
        ctx.body = "hello world"
        #expect(ctx.response.get("Content-Length") == "11")
        let chunked = Context.sample()
        chunked.set("Transfer-Encoding", "chunked")
        chunked.body = "hello world"
        #expect(!chunked.has("Content-Length"))
    }

    @Test("JSON set after the head was sent by hand follows it")
    func headSentFirst() async throws {
        let response = try await Self.get { ctx in
            ctx.length = 17
            ctx.type = "json"
            ctx.status = .ok
            ctx.flushHeaders()
            ctx.body = ["hello": "world"]
        }
        #expect(response.status == 200)
        #expect(response.type == "application/json")
        #expect(response.get("Content-Length") == "17")
        #expect(response.text == #"{"hello":"world"}"#)
    }
}
