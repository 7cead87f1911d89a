import Testing

@testable import Koa

@Suite("ctx.origin")
struct RequestOriginTests {
    @Test("is the Origin field, whatever the URL is, and nil without one")
    func reads() {
        let ctx = madeContext(.get, "/users/1", headers: ["Host": "localhost", "Origin": "http://localhost"])
        #expect(ctx.origin == "http://localhost")
        ctx.url = "/foo/users/1?next=/dashboard"
        #expect(ctx.request.origin == "http://localhost")
        #expect(madeContext(headers: ["Host": "localhost"]).origin == nil)
        #expect(madeContext(headers: ["Origin": "null"]).origin == "null")
    }
}
