import Testing

@testable import Koa

@Suite("ctx.path")
struct RequestPathTests {
    @Test(
        "is the target up to the query, as it was sent",
        arguments: [
            ("/login?next=/dashboard", "/login"), ("/", "/"), ("/?", "/"), ("//evil.com/x?y", "//evil.com/x"),
            ("/a%2Fb/../c//d", "/a%2Fb/../c//d"), ("*", "*"), ("/a?b?c", "/a"), ("/é", "/é"), ("", ""),
            ("http://example.com/foo?x", "/foo"), ("http://example.com", "/"), ("http://example.com?x=1", "/"),
            ("httpx", "httpx"), ("http:/a", "http:/a"),
        ]
    )
    func reads(target: String, path: String) {
        let ctx = madeContext(.get, target)
        #expect(ctx.path == path)
        #expect(ctx.request.path == path)
    }

    @Test("can be set, and the query stays")
    func canBeSet() {
        let ctx = madeContext(.get, "/login?next=/dashboard")
        ctx.path = "/logout"
        #expect(ctx.path == "/logout")
        #expect(ctx.url == "/logout?next=/dashboard")
        #expect(ctx.query["next"] == "/dashboard")
    }

    @Test("changes the URL when it is set, not the original one")
    func keepsTheOriginal() {
        let ctx = madeContext(.get, "/login")
        ctx.path = "/logout"
        #expect(ctx.url == "/logout")
        #expect(ctx.originalURL == "/login")
        #expect(ctx.request.originalURL == "/login")
        #expect(ctx.req.url == "/login")
    }

    @Test("is read anew from a URL that is rewritten afterwards")
    func isReadAnew() {
        let ctx = madeContext(.get, "/login?foo=bar")
        ctx.path = "/login"
        #expect(ctx.url == "/login?foo=bar")
        ctx.url = "/other?a"
        #expect(ctx.path == "/other")
        #expect(ctx.querystring == "a")
    }

    @Test("can't bring a query or a fragment into the URL")
    func encodesDelimiters() {
        let ctx = madeContext(.get, "/a?b=1")
        ctx.path = "/x?admin=1#y"
        #expect(ctx.url == "/x%3Fadmin=1%23y?b=1")
        #expect(ctx.path == "/x%3Fadmin=1%23y")
        #expect(ctx.querystring == "b=1")
    }

    @Test("keeps the origin of an absolute-form target when it is set")
    func absoluteForm() {
        let ctx = madeContext(.get, "http://example.com/a?b")
        ctx.path = "/c"
        #expect(ctx.url == "http://example.com/c?b")
        #expect(ctx.path == "/c")
    }

    @Test(
        "never becomes a part of the host's name, though it has no slash", arguments: ["x.evil.com", "", "@evil.com"])
    func keepsTheHost(path: String) {
        let ctx = madeContext(.get, "http://example.com/a?b")
        ctx.path = path
        #expect(ctx.url == "http://example.com/\(path)?b")
        #expect(ctx.path == "/" + path)
    }
}
