import Testing

@testable import Koa

@Suite("ctx.href")
struct RequestHrefTests {
    @Test("is the request's whole URL as the client asked for it, whatever a middleware rewrote")
    func whole() {
        let ctx = madeContext(.get, "/users/1?next=/dashboard", headers: ["Host": "localhost"])
        #expect(ctx.href == "http://localhost/users/1?next=/dashboard")
        ctx.url = "/foo/users/1?next=/dashboard"
        #expect(ctx.href == "http://localhost/users/1?next=/dashboard")
        #expect(ctx.request.href == ctx.href)
    }

    @Test("is the target when that is a whole URL", arguments: ["http://example.com/foo", "HTTPS://example.com/foo?a"])
    func absoluteForm(target: String) {
        #expect(madeContext(.get, target, headers: ["Host": "other.com"]).href == target)
    }

    @Test("has the scheme and host that a believed proxy tells")
    func proxied() {
        let headers: Headers = ["Host": "inner", "X-Forwarded-Host": "outer.com", "X-Forwarded-Proto": "https"]
        #expect(madeContext(.get, "/a", headers: headers).href == "http://inner/a")
        #expect(madeContext(.get, "/a", headers: headers, app: Application(proxy: true)).href == "https://outer.com/a")
        #expect(madeContext(.get, "/a", headers: headers, isSecure: true).href == "https://inner/a")
    }
}
