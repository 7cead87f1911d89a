import HTTPTypes
import KoaTesting
import Testing

@testable import Koa

@Suite("Responding with another server's response")
struct RespondAdoptTests {
    static func get(_ response: HTTPResponse, _ body: @escaping @Sendable () -> Body?) async throws -> TestResponse {
        let app = Application()
        app.use { ctx in ctx.response.adopt(response, body: body()) }
        return try await app.test.get("/")
    }

    @Test("keeps its status and headers")
    func headers() async throws {
        let response = HTTPResponse(status: .created, headerFields: [.contentType: "text/html", .eTag: #""e""#])
        let reply = try await Self.get(response) { "<p>" }
        #expect(reply.status == 201)
        #expect(reply.get("Content-Type") == "text/html")
        #expect(reply.get("ETag") == #""e""#)
        #expect(reply.text == "<p>")
    }

    @Test("bytes of no type default to octets")
    func octets() async throws {
        let reply = try await Self.get(HTTPResponse(status: .ok)) { .bytes([1, 2]) }
        #expect(reply.get("Content-Type") == "application/octet-stream")
        #expect(reply.bytes == [1, 2])
    }

    @Test("sends JSON, streams and bytes as the body")
    func bodies() async throws {
        let json = HTTPResponse(status: .ok, headerFields: [.contentType: "application/json"])
        #expect(try await Self.get(json) { .text(#"{"a":1}"#) }.type == "application/json")
        let stream = try await Self.get(HTTPResponse(status: .ok)) {
            .stream { writer in
                try await writer.write("a")
                try await writer.write("b")
            }
        }
        #expect(stream.text == "ab")
    }

    @Test("its connection's headers stay behind, several cookies stay several")
    func connectionHeaders() async throws {
        var fields: HTTPFields = [.contentLength: "999", .connection: "close", .transferEncoding: "chunked"]
        fields.append(HTTPField(name: .setCookie, value: "a=1"))
        fields.append(HTTPField(name: .setCookie, value: "b=2"))
        let reply = try await Self.get(HTTPResponse(status: .ok, headerFields: fields)) { "text" }
        #expect(reply.get("Content-Length") == "4")
        #expect(reply.get("Connection") == nil)
        #expect(reply.get("Transfer-Encoding") == nil)
        #expect(reply.headers.all("Set-Cookie") == ["a=1", "b=2"])
    }
}
