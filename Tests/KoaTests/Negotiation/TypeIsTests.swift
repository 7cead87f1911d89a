import Testing

@testable import Koa

@Suite("TypeIs.match")
struct TypeIsMatchTests {
    @Test(
        "ignores parameters, the space before them, and case",
        arguments: ["text/html; charset=utf-8", "text/html ; charset=utf-8", "text/HTML", "TEXT/html;a=b"]
    )
    func ignores(_ contentType: String) {
        #expect(TypeIs.match(contentType, ["text/*"]) == "text/html")
        #expect(TypeIs.match(contentType, ["html"]) == "html")
    }

    @Test(
        "fails for a content type that is not one",
        arguments: ["text/html**", "bogus", "", "; charset=utf-8", "text/", "text/*", "text/html; charset", "text/a/b"]
    )
    func failsInvalid(_ contentType: String) {
        #expect(TypeIs.match(contentType, ["text/*"]) == nil)
        #expect(TypeIs.match(contentType, ["*/*"]) == nil)
        #expect(TypeIs.match(contentType, []) == nil)
    }

    @Test("fails without a content type")
    func failsAbsent() {
        #expect(TypeIs.match(nil, []) == nil)
        #expect(TypeIs.match(nil, ["image/*"]) == nil)
        #expect(TypeIs.match(nil, ["text/*", "image/*"]) == nil)
    }

    @Test("does not match a type that is not one")
    func invalidExpected() {
        #expect(TypeIs.match("text/html", ["text/html/"]) == nil)
        #expect(TypeIs.match("text/html", [""]) == nil)
        #expect(TypeIs.match("text/html", ["/"]) == nil)
    }

    @Test("given no types, is the type itself")
    func noTypes() {
        #expect(TypeIs.match("image/png", []) == "image/png")
        #expect(TypeIs.match("Image/PNG; q=1", []) == "image/png")
    }

    static let oneType: [(String, String?)] = [
        ("png", "png"), (".png", ".png"), ("image/png", "image/png"), ("image/*", "image/png"), ("*/png", "image/png"),
        ("*/*", "image/png"), ("PNG", "PNG"),
        ("jpeg", nil), (".jpeg", nil), ("image/jpeg", nil), ("text/*", nil), ("*/jpeg", nil),
        ("bogus", nil), ("something/bogus*", nil), ("Image/PNG", nil), ("image/p*", nil),
    ]

    @Test("given one type, is the type or nil", arguments: oneType)
    func checkOneType(_ type: String, _ expected: String?) {
        #expect(TypeIs.match("image/png", [type]) == expected)
    }

    static let manyTypes: [([String], String?)] = [
        (["text/*", "image/*"], "image/png"), (["image/*", "text/*"], "image/png"),
        (["image/*", "image/png"], "image/png"), (["image/png", "image/*"], "image/png"), (["png", "image/*"], "png"),
        (["jpeg", "png"], "png"), (["text/*", "application/*"], nil),
        (["text/html", "text/plain", "application/json"], nil),
    ]

    @Test("given many types, is the first match or nil", arguments: manyTypes)
    func checkManyTypes(_ types: [String], _ expected: String?) {
        #expect(TypeIs.match("image/png", types) == expected)
    }

    static let suffixes: [(String, String?)] = [
        ("+json", "application/vnd+json"), ("application/vnd+json", "application/vnd+json"),
        ("application/*+json", "application/vnd+json"), ("*/vnd+json", "application/vnd+json"),
        ("application/json", nil), ("text/*+json", nil), ("+xml", nil), ("json", nil),
    ]

    @Test("matches a suffix", arguments: suffixes)
    func suffix(_ type: String, _ expected: String?) {
        #expect(TypeIs.match("application/vnd+json", [type]) == expected)
    }

    @Test("does not take +json for application/json")
    func suffixIsNotType() {
        #expect(TypeIs.match("application/json", ["+json"]) == nil)
    }

