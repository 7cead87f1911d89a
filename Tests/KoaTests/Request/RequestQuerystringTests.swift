import Testing

@testable import Koa

@Suite("ctx.querystring")
struct RequestQuerystringTests {
    @Test(
        "is what follows the question mark, as it was sent",
        arguments: [
            ("/store/shoes?page=2&color=blue", "page=2&color=blue"), ("/", ""), ("/?", ""), ("/?a?b", "a?b"),
            ("/?%zz+", "%zz+"), ("http://example.com/?x=1", "x=1"), ("http://example.com?x=1", "x=1"),
        ]
    )
    func reads(target: String, expected: String) {
        let ctx = madeContext(.get, target)
        #expect(ctx.querystring == expected)
        #expect(ctx.request.querystring == expected)
    }

    @Test("can be set, with and without a question mark")
    func canBeSet() {
        let ctx = madeContext(.get, "/store/shoes")
        ctx.querystring = "page=2&color=blue"
        #expect(ctx.url == "/store/shoes?page=2&color=blue")
        #expect(ctx.querystring == "page=2&color=blue")
        ctx.querystring = "?page=3"
        #expect(ctx.url == "/store/shoes?page=3")
        ctx.querystring = ""
        #expect(ctx.url == "/store/shoes")
    }

    @Test("updates ctx.search and ctx.query when it is set")
    func updatesOthers() {
        let ctx = madeContext(.get, "/store/shoes?old=1")
        #expect(ctx.query["old"] == "1")
        ctx.querystring = "page=2&color=blue"
        #expect(ctx.search == "?page=2&color=blue")
        #expect(ctx.query["page"] == "2")
        #expect(ctx.query["color"] == "blue")
        #expect(ctx.query["old"] == nil)
    }

    @Test("changes the URL when it is set, not the original one")
    func keepsTheOriginal() {
        let ctx = madeContext(.get, "/store/shoes")
        ctx.querystring = "page=2&color=blue"
        #expect(ctx.url == "/store/shoes?page=2&color=blue")
        #expect(ctx.originalURL == "/store/shoes")
        #expect(ctx.req.url == "/store/shoes")
    }

    @Test("leaves the path alone, and can't bring a fragment into the URL")
    func leavesThePath() {
        let ctx = madeContext(.get, "/login?foo=bar")
        ctx.querystring = "foo=bar"
        #expect(ctx.url == "/login?foo=bar")
        ctx.querystring = "a#b"
        #expect(ctx.path == "/login")
        #expect(ctx.url == "/login?a%23b")
    }

    @Test("of an absolute-form target can be set")
    func absoluteForm() {
        let ctx = madeContext(.get, "http://example.com?x")
        ctx.querystring = "y"
        #expect(ctx.url == "http://example.com/?y")
        #expect(ctx.path == "/")
    }
}

@Suite("ctx.search")
struct RequestSearchTests {
    @Test(
        "is the query with its question mark, empty without one", arguments: [("/?a=1", "?a=1"), ("/", ""), ("/?", "")])
    func reads(target: String, expected: String) {
        #expect(madeContext(.get, target).search == expected)
    }

    @Test("can be set", arguments: ["?page=2&color=blue", "page=2&color=blue"])
    func canBeSet(search: String) {
        let ctx = madeContext(.get, "/store/shoes")
        ctx.search = search
        #expect(ctx.url == "/store/shoes?page=2&color=blue")
        #expect(ctx.search == "?page=2&color=blue")
        #expect(ctx.request.search == "?page=2&color=blue")
    }

    @Test("updates ctx.querystring and ctx.query when it is set")
    func updatesOthers() {
        let ctx = madeContext(.get, "/store/shoes")
        ctx.search = "?page=2&color=blue"
        #expect(ctx.querystring == "page=2&color=blue")
        #expect(ctx.query == ["page": "2", "color": "blue"])
    }

    @Test("changes the URL when it is set, not the original one")
    func keepsTheOriginal() {
        let ctx = madeContext(.get, "/store/shoes")
        ctx.search = "?page=2"
        #expect(ctx.url == "/store/shoes?page=2")
        #expect(ctx.originalURL == "/store/shoes")
        #expect(ctx.req.url == "/store/shoes")
        ctx.search = "?"
        #expect(ctx.url == "/store/shoes")
    }
}
