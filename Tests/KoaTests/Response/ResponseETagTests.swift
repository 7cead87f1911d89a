import Testing

@testable import Koa

@Suite("ctx.etag")
struct ResponseETagTests {
    @Test(
        "adds the quotes when they are missing",
        arguments: [
            ("asdf", "\"asdf\""), ("\"asdf\"", "\"asdf\""), ("W/\"asdf\"", "W/\"asdf\""), ("", "\"\""),
            ("w/a", "\"w/a\""),
        ]
    )
    func quotes(value: String, field: String) {
        let ctx = madeContext()
        ctx.etag = value
        #expect(ctx.response.get("ETag") == field)
        #expect(ctx.etag == field)
    }

    @Test("is nil when it isn't set, and removed by nil")
    func absent() {
        let ctx = madeContext()
        #expect(ctx.etag == nil)
        ctx.etag = "a"
        ctx.response.etag = nil
        #expect(!ctx.has("ETag"))
    }

    @Test("refuses what a header can't carry", arguments: ["a\r\nb", "\u{0}", "日本"])
    func refuses(value: String) async {
        let answer = await answer { ctx in
            ctx.etag = value
            ctx.body = "x"
        }
        #expect(answer.status == 500)
        #expect(answer.headers["ETag"] == nil)
    }
}
