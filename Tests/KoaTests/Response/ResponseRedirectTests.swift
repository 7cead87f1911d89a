import Testing

@testable import Koa

@Suite("ctx.redirect(url)")
struct ResponseRedirectTests {
    private func redirected(_ url: String, accept: String = "text/plain") -> Context {
        let ctx = madeContext(headers: ["Accept": accept])
        ctx.redirect(url)
        return ctx
    }

    @Test("sends the client to the URL, by 302")
    func found() {
        let ctx = redirected("http://google.com")
        #expect(ctx.response.get("Location") == "http://google.com/")
        #expect(ctx.status == 302)
    }

    @Test(
        "writes an http URL as browsers read it",
        arguments: [
            ("http://google.com\\@apple.com", "http://google.com/@apple.com"),
            ("HTTP://google.com\\@apple.com", "http://google.com/@apple.com"),
            ("https://Example.COM:443/a/../b", "https://example.com/b"),
            ("http://google.com/😓", "http://google.com/%F0%9F%98%93"),
            ("http://a/\r\nX: y", "http://a/X:%20y"),
        ]
    )
    func normalises(url: String, expected: String) {
        #expect(redirected(url).response.get("Location") == expected)
    }

    @Test(
        "encodes in a path what a header can't carry, and leaves escapes alone",
        arguments: [
            ("/a b", "/a%20b"), ("/é/😓", "/%C3%A9/%F0%9F%98%93"), ("/a%20b", "/a%20b"), ("/100%", "/100%25"),
            ("/a\r\nSet-Cookie: x=1", "/a%0D%0ASet-Cookie:%20x=1"), ("/a\u{0}", "/a%00"), ("//host/x", "//host/x"),
            ("login", "login"), ("?a=b", "?a=b"), ("#top", "#top"), ("/a:b", "/a:b"), ("", ""), ("..", ".."),
        ]
    )
    func paths(url: String, expected: String) {
        let ctx = redirected(url)
        #expect(ctx.response.get("Location") == expected)
        #expect(ctx.status == 302)
    }

    @Test("answers in HTML where that is accepted, with the URL escaped")
    func html() {
        let ctx = redirected("http://google.com", accept: "text/html")
        #expect(ctx.response.get("Content-Type") == "text/html; charset=utf-8")
        #expect(ctx.body?.text == "Redirecting to http://google.com/.")
        let script = redirected("/<script>\"'&", accept: "text/html")
        #expect(script.body?.text == "Redirecting to /&lt;script&gt;&quot;&#39;&amp;.")
    }

    @Test("answers in text otherwise")
    func text() {
        let ctx = redirected("http://google.com")
        #expect(ctx.response.get("Content-Type") == "text/plain; charset=utf-8")
        #expect(ctx.body?.text == "Redirecting to http://google.com/.")
    }

    @Test("keeps a status that redirects", arguments: [300, 301, 302, 303, 305, 307, 308] as [Status])
    func keepsTheStatus(status: Status) {
        let ctx = madeContext()
        ctx.status = status
        ctx.redirect("/a")
        #expect(ctx.status == status)
    }

    @Test("replaces any other status", arguments: [200, 304, 404, 306, 500, 204] as [Status])
    func replacesTheStatus(status: Status) {
        let ctx = madeContext(headers: ["Accept": "text/plain"])
        ctx.status = status
        ctx.redirect("http://google.com")
        #expect(ctx.status == 302)
        #expect(ctx.body?.text == "Redirecting to http://google.com/.")
    }

    @Test("overwrites the type")
    func overwritesTheType() {
        let ctx = madeContext(headers: ["Accept": "text/plain"])
        ctx.body = [:]
        #expect(ctx.type == "application/json")
        ctx.redirect("http://google.com")
        #expect(ctx.type == "text/plain")
        #expect(ctx.body?.text == "Redirecting to http://google.com/.")
    }

    @Test(
        "refuses other schemes than http and https",
        arguments: [
            "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "\u{1}javascript:alert(1)",
            "java\tscript:alert(1)", "java\r\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
            "mailto:a@b.c", "custom+app://x", "ftp://a/",
        ]
    )
    func refusesSchemes(url: String) async {
        #expect(koaErrorCode { try madeContext().response.setRedirect(url) } == .unsafeRedirect)
        let answer = await answer { ctx in ctx.redirect(url) }
        #expect(answer.status == 500)
        #expect(answer.headers["Location"] == nil)
        #expect(answer.errors.count == 1)
    }

    @Test(
        "refuses an http URL that can't be parsed",
        arguments: ["http://", "http://a b", "https://[::1", "http://a:99999"])
    func refusesInvalid(url: String) async {
        #expect(koaErrorCode { try madeContext().response.setRedirect(url) } == .unsafeRedirect)
        #expect(await answer { ctx in ctx.redirect(url) }.status == 500)
    }
}
