import Testing

@testable import Koa

@Suite("ctx.append(name, value)")
struct ResponseAppendTests {
    @Test("adds a line beside those that are there")
    func adds() {
        let ctx = madeContext()
        ctx.append("x-foo", "bar1")
        ctx.append("X-Foo", "bar2")
        #expect(ctx.response.headers.all("x-foo") == ["bar1", "bar2"])
        #expect(ctx.response.get("X-FOO") == "bar1, bar2")
    }

    @Test("takes several values at once")
    func several() {
        let ctx = madeContext()
        ctx.append("Set-Cookie", ["foo=bar", "fizz=buzz"])
        ctx.append("Set-Cookie", "hi=again")
        #expect(ctx.response.headers.all("Set-Cookie") == ["foo=bar", "fizz=buzz", "hi=again"])
        ctx.append("X-None", [])
        #expect(!ctx.has("X-None"))
    }

    @Test("gives way to ctx.set")
    func isResetBySet() {
        let ctx = madeContext()
        ctx.append("Link", "<http://localhost/>")
        ctx.append("Link", "<http://localhost:80/>")
        ctx.set("Link", "<http://127.0.0.1/>")
        #expect(ctx.response.headers.all("Link") == ["<http://127.0.0.1/>"])
    }

    @Test("adds to what ctx.set set")
    func addsToSet() {
        let ctx = madeContext()
        ctx.set("Link", "<http://localhost/>")
        ctx.append("Link", "<http://localhost:80/>")
        #expect(ctx.response.headers.all("Link") == ["<http://localhost/>", "<http://localhost:80/>"])
    }

    @Test("sends each value as a line of its own")
    func sendsLines() async {
        let answer = await answer { ctx in
            ctx.append("Link", ["</a>", "</b>"])
            ctx.body = "x"
        }
        #expect(answer.headers.all("Link") == ["</a>", "</b>"])
    }

    @Test("adds all of its values or none")
    func isWhole() {
        let ctx = madeContext()
        #expect(koaErrorCode { try ctx.response.appendHeader("Link", ["ok", "bad\r\n"]) } == .invalidHeader)
        #expect(!ctx.has("Link"))
    }
}
