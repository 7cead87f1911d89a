import Testing

@testable import Koa

@Suite("ctx.query")
struct RequestQueryTests {
    @Test("is empty without a query", arguments: ["/", "/?", "*", "http://example.com"])
    func missing(target: String) {
        let ctx = madeContext(.get, target)
        #expect(ctx.query.isEmpty)
        #expect(ctx.query["a"] == nil)
    }

    @Test("keeps what a middleware changed in it")
    func keepsChanges() {
        let ctx = madeContext(.get, "/")
        ctx.query["a"] = "2"
        #expect(ctx.query["a"] == "2")
        ctx.query.append("a", "3")
        #expect(ctx.request.query.all("a") == ["2", "3"])
    }

    @Test("is the query's names and values, decoded")
    func parsed() {
        let ctx = madeContext(.get, "/?page=2&tag=a&tag=b+c&q=%C3%A9&empty=&%zz=%")
        #expect(ctx.query["page"] == "2")
        #expect(ctx.query.all("tag") == ["a", "b c"])
        #expect(ctx.query["q"] == "é")
        #expect(ctx.query["empty"] == "")
        #expect(ctx.query["%zz"] == "%")
        #expect(ctx.query.keys == ["page", "tag", "q", "empty", "%zz"])
    }

    @Test("replaces the query and the search when it is set")
    func canBeSet() {
        let ctx = madeContext(.get, "/store/shoes?page=1")
        ctx.query = ["page": "2", "color": "blue"]
        #expect(ctx.url == "/store/shoes?page=2&color=blue")
        #expect(ctx.querystring == "page=2&color=blue")
        #expect(ctx.search == "?page=2&color=blue")
        ctx.query = [:]
        #expect(ctx.url == "/store/shoes")
    }

    @Test("changes the URL when it is set, not the original one")
    func keepsTheOriginal() {
        let ctx = madeContext(.get, "/store/shoes")
        ctx.query = ["page": "2"]
        #expect(ctx.url == "/store/shoes?page=2")
        #expect(ctx.originalURL == "/store/shoes")
        #expect(ctx.req.url == "/store/shoes")
    }

    @Test("follows the URL")
    func followsTheURL() {
        let ctx = madeContext(.get, "/?a=1")
        #expect(ctx.query["a"] == "1")
        ctx.url = "/?a=2"
        #expect(ctx.query["a"] == "2")
        ctx.querystring = "a=3"
        #expect(ctx.query["a"] == "3")
        ctx.url = "/?a=1"
        #expect(ctx.query["a"] == "1")
    }

    @Test("encodes what would end the query")
    func encodes() {
        let ctx = madeContext(.get, "/x")
        ctx.query = ["a&b": "c=d#e?f g\r\n"]
        #expect(ctx.url == "/x?a%26b=c%3Dd%23e%3Ff+g%0D%0A")
        #expect(ctx.query["a&b"] == "c=d#e?f g\r\n")
    }
}