    @Test("knows urlencoded and multipart")
    func words() {
        let form = "application/x-www-form-urlencoded"
        #expect(TypeIs.match(form, ["urlencoded"]) == "urlencoded")
        #expect(TypeIs.match(form, ["json", "urlencoded"]) == "urlencoded")
        #expect(TypeIs.match(form, ["urlencoded", "json"]) == "urlencoded")
        #expect(TypeIs.match("multipart/form-data; boundary=x", ["multipart/*"]) == "multipart/form-data")
        #expect(TypeIs.match("multipart/form-data; boundary=x", ["multipart"]) == "multipart")
        #expect(TypeIs.match("text/plain", ["multipart", "urlencoded"]) == nil)
    }
}

@Suite("TypeIs.hasBody")
struct TypeIsHasBodyTests {
    @Test("is true with any Transfer-Encoding", arguments: ["chunked", "gzip", ""])
    func transferEncoding(_ value: String) {
        #expect(TypeIs.hasBody(transferEncoding: value, contentLength: nil))
        #expect(TypeIs.hasBody(transferEncoding: value, contentLength: "bogus"))
    }

    @Test("is true with a Content-Length, even 0", arguments: ["1", "0", " 12 ", "99999999999999999999999999"])
    func contentLength(_ value: String) {
        #expect(TypeIs.hasBody(transferEncoding: nil, contentLength: value))
    }

    @Test("is false when it is bogus", arguments: ["bogus", "", " ", "1a", "-", "0x", "1 2", "٣"])
    func bogus(_ value: String) {
        #expect(!TypeIs.hasBody(transferEncoding: nil, contentLength: value))
    }

    @Test("is false without either")
    func neither() {
        #expect(!TypeIs.hasBody(transferEncoding: nil, contentLength: nil))
    }
}

@Suite("TypeIs.normalize and mimeMatch")
struct TypeIsNormalizeTests {
    static let names: [(String, String?)] = [
        ("json", "application/json"), (".html", "text/html"), ("+json", "*/*+json"),
        ("application/json", "application/json"), ("*/*", "*/*"), ("image/*", "image/*"), ("unknown", nil), ("", nil),
        ("urlencoded", "application/x-www-form-urlencoded"), ("multipart", "multipart/*"), ("js", "text/javascript"),
    ]

    @Test("makes media types of names", arguments: names)
    func normalizes(_ name: String, _ expected: String?) {
        #expect(TypeIs.normalize(name) == expected)
    }

    static let matches: [(String, String)] = [
        ("text/html", "text/html"), ("*/html", "text/html"), ("*/html", "application/html"), ("text/*", "text/html"),
        ("text/*", "text/xml"), ("text/*", "text/html+xml"), ("*/*", "text/html"), ("*/*", "text/html+xml"),
        ("*/*+xml", "text/html+xml"), ("text/*+xml", "text/html+xml"), ("*/*+xml", "text/+xml"),
    ]

    @Test("matches", arguments: matches)
    func checkMatches(_ expected: String, _ actual: String) {
        #expect(TypeIs.mimeMatch(expected: expected, actual: actual))
    }

    static let mismatches: [(String?, String)] = [
        (nil, "text/html"), ("text/html", "text/plain"), ("text/html", "text/xml"), ("text/html", "application/html"),
        ("text/html", "text/html+xml"), ("*/html", "text/xml"), ("*/html", "text/html+xml"), ("text/*", "text"),
        ("text/*", "application/xml"), ("*/*+xml", "text/html"), ("*/*+xml", "text/xml"), ("text/html", "text/html/x"),
        ("text/html/x", "text/html"), ("text", "text"), ("text/*+xml", "a/b+xml"),
    ]

    @Test("does not match", arguments: mismatches)
    func checkMismatches(_ expected: String?, _ actual: String) {
        #expect(!TypeIs.mimeMatch(expected: expected, actual: actual))
    }
}
