import Testing

@testable import Koa

@Suite("ctx.cookies")
struct ResponseCookiesTests {
    /// Signs by writing a text backwards.
    private struct Backwards: CookieSigner {
        func sign(_ text: String) -> String { String(text.reversed().filter { $0 != "=" }) }
        func index(of signature: String, for text: String) -> Int? { signature == sign(text) ? 0 : nil }
    }

    @Test("sets an unsigned cookie")
    func unsigned() async {
        let answer = await answer { ctx in
            ctx.cookies.set("name", "jon")
            ctx.status = 204
        }
        #expect(answer.headers.all("Set-Cookie") == ["name=jon; path=/; httponly"])
    }

    @Test("reads the request's cookies, not those that were set")
    func reads() async {
        let answer = await answer(headers: ["Cookie": "a=1; name=tobi"]) { ctx in
            ctx.cookies.set("name", "jon")
            ctx.body = .text(ctx.cookies["name"] ?? "")
        }
        #expect(answer.text == "tobi")
    }

    @Test("fails for a signed cookie without keys")
    func withoutKeys() async {
        let answer = await answer { ctx in
            ctx.cookies.set("foo", "bar", .init(signed: true))
            ctx.body = "x"
        }
        #expect(answer.status == 500)
        #expect(answer.headers["Set-Cookie"] == nil)
        #expect(answer.errors.first?.hasPrefix(".keys required for signed cookies") == true)
    }

    @Test("sends a signed cookie with its signature")
    func signed() async {
        let app = Application(silent: true)
        app.signer = Backwards()
        let answer = await answer(app: app) { ctx in
            ctx.cookies.set("name", "jon", .init(signed: true))
            ctx.status = 204
        }
        #expect(
            answer.headers.all("Set-Cookie") == ["name=jon; path=/; httponly", "name.sig=nojeman; path=/; httponly"])
    }

    @Test("is secure as the request is, also behind a believed proxy")
    func secure() async {
        for proxy in [TrustedProxies.none, .all] {
            let answer = await answer(
                headers: ["X-Forwarded-Proto": "https"], app: Application(proxy: proxy, silent: true)
            ) { ctx in
                ctx.cookies.set("name", "jon")
                ctx.status = 204
            }
            let secure = proxy == .all ? "; secure" : ""
            #expect(answer.headers["Set-Cookie"] == "name=jon; path=/\(secure); httponly")
        }
    }

    @Test("can be replaced, with another signer and another view of the connection")
    func replaced() async {
        let answer = await answer { ctx in
            var cookies = ctx.cookies
            cookies.secure = true
            cookies.signer = Backwards()
            ctx.cookies = cookies
            ctx.cookies.set("name", "jon", .init())
            ctx.status = 204
        }
        #expect(
            answer.headers.all("Set-Cookie") == [
                "name=jon; path=/; secure; httponly", "name.sig=nojeman; path=/; secure; httponly",
            ])
    }

    @Test("are gone from an error response, unless kept")
    func error() async {
        for isKept in [true, false] {
            let answer = await answer { ctx in
                ctx.cookies.set("name", "jon")
                if isKept { ctx.keepOnError("Set-Cookie") }
                try ctx.throw(400)
            }
            #expect(answer.headers.has("Set-Cookie") == isKept)
        }
    }
}
