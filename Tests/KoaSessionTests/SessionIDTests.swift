import KoaMiddleware
import KoaSession
import KoaTesting
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("the id of a session")
struct SessionIDTests {
    private let store = MemorySessionStore()

    /// A request of the same browser within another one.
    private static func visit(_ path: String, _ ctx: Context) async throws {
        _ = try await ctx.app.test.get(path, headers: ["Cookie": ctx.get("Cookie")])
    }

    private func handle(_ ctx: Context) async throws {
        switch ctx.path {
        case "/begin": ctx.session.replace(with: ["a": 1])
        case "/other": ctx.session["other"] = true
        case "/out": ctx.session.destroy()
        case "/bye":
            ctx.session.destroy()
            ctx.session.flash("notice", "Bye")
        case "/login":
            ctx.session["user"] = "tobi"
            try await Self.visit("/other", ctx)
            try await ctx.session.regenerate()
        case "/login-out":
            ctx.session["user"] = "tobi"
            try await Self.visit("/out", ctx)
            try await ctx.session.regenerate()
        case "/slow":
            ctx.session["slow"] = true
            try await Self.visit("/login", ctx)
        default: break
        }
        ctx.body = .json(ctx.session)
    }

    @Test("that regenerate() makes keeps what another request has saved meanwhile")
    func regenerateMerges() async throws {
        let site = Site(store: store) { ctx, _ in try await handle(ctx) }
        let browser = site.browser
        _ = try await browser.get("/begin")
        #expect(try await browser.get("/login").text == #"{"a":1,"other":true,"user":"tobi"}"#)
        #expect(try await browser.get("/").text == #"{"a":1,"other":true,"user":"tobi"}"#)
        #expect(store.count == 1)
    }

    @Test("doesn't change when another request has changed the session, where that is to be refused")
    func regenerateRefuses() async throws {
        var options = SessionOptions()
        options.onConflict = .refuse
        let site = Site(options, store: store) { ctx, _ in try await handle(ctx) }
        let browser = site.browser
        let id = try await browser.get("/begin").value()
        #expect(try await browser.get("/login").status == 409)
        #expect(browser.cookies["koa.sess"] == id)
        #expect(try await browser.get("/").text == #"{"a":1,"other":true}"#)
    }

    @Test("is a login's own, also when another request has destroyed the session meanwhile")
    func regenerateAfterDestroy() async throws {
        let site = Site(store: store) { ctx, _ in try await handle(ctx) }
        let browser = site.browser
        _ = try await browser.get("/begin")
        _ = try await browser.get("/login-out")
        #expect(try await browser.get("/").text == #"{"a":1,"user":"tobi"}"#)
    }

    @Test("that a parallel login has changed isn't taken from the browser by the request that still ran")
    func parallelLogin() async throws {
        let site = Site(store: store) { ctx, _ in try await handle(ctx) }
        let browser = site.browser
        _ = try await browser.get("/begin")
        #expect(try await browser.get("/slow").cookieLines == [])
    }

    @Test("isn't the old one for what is set behind destroy()")
    func beginsAnew() async throws {
        let site = Site(store: store) { ctx, _ in try await handle(ctx) }
        let browser = site.browser
        let old = try #require(await browser.get("/begin").value())
        let new = try #require(await browser.get("/bye").value())
        #expect(new != old)
        #expect(await store.load(old, at: start) == nil)
        #expect(try await browser.get("/").text == #"{"flash":{"notice":["Bye"]}}"#)
    }

    @Test("takes the secret of csrf() with it when it changes")
    func csrfSecret() async throws {
        let app = Application()
        app.keys = ["a"]
        app.silent = true
        app.use(session(store: store))
        app.use(csrf(store: .session))
        app.use { ctx in
            if ctx.path == "/login" { try await ctx.session.regenerate() }
            ctx.body = .text(try ctx.csrfToken)
        }
        let browser = app.test.keepingCookies()
        let planted = try await browser.get("/").text
        let page = try await browser.post("/login", headers: ["X-CSRF-Token": planted]).text
        #expect(try await browser.post("/", headers: ["X-CSRF-Token": planted]).status == 403)
        #expect(try await browser.post("/", headers: ["X-CSRF-Token": page]).status == 200)
    }

    @Test(
        "stays as it was for a request whose regenerate() fails, which saves nothing",
        arguments: ["save", "destroy", "load"])
    func regenerateFails(_ call: String) async throws {
        var failing = FailingStore(failing: [])
        failing.store = store
        let site = Site(store: failing) { ctx, _ in ctx.session.replace(with: ["a": 1]) }
        let first = try await site.app.test.get("/")
        let old = try #require(first.value())
        failing.failing = [call]
        let broken = Site(SessionOptions(), store: failing) { ctx, _ in
            ctx.session["user"] = "tobi"
            try await ctx.session.regenerate()
        }
        let response = try await broken.app.test.get("/", headers: ["Cookie": first.cookieHeader])
        #expect(response.status == 503)
        #expect(response.cookieLines == [])
        #expect(await store.load(old, at: start)?.content["user"] == nil)
    }

    @Test("can't change any more when the response has begun")
    func begun() async throws {
        let site = Site(store: store) { ctx, _ in
            if ctx.path == "/begin" {
                ctx.session["a"] = 1
                return
            }
            ctx.respond = false
            try await ctx.res.end("sent")
            try await ctx.session.regenerate()
        }
        let browser = site.browser
        let id = try #require(await browser.get("/begin").value())
        _ = try await browser.get("/late")
        #expect(site.errors.all.first?.contains("before the response begins") == true)
        #expect(await store.load(id, at: start)?.content["a"] == 1)
    }

    @Test("is saved once by regenerate() and the end of the request, where nothing changes between")
    func savedOnce() async throws {
        let counted = CountingStore(store)
        let site = Site(store: counted) { ctx, _ in
            ctx.session["a"] = 1
            try await ctx.session.save()
            // As time goes on, the end that is saved would be another.
            (ctx.app.clock as? ManualClock)?.advance(by: .milliseconds(5))
        }
        _ = try await site.app.test.get("/")
        #expect(counted.calls == ["save"])
    }
}
