import Testing

@testable import Koa

@Suite("ctx.back(alternative)")
struct ResponseBackTests {
    private func location(
        _ referer: String?, to alternative: String = "/", host: String = "example.com", isSecure: Bool = false
    ) -> String? {
        var headers: Headers = ["Host": host]
        if let referer { headers.set("Referer", referer) }
        let ctx = madeContext(.get, "/somewhere", headers: headers, isSecure: isSecure)
        ctx.back(alternative)
        return ctx.response.get("Location")
    }

    @Test("redirects to the Referer, by either spelling, when it is of this origin")
    func referer() {
        #expect(location("/login") == "/login")
        #expect(location("http://example.com/login?a=b") == "http://example.com/login?a=b")
        let ctx = madeContext(headers: ["Host": "example.com", "Referrer": "/login"])
        ctx.back()
        #expect(ctx.response.get("Location") == "/login")
        #expect(ctx.status == 302)
    }

    @Test("takes the scheme's own port for none")
    func defaultPort() {
        #expect(location("http://example.com:80/a", to: "/alt") == "http://example.com/a")
        #expect(location("http://example.com/a", to: "/alt", host: "example.com:80") == "http://example.com/a")
        #expect(location("http://example.com:8080/a", host: "example.com:8080") == "http://example.com:8080/a")
    }

    @Test("redirects to the alternative without a Referer, to / without both")
    func alternative() {
        #expect(location(nil, to: "/index.html") == "/index.html")
        #expect(location(nil) == "/")
        #expect(location("", to: "/index.html") == "/index.html")
    }

    @Test(
        "redirects to the alternative when the Referer is of another origin or scheme",
        arguments: [
            "https://example.com/x", "http://other.com/x", "http://example.com.evil.com/", "http://example.com:81/",
            "http://sub.example.com/", "ftp://example.com/", "javascript:alert(1)", "data:text/html,x",
            "http://example.com@evil.com/", "http://evil.com\\@example.com/", "http://evil.com#@example.com/",
        ]
    )
    func otherOrigin(referer: String) {
        #expect(location(referer, to: "/alt") == "/alt")
    }

    @Test(
        "never leaves this origin by a path",
        arguments: [
            "//evil.com", "//example.com/x", "/\\evil.com", "\\\\evil.com", "\\/evil.com", "/\t/evil.com",
            "\t//evil.com",
        ]
    )
    func path(referer: String) {
        #expect(location(referer, to: "/alt") == "/alt")
    }

    @Test(
        "takes a Referer that is no URL for none, and never fails",
        arguments: [
            "http://", "http://[::1", "http://a b/", "http://%zz/", "nonsense", "?", "#", "http://example.com:99999/",
            "é",
        ]
    )
    func invalid(referer: String) async {
        let answer = await answer(headers: ["Host": "example.com", "Referer": referer]) { ctx in ctx.back("/alt") }
        #expect(answer.status == 302)
        #expect(answer.headers["Location"] == "/alt")
        #expect(answer.errors.isEmpty)
    }

    @Test("takes no Referer for its own when the request has no valid host", arguments: ["", "a b", "[x"])
    func withoutHost(host: String) {
        #expect(location("http://example.com/x", to: "/alt", host: host) == "/alt")
    }

    @Test("compares with the scheme that the client used")
    func secure() {
        #expect(location("https://example.com/x", isSecure: true) == "https://example.com/x")
        #expect(location("http://example.com/x", to: "/alt", isSecure: true) == "/alt")
    }

    @Test("refuses an alternative as ctx.redirect does")
    func alternativeIsChecked() {
        #expect(koaErrorCode { try madeContext().response.setBack("javascript:alert(1)") } == .unsafeRedirect)
    }
}
