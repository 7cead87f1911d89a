import HTTPTypes
import Testing

@testable import Koa

@Suite("ctx.idempotent")
struct RequestIdempotentTests {
    @Test(
        "is true for GET, HEAD, PUT, DELETE, OPTIONS and TRACE",
        arguments: ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"])
    func idempotent(name: String) throws {
        let method = try #require(HTTPRequest.Method(name))
        #expect(madeContext(method).idempotent)
    }

    @Test("is false for others", arguments: ["POST", "PATCH", "CONNECT", "get", "PURGE"])
    func others(name: String) throws {
        let method = try #require(HTTPRequest.Method(name))
        #expect(!madeContext(method).request.idempotent)
    }

    @Test("follows a method that a middleware set")
    func followsTheMethod() {
        let ctx = madeContext(.post)
        ctx.method = .put
        #expect(ctx.idempotent)
        #expect(ctx.method == "PUT")
        #expect(ctx.method != "POST")
        #expect(ctx.req.method == .post)
    }
}
