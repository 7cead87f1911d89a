import Testing

@testable import Koa

@Suite("ctx.URL")
struct RequestURLTests {
    @Test("is the request's URL, parsed")
    func parsed() throws {
        let ctx = madeContext(.get, "/a/../b?x=1", headers: ["Host": "Example.com:8080"])
        let url = try #require(ctx.URL)
        #expect(url.href == "http://example.com:8080/b?x=1")
        #expect(url.port == 8080)
        #expect(ctx.request.URL == url)
    }

    @Test(
        "is nil when it can't be parsed",
        arguments: [[:], ["Host": ""], ["Host": "invalid host"], ["Host": "[invalid]"], ["Host": "a:b:c"]] as [Headers]
    )
    func invalid(headers: Headers) {
        let ctx = madeContext(headers: headers)
        #expect(ctx.URL == nil)
        #expect(ctx.URL == nil)
    }

    @Test("is worked out once, from the original target")
    func isCached() {
        let ctx = madeContext(.get, "/a", headers: ["Host": "x"])
        ctx.url = "/b"
        #expect(ctx.URL?.href == "http://x/a")
        ctx.request.headers = ["Host": "y"]
        #expect(ctx.URL?.href == "http://x/a")
    }
}
