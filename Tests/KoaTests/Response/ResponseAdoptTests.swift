import HTTPTypes
import Testing

@testable import Koa

@Suite("response.adopt(response, body)")
struct ResponseAdoptTests {
    private static let upstream = HTTPResponse(
        status: .created,
        headerFields: HTTPFields(
            [
                ("Content-Type", "text/x-custom"), ("Set-Cookie", "a=1"), ("X-Hello", "world"), ("set-cookie", "b=2"),
                ("Content-Length", "999"), ("Transfer-Encoding", "chunked"), ("Connection", "close"),
            ].compactMap { name, value in HTTPField.Name(name).map { HTTPField(name: $0, value: value) } }
        )
    )

    @Test("answers with its status, its headers and the body")
    func adopts() async {
        let answer = await answer { ctx in ctx.response.adopt(Self.upstream, body: "hello") }
        #expect(answer.status == 201)
        #expect(answer.reason == "Created")
        #expect(answer.text == "hello")
        #expect(answer.type == "text/x-custom")
        #expect(answer.headers["X-Hello"] == "world")
    }

    @Test("keeps several Set-Cookie lines apart")
    func cookies() async {
        let answer = await answer { ctx in ctx.response.adopt(Self.upstream, body: "hello") }
        #expect(answer.headers.all("Set-Cookie") == ["a=1", "b=2"])
    }

    @Test("leaves out the fields of the other connection")
    func connection() async {
        let answer = await answer { ctx in ctx.response.adopt(Self.upstream, body: .stream { try await $0.write("hi") })
        }
        #expect(answer.length == nil)
        #expect(answer.headers["Transfer-Encoding"] == nil)
        #expect(answer.headers["Connection"] == nil)
        #expect(answer.text == "hi")
    }

    @Test("has the default type of the body when the other response has none")
    func defaultType() async {
        let answer = await answer { ctx in
            ctx.response.adopt(HTTPResponse(status: .ok), body: .stream { try await $0.write("hi") })
        }
        #expect(answer.type == "application/octet-stream")
    }

    @Test("keeps the status without a body", arguments: [200, 302, 404, 503])
    func withoutBody(code: Int) async {
        let answer = await answer { ctx in
            var response = HTTPResponse(status: .init(code: code))
            response.headerFields[.location] = "/elsewhere"
            ctx.response.adopt(response, body: nil)
        }
        #expect(answer.status == Status(code))
        #expect(answer.headers["Location"] == "/elsewhere")
        #expect(answer.length == "0")
        #expect(answer.text == "")
    }

    @Test("has no body for a status that has none", arguments: [204, 304])
    func emptyStatus(code: Int) async {
        let answer = await answer { ctx in ctx.response.adopt(HTTPResponse(status: .init(code: code)), body: "x") }
        #expect(answer.status == Status(code))
        #expect(answer.text == "")
    }

    @Test("passes the bytes of a value on as they came")
    func octets() async throws {
        let name = try #require(HTTPField.Name("X-Name"))
        let answer = await answer { ctx in
            var response = HTTPResponse(status: .ok)
            response.headerFields[name] = "日é"
            ctx.response.adopt(response, body: "x")
        }
        #expect(answer.status == 200)
        #expect(answer.headers["X-Name"].flatMap { Latin1.encode($0) } == Array("日é".utf8))
    }

    @Test("refuses a status that can't be sent")
    func invalidStatus() async {
        let answer = await answer { ctx in ctx.response.adopt(HTTPResponse(status: .init(code: 42)), body: "x") }
        #expect(answer.status == 500)
    }
}
