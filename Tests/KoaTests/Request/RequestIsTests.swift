import HTTPTypes
import Testing

@testable import Koa

@Suite("ctx.is(type)")
struct RequestIsTests {
    private func of(_ type: String?, _ more: Headers = ["Transfer-Encoding": "chunked"]) -> Context {
        var headers = more
        if let type { headers.set("Content-Type", type) }
        return madeContext(.post, headers: headers)
    }

    @Test("ignores parameters")
    func ignoresParameters() {
        #expect(of("text/html; charset=utf-8").is("text/*") == "text/html")
    }

    @Test("is nil without a body", arguments: [[:], ["Content-Length": "x"]] as [Headers])
    func withoutBody(headers: Headers) {
        #expect(of("text/html", headers).is() == nil)
        #expect(of("text/html", headers).is("*/*") == nil)
    }

    @Test("takes a body of length 0 for one")
    func emptyBody() {
        #expect(of("text/html", ["Content-Length": "0"]).is("html") == "html")
    }

    @Test(
        "is nil without a content type, and for one that is malformed",
        arguments: [nil, "", "text", "text/html**", "/"])
    func withoutType(type: String?) {
        #expect(of(type).is() == nil)
        #expect(of(type).is("text/*") == nil)
        #expect(of(type).is(["image/*", "text/html"]) == nil)
    }

    @Test("without types is the content type itself")
    func noTypes() {
        #expect(of("image/png").is() == "image/png")
        #expect(of("Image/PNG; x=1").request.is() == "image/png")
    }

    @Test(
        "of one type is that type when it matches, the actual one for a pattern",
        arguments: [
            ("png", "png"), (".png", ".png"), ("image/png", "image/png"), ("image/*", "image/png"),
            ("*/png", "image/png"), ("*/*", "image/png"), ("jpeg", nil), (".jpeg", nil), ("image/jpeg", nil),
            ("text/*", nil), ("*/jpeg", nil), ("", nil), ("nonsense", nil),
        ] as [(String, String?)]
    )
    func oneType(type: String, expected: String?) {
        #expect(of("image/png").is(type) == expected)
        #expect(of("image/png").request.is([type]) == expected)
    }

    @Test("of several is the first that matches")
    func severalTypes() {
        let ctx = of("image/png")
        #expect(ctx.is("png") == "png")
        #expect(ctx.is("text/*", "image/*") == "image/png")
        #expect(ctx.is("image/*", "text/*") == "image/png")
        #expect(ctx.is("image/*", "image/png") == "image/png")
        #expect(ctx.is("image/png", "image/*") == "image/png")
        #expect(ctx.is(["text/*", "image/*"]) == "image/png")
        #expect(ctx.is(["image/png", "image/*"]) == "image/png")
        #expect(ctx.request.is("jpeg", "text/*") == nil)
        #expect(ctx.is(["jpeg", "text/*", "image/jpeg"]) == nil)
    }

    @Test("knows urlencoded, multipart and suffixes by their words")
    func words() {
        let form = of("application/x-www-form-urlencoded")
        #expect(form.is("urlencoded") == "urlencoded")
        #expect(form.is("json", "urlencoded") == "urlencoded")
        #expect(form.is("urlencoded", "json") == "urlencoded")
        #expect(of("multipart/form-data; boundary=a").is("multipart") == "multipart")
        #expect(of("application/vnd.api+json").is("+json") == "application/vnd.api+json")
    }
}
