import KoaTesting
import Testing

@testable import Koa

@Suite("ctx.keepOnError")
struct KeepOnErrorTests {
    @Test("the headers that it names survive an error, with all their values, whatever the case")
    func kept() async throws {
        let app = Application(silent: true)
        app.use { ctx, next in
            ctx.keepOnError("access-control-allow-origin", "Link")
            ctx.response.keepOnError("X-Request-Id")
            ctx.set("Access-Control-Allow-Origin", "*")
            ctx.append("Link", "</a>")
            ctx.append("Link", "</b>")
            ctx.set("X-Other", "1")
            try await next()
        }
        app.use { ctx in
            ctx.set("X-Request-Id", "42")
            throw Boom()
        }
        let response = try await app.test.get("/")
        #expect(response.status == 500)
        #expect(response.get("Access-Control-Allow-Origin") == "*")
        #expect(response.headers.all("Link") == ["</a>", "</b>"])
        #expect(response.get("X-Request-Id") == "42")
        #expect(response.get("X-Other") == nil)
    }

    @Test("the error's own value of a kept header wins")
    func errorWins() async throws {
        let app = Application()
        app.use { ctx in
            ctx.keepOnError("Vary")
            ctx.set("Vary", "Origin")
            try ctx.throw(400, headers: ["Vary": "Accept"])
        }
        #expect(try await app.test.get("/").headers.all("Vary") == ["Accept"])
    }

    @Test("it can't keep the length or the type of the body that is not sent")
    func framing() async throws {
        let app = Application()
        app.use { ctx in
            ctx.keepOnError("Content-Length", "Content-Type")
            ctx.body = ["a": 1]
            try ctx.throw(400, "boom")
        }
        let response = try await app.test.get("/")
        #expect(response.headers.all("Content-Length") == ["4"])
        #expect(response.headers.all("Content-Type") == ["text/plain; charset=utf-8"])
        #expect(response.text == "boom")
    }

    @Test("without an error it changes nothing")
    func noError() async throws {
        let app = Application()
        app.use { ctx in
            ctx.keepOnError("X-A")
            ctx.set("X-A", "1")
            ctx.set("X-B", "2")
            ctx.body = "fine"
        }
        let response = try await app.test.get("/")
        #expect(response.get("X-A") == "1")
        #expect(response.get("X-B") == "2")
    }
}
