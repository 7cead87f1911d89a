import HTTPTypes
import Testing

@testable import Koa

@Suite("ctx.get(name)")
struct RequestGetTests {
    @Test("is a field's value, whatever the name's case, and empty without one")
    func reads() {
        let ctx = madeContext(headers: ["Host": "http://google.com", "X-Empty": ""])
        #expect(ctx.get("HOST") == "http://google.com")
        #expect(ctx.get("Host") == "http://google.com")
        #expect(ctx.get("host") == "http://google.com")
        #expect(ctx.get("X-Empty") == "")
        #expect(ctx.get("X-None") == "")
        #expect(ctx.get("") == "")
        #expect(ctx.get(HTTPField.Name.userAgent) == "")
    }

    @Test("takes Referer and Referrer for one, the two r first")
    func referer() {
        #expect(madeContext(headers: ["Referer": "http://a/"]).get("Referrer") == "http://a/")
        #expect(madeContext(headers: ["Referrer": "http://b/"]).get("referer") == "http://b/")
        #expect(madeContext(headers: ["Referer": "http://a/", "Referrer": "http://b/"]).get("REFERER") == "http://b/")
        #expect(madeContext(headers: ["Referer": "http://a/"]).get(HTTPField.Name.referer) == "http://a/")
        #expect(madeContext().get("Referrer") == "")
    }

    @Test(
        "joins several lines of a name, and takes the first of a field that can stand only once",
        arguments: [
            ("Accept", "a, b"), ("X-Any", "a, b"), ("Cookie", "a; b"), ("Content-Type", "a"), ("Host", "a"),
            ("User-Agent", "a"), ("Authorization", "a"), ("X-Forwarded-For", "a, b"),
        ]
    )
    func joins(name: String, value: String) {
        let ctx = madeContext(headers: Headers([(name, "a"), ("X-Between", "-"), (name.lowercased(), "b")]))
        #expect(ctx.get(name) == value)
        #expect(ctx.req.headers.all(name) == ["a", "b"])
    }

    @Test("joins in the same way when a middleware replaced the headers")
    func joinsReplaced() {
        let ctx = madeContext(headers: Headers([("Cookie", "a=1"), ("Cookie", "b=2"), ("Host", "x"), ("Host", "y")]))
        ctx.request.headers["X-Added"] = "1"
        #expect(ctx.get("Cookie") == "a=1; b=2")
        #expect(ctx.cookies["b"] == "2")
        #expect(ctx.host == "x")
        #expect(ctx.get("X-Added") == "1")
        #expect(ctx.get("X-None") == "")
    }
}
