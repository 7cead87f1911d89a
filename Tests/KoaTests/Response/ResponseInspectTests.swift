import Testing

@testable import Koa

@Suite("response.toJSON() and its description")
struct ResponseInspectTests {
    @Test("are the status, the message and the headers; the description has the body, too")
    func json() {
        let ctx = madeContext()
        ctx.status = 201
        ctx.body = "foo"
        let header: JSON = ["content-type": "text/plain; charset=utf-8", "content-length": "3"]
        var expected: JSON = ["status": 201, "message": "Created", "header": header]
        #expect(ctx.response.toJSON() == expected)
        expected["body"] = "foo"
        #expect(ctx.response.debugDescription == expected.description)
    }

    @Test("tell what kind a body is, not what is in it")
    func bodies() {
        let bodies: [(Body, String)] = [
            (.bytes([1, 2]), "<2 bytes>"), (["a": 1, "b": 2], #"<json object ["a", "b"]>"#),
            (.stream { _ in }, "<stream>"), (.file("/a/b.txt"), "<file /a/b.txt>"), (.json(1), "<json Int>"),
        ]
        for (body, description) in bodies { #expect(body.debugDescription == description) }
    }
}

@Suite("response.socket")
struct ResponseSocketTests {
    @Test("is the request's")
    func isTheRequests() {
        let ctx = madeContext(isSecure: true, peer: "192.0.2.1")
        #expect(ctx.response.socket.remoteAddress == "192.0.2.1")
        #expect(ctx.request.socket.remoteAddress == ctx.response.socket.remoteAddress)
        #expect(ctx.response.socket.encrypted)
        #expect(ctx.socket.writable)
    }
}
