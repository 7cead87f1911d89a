import Testing

@testable import Koa

@Suite("ctx.cookies")
struct ContextCookiesTests {
    static func serve(
        _ app: Application = Application(silent: true),
        isSecure: Bool = false,
        headers: Headers = [:],
        _ prepare: @escaping @Sendable (Context) throws -> Void
    ) async -> RequestHandler.Reply {
        app.use { ctx in
            try prepare(ctx)
            if ctx.body == nil { ctx.status = .noContent }
        }
        return await app.callback()(.init(method: .get, target: "/", headers: headers, isSecure: isSecure))
    }

    @Test("sets an unsigned cookie")
    func unsigned() async {
        let reply = await Self.serve { $0.cookies.set("name", "jon") }
        #expect(reply.status == 204)
        #expect(reply.headers.all("Set-Cookie") == ["name=jon; path=/; httponly"])
    }

    @Test("a signed cookie without keys is an error")
    func noKeys() async {
        let reply = await Self.serve { $0.cookies.set("foo", "bar", .init(signed: true)) }
        #expect(reply.status == 500)
        #expect(reply.headers["Set-Cookie"] == nil)
    }

    @Test("with keys, a cookie with options has its signature beside it")
    func signed() async {
        let app = Application()
        app.signer = TestSigner(keys: ["a", "b"])
        let reply = await Self.serve(app) { $0.cookies.set("name", "jon", .init(signed: true)) }
        #expect(reply.status == 204)
        let lines = reply.headers.all("Set-Cookie")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("name=jon;") == true)
        #expect(lines.last?.hasPrefix("name.sig=\(TestSigner(keys: ["a"]).sign("name=jon"));") == true)
    }

    @Test("a signature is verified with the application's keys")
    func verified() async {
        let app = Application()
        app.signer = TestSigner(keys: ["a"])
        let signature = TestSigner(keys: ["a"]).sign("name=jon")
        let good: Headers = ["Cookie": "name=jon; name.sig=\(signature)"]
        let reply = await Self.serve(app, headers: good) { ctx in
            ctx.body = .text(try ctx.cookies.get("name", signed: true) ?? "-")
        }
        #expect(String(buffer: reply.body) == "jon")
    }

    @Test("cookies are secure when the request is", arguments: [true, false])
    func secure(isSecure: Bool) async {
        let reply = await Self.serve(isSecure: isSecure) { $0.cookies.set("name", "jon") }
        #expect(reply.headers["Set-Cookie"]?.contains("; secure") == isSecure)
    }

    @Test("a believed proxy's protocol makes them secure")
    func secureByProxy() async {
        let headers: Headers = ["X-Forwarded-Proto": "https"]
        let reply = await Self.serve(Application(proxy: true), headers: headers) { $0.cookies.set("name", "jon") }
        #expect(reply.headers["Set-Cookie"]?.contains("; secure") == true)
    }

    @Test("what stands for secure and for the signer can be overridden for one context")
    func overridden() async {
        let app = Application()
        app.signer = TestSigner(keys: ["a"])
        let reply = await Self.serve(app) { ctx in
            ctx.cookies.secure = true
            ctx.cookies.signer = TestSigner(keys: ["own"])
            ctx.cookies.set("name", "jon", .init(signed: true))
        }
        let lines = reply.headers.all("Set-Cookie")
        #expect(lines.first == "name=jon; path=/; secure; httponly")
        #expect(lines.last?.contains(TestSigner(keys: ["own"]).sign("name=jon")) == true)
    }

    @Test("a whole jar can be put in place")
    func replaced() {
        let ctx = Context.sample()
        var jar = ctx.cookies
        jar.secure = true
        ctx.cookies = jar
        ctx.cookies.set("a", "1")
        #expect(ctx.response.get("Set-Cookie") == "a=1; path=/; secure; httponly")
    }

    @Test("reads what the client sent, not what was set")
    func reads() async {
        let reply = await Self.serve(headers: ["Cookie": "a=1; b=2"]) { ctx in
            ctx.cookies["a"] = "changed"
            ctx.body = .text("\(ctx.cookies["a"] ?? "-")\(ctx.cookies["b"] ?? "-")\(ctx.cookies["c"] ?? "-")")
        }
        #expect(String(buffer: reply.body) == "12-")
    }
}
