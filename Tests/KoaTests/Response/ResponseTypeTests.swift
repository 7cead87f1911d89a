import Testing

@testable import Koa

@Suite("ctx.type")
struct ResponseTypeTests {
    @Test(
        "takes media types and extensions, and adds the default charset unless one is given",
        arguments: [
            ("text/plain", "text/plain; charset=utf-8"), ("json", "application/json; charset=utf-8"),
            (".html", "text/html; charset=utf-8"), ("png", "image/png"), ("text/html", "text/html; charset=utf-8"),
            ("text/html; charset=foo", "text/html; charset=foo"), ("image/png", "image/png"),
            ("application/vnd.api+json", "application/vnd.api+json"), ("x/y", "x/y"), ("xml", "application/xml"),
            ("report.pdf", "application/pdf"),
        ]
    )
    func sets(value: String, field: String) {
        let ctx = madeContext()
        ctx.type = value
        #expect(ctx.response.get("Content-Type") == field)
    }

    @Test("removes the field for what it doesn't know", arguments: ["asdf", "", ".", "no such type"])
    func unknown(value: String) {
        let ctx = madeContext()
        ctx.type = "text"
        ctx.type = value
        #expect(!ctx.has("Content-Type"))
    }

    @Test(
        "is the media type without its parameters, empty without one",
        arguments: [
            (nil, ""), ("application/json; charset=utf8", "application/json"), ("text/html", "text/html"),
            ("application/vnd.api+json", "application/vnd.api+json"), (";x", ""),
        ] as [(String?, String)]
    )
    func reads(field: String?, type: String) {
        let ctx = madeContext()
        if let field { ctx.set("Content-Type", field) }
        #expect(ctx.type == type)
        #expect(ctx.response.type == type)
    }
}

@Suite("response.is(type)")
struct ResponseIsTests {
    private func of(_ type: String) -> Response {
        let ctx = madeContext()
        ctx.type = type
        return ctx.response
    }

    @Test("ignores parameters")
    func parameters() {
        #expect(of("text/html; charset=utf-8").is("text/*") == "text/html")
    }

    @Test("is nil without a type")
    func withoutType() {
        let response = madeContext().response
        #expect(response.is() == nil)
        #expect(response.is("html") == nil)
    }

    @Test("without types is the type itself")
    func noTypes() {
        #expect(of("text/html; charset=utf-8").is() == "text/html")
    }

    @Test(
        "of one type is that type when it matches, the actual one for a pattern",
        arguments: [
            ("png", "png"), (".png", ".png"), ("image/png", "image/png"), ("image/*", "image/png"),
            ("*/png", "image/png"), ("jpeg", nil), ("image/jpeg", nil), ("text/*", nil),
        ] as [(String, String?)]
    )
    func oneType(type: String, expected: String?) {
        #expect(of("image/png").is(type) == expected)
    }

    @Test("of several is the first that matches")
    func severalTypes() {
        let png = of("image/png")
        #expect(png.is("text/*", "image/*") == "image/png")
        #expect(png.is(["image/png", "image/*"]) == "image/png")
        #expect(png.is("jpeg", "text/*") == nil)
        #expect(of("application/x-www-form-urlencoded").is("json", "urlencoded") == "urlencoded")
    }
}
