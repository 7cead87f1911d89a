import Koa
import KoaSession
import KoaTesting
import Testing

/// A stored session and one in a cookie.
private let stores = [false, true]

@Suite("what the options call for a session")
struct SessionHookTests {
    private func site(_ options: SessionOptions, _ inStore: Bool, _ handler: @escaping Middleware) -> Site {
        Site(options, store: inStore ? MemorySessionStore() : nil, handler)
    }

    @Test("onEvent may set what the new session holds", arguments: stores)
    func eventSets(_ inStore: Bool) async throws {
        var options = SessionOptions(maxAge: .seconds(10))
        options.onEvent = { event, ctx in ctx.session.flash("notice", "\(event.kind)") }
        let site = site(options, inStore) { ctx, _ in
            if ctx.path == "/set" { ctx.session["a"] = 1 }
            ctx.body = .text(ctx.session.takeFlash("notice").joined())
            ctx.session["seen"] = true
        }
        let cookies = try await site.app.test.get("/set").cookieHeader
        site.clock.advance(by: .seconds(60))
        let response = try await site.app.test.get("/", headers: ["Cookie": cookies])
        #expect(response.text == (inStore ? "missed" : "expired"))
        #expect(response.value() != nil)
    }

    @Test("valid sees a new session on the context, and leaves alone the one that is found", arguments: stores)
    func validReads(_ inStore: Bool) async throws {
        let seen = Collected<String>()
        var options = SessionOptions()
        options.valid = { ctx, found in
            seen.add("\(ctx.session.isNew) \(ctx.session.length) \(found["a"] ?? 0)")
            return true
        }
        let site = site(options, inStore) { ctx, _ in
            if ctx.path == "/set" { ctx.session["a"] = 1 }
            ctx.body = .text("\(ctx.session.isNew) \(ctx.session["a", default: 0])")
        }
        let browser = site.browser
        _ = try await browser.get("/set")
        #expect(try await browser.get("/").text == "false 1")
        #expect(seen.all == ["true 0 1"])
    }

    @Test("generateID may ask for the session that it names")
    func idReads() async throws {
        var options = SessionOptions()
        options.generateID = { ctx in "id-\(ctx.session.length)" }
        let site = site(options, true) { ctx, _ in ctx.session["a"] = 1 }
        #expect(try await site.app.test.get("/").value() == "id-0")
    }

    @Test("an id that stores can't keep is an error", arguments: ["", "ü", "a\n", String(repeating: "x", count: 256)])
    func badID(_ id: String) async throws {
        var options = SessionOptions()
        options.generateID = { _ in id }
        let site = site(options, true) { ctx, _ in ctx.session["a"] = 1 }
        #expect(try await site.app.test.get("/").status == 500)
        #expect(site.errors.all.first?.contains("generateID") == true)
    }

    @Test("a change of beforeSave is saved, also when only the end would have been put off", arguments: stores)
    func beforeSaveChanges(_ inStore: Bool) async throws {
        var options = SessionOptions(rolling: true)
        options.beforeSave = { _, session in session["saves", default: 0] += 1 }
        let site = site(options, inStore) { ctx, _ in
            if ctx.path == "/set" { ctx.session["a"] = 1 }
            ctx.body = .text("\(ctx.session["saves", default: 0])")
        }
        let browser = site.browser
        _ = try await browser.get("/set")
        #expect(try await browser.get("/").text == "1")
        #expect(try await browser.get("/").text == "2")
    }

    @Test("beforeSave may destroy the session", arguments: stores)
    func beforeSaveDestroys(_ inStore: Bool) async throws {
        var options = SessionOptions()
        options.beforeSave = { ctx, session in if ctx.path == "/out" { session.destroy() } }
        let site = site(options, inStore) { ctx, _ in
            ctx.session["path"] = ctx.path
            ctx.body = "ok"
        }
        let browser = site.browser
        _ = try await browser.get("/in")
        #expect(browser.cookies["koa.sess"] != nil)
        _ = try await browser.get("/out")
        #expect(browser.cookies["koa.sess"] == nil)
    }

    @Test("contextStore outranks the middleware's own store")
    func contextStore() async throws {
        let (one, other) = (MemorySessionStore(), MemorySessionStore())
        var options = SessionOptions()
        options.contextStore = { _ in other }
        let site = Site(options, store: one) { ctx, _ in ctx.session["a"] = 1 }
        _ = try await site.app.test.get("/")
        #expect(one.count == 0)
        #expect(other.count == 1)
    }

    @Test("externalKey without a store keeps the session in a cookie, which needs keys")
    func externalKeyWithoutStore() {
        var options = SessionOptions()
        options.externalKey = SessionExternalKey(get: { _ in nil }, set: { _, _ in })
        #expect(throws: KoaError.self) { try Site(options, keys: []) { _, _ in }.app.prepare() }
        #expect(throws: Never.self) {
            try Site(options, store: MemorySessionStore(), keys: []) { _, _ in }.app.prepare()
        }
    }

    @Test("an absolute lifetime begins for sessions that were saved before it was set", arguments: stores)
    func lateLimit(_ inStore: Bool) async throws {
        var options = SessionOptions(maxAge: .days(30), rolling: true)
        let store = MemorySessionStore()
        if inStore { options.contextStore = { _ in store } }
        let limited = Collected<Bool>()
        let site = Site(options) { ctx, _ in
            if !limited.all.isEmpty { ctx.sessionOptions.absoluteLifetime = .seconds(100) }
            if ctx.path == "/set" { ctx.session["a"] = 1 }
            ctx.body = .text("\(ctx.session["a", default: 0])")
        }
        var cookies = try await site.app.test.get("/set").cookieHeader
        limited.add(true)
        for _ in 0..<2 {
            let response = try await site.app.test.get("/", headers: ["Cookie": cookies])
            #expect(response.text == "1")
            cookies = response.cookieHeader
            site.clock.advance(by: .seconds(60))
        }
        #expect(try await site.app.test.get("/", headers: ["Cookie": cookies]).text == "0")
    }
}
