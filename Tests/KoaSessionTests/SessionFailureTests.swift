import KoaMiddleware
import KoaSession
import KoaTesting
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A store that can't be reached by some of its calls.
struct FailingStore: SessionStore {
    struct Failure: Error {}

    var store = MemorySessionStore()
    var failing: Set<String>
    var error: any Error = Failure()

    private func check(_ call: String) throws {
        if failing.contains(call) { throw error }
    }

    func load(_ id: String, at now: Date) async throws -> SessionRecord? {
        try check("load")
        return await store.load(id, at: now)
    }

    func save(
        _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
    ) async throws -> SessionSaving {
        try check("save")
        return await store.save(id, content, until: expiry, if: condition, at: now)
    }

    func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date) async throws -> Bool {
        try check("touch")
        return await store.touch(id, content, until: expiry, at: now)
    }

    func destroy(_ id: String) async throws {
        try check("destroy")
        await store.destroy(id)
    }
}

@Suite("a store that can't be reached")
struct SessionFailureTests {
    private func site(
        _ failing: Set<String>, _ options: SessionOptions = SessionOptions(), error: any Error = FailingStore.Failure()
    ) async throws -> (Site, Headers) {
        let store = FailingStore(failing: failing, error: error)
        _ = await store.store.save(
            "known", ["user": "tobi"], until: start.addingTimeInterval(60), if: .always, at: start)
        var options = options
        options.signed = false
        let site = Site(options, store: store) { ctx, _ in
            ctx.body = .text("\(ctx.session["user"] ?? "nobody") \(ctx.session.isAvailable)")
            switch ctx.path {
            case "/set": ctx.session["user"] = "other"
            case "/out": ctx.session.destroy()
            default: break
            }
        }
        return (site, ["Cookie": "koa.sess=known"])
    }

    @Test("makes a request a 503", arguments: [("load", "/"), ("save", "/set"), ("destroy", "/out"), ("touch", "/")])
    func unavailable(_ call: String, _ path: String) async throws {
        let (site, headers) = try await site([call], SessionOptions(rolling: true))
        let response = try await site.app.test.get(path, headers: headers)
        #expect(response.status == 503)
        #expect(response.text == "Service Unavailable")
        #expect(site.errors.all.first?.contains("Failure") == true)
    }

    @Test("leaves requests alone that name no session and set none")
    func unneeded() async throws {
        let (site, _) = try await site(["load", "save"])
        #expect(try await site.app.test.get("/").text == "nobody true")
    }

    @Test("lets a request go on without a session when that is asked for")
    func continueWithout() async throws {
        var options = SessionOptions()
        options.storeFailure = .continueWithout
        let (site, headers) = try await site(["load", "save"], options)
        let response = try await site.app.test.get("/set", headers: headers)
        #expect(response.text == "nobody false")
        #expect(response.cookieLines == [])
        let (saving, _) = try await self.site(["save"], options)
        let saved = try await saving.app.test.get("/set", headers: headers)
        #expect(saved.status == 200)
        #expect(saved.cookieLines == [])
    }

    @Test("is an error all the same for who wants to be logged out")
    func logout() async throws {
        var options = SessionOptions()
        options.storeFailure = .continueWithout
        for failing in [["load", "destroy"], ["destroy"]] as [Set<String>] {
            let (site, headers) = try await site(failing, options)
            #expect(try await site.app.test.get("/out", headers: headers).status == 503)
        }
        let (site, headers) = try await site(["load"], options)
        let response = try await site.app.test.get("/out", headers: headers)
        #expect(response.status == 200)
        #expect(response.value() == "")
    }

    @Test("is told as the error that the store threw, when that says what it is")
    func ownError() async throws {
        let error = SessionError(.storeUnavailable, "Redis at 127.0.0.1:1 can't be reached.")
        let (site, headers) = try await site(["load"], error: error)
        #expect(try await site.app.test.get("/", headers: headers).status == 503)
        #expect(site.errors.all == ["Redis at 127.0.0.1:1 can't be reached."])
    }

    @Test("doesn't hide the error of a request that failed before")
    func firstError() async throws {
        let app = Application()
        app.silent = true
        app.use(session(SessionOptions(signed: false), store: FailingStore(failing: ["save"])))
        app.use { ctx in
            ctx.session["a"] = 1
            throw HTTPError(.badRequest, "mine")
        }
        let response = try await app.test.get("/")
        #expect(response.status == 400)
        #expect(response.text == "mine")
    }
}

@Suite("setting sessions up")
struct SessionSetupTests {
    @Test("nothing is an error of the request that says what is missing")
    func noMiddleware() async throws {
        let app = Application()
        app.silent = true
        let errors = Collected<String>()
        app.onError { error, _ in errors.add("\(error)") }
        app.use { ctx in
            ctx.session["views", default: 0] += 1
            ctx.body = "ok"
        }
        #expect(try await app.test.get("/").status == 500)
        #expect(errors.all.first?.contains("app.use(session())") == true)
    }

    @Test("without keys is refused at the start, and at the request")
    func keys() async throws {
        let site = Site(keys: []) { ctx, _ in ctx.session["a"] = 1 }
        #expect(throws: KoaError.self) { try site.app.prepare() }
        let later = Site { ctx, _ in ctx.session["a"] = 1 }
        try later.app.prepare()
        later.app.keys = []
        #expect(try await later.app.test.get("/").status == 500)
        #expect(later.errors.all.first?.contains(".keys required") == true)
        let unsigned = Site(SessionOptions(signed: false), keys: []) { ctx, _ in ctx.session["a"] = 1 }
        try unsigned.app.prepare()
        #expect(try await unsigned.app.test.get("/").cookieLines.count == 1)
        let unnamed = Site(SessionOptions(key: "")) { _, _ in }
        #expect(throws: KoaError.self) { try unnamed.app.prepare() }
    }

    @Test("several keeps each apart: the innermost is the context's, the others have their names")
    func several() async throws {
        let app = Application()
        app.keys = ["a"]
        app.use(session(SessionOptions(key: "site")))
        app.use { ctx, next in
            ctx.session["a"] = 1
            try await next()
            #expect(ctx.session.values == ["a": 1, "c": 3])
        }
        app.use(session(SessionOptions(key: "admin"), store: MemorySessionStore()))
        app.use { ctx in
            ctx.session["b"] = 2
            ctx.session(key: "site")?["c"] = 3
            #expect(ctx.session(key: "none") == nil)
            #expect(ctx.session(key: "admin")?.values == ["b": 2])
        }
        let response = try await app.test.get("/")
        #expect(content(response.value(of: "site"))?.object?.keys.map { $0 } == ["a", "c", "_expire", "_maxAge"])
        #expect(response.value(of: "admin") != nil)
    }

    @Test("below what changes the session is an error, as the change would be lost")
    func changedAbove() async throws {
        let app = Application()
        app.keys = ["a"]
        app.silent = true
        app.use { ctx, next in
            try await next()
            ctx.session["late"] = true
        }
        app.use(session())
        app.use { ctx in ctx.body = .text("\(ctx.session.length)") }
        #expect(try await app.test.get("/").status == 500)
    }

    @Test("a request's copy of the options changes this request's session alone")
    func optionsOfRequest() async throws {
        let site = Site { ctx, _ in
            if ctx.path == "/secure" {
                ctx.sessionOptions.path = "/secure"
                ctx.sessionOptions.httpOnly = false
            }
            ctx.session["a"] = 1
        }
        #expect(try await site.app.test.get("/secure").line(of: "koa.sess")?.hasSuffix("; path=/secure") == true)
        #expect(try await site.app.test.get("/").line(of: "koa.sess")?.hasSuffix("; path=/; httponly") == true)
    }

    @Test("a response that has begun can't get a session any more, and says so")
    func begun() async throws {
        let site = Site { ctx, _ in
            ctx.respond = false
            try await ctx.res.end("sent")
            ctx.session["a"] = 1
        }
        _ = try await site.app.test.get("/")
        #expect(site.errors.all.first?.contains("before the response begins") == true)
    }

    @Test("holds the secret of csrf()")
    func csrfSecret() async throws {
        let app = Application()
        app.keys = ["a"]
        app.silent = true
        app.use(session(store: MemorySessionStore()))
        app.use(csrf(store: .session))
        app.use { ctx in ctx.body = .text(try ctx.csrfToken) }
        let browser = app.test.keepingCookies()
        let token = try await browser.get("/").text
        #expect(try await browser.post("/", headers: ["X-CSRF-Token": token]).status == 200)
        #expect(try await browser.post("/", headers: ["X-CSRF-Token": "x"]).status == 403)
        #expect(try await app.test.post("/", headers: ["X-CSRF-Token": token]).status == 403)
        #expect(browser.cookies["csrf"] == nil)

        let without = Application()
        without.silent = true
        without.use(csrf(store: .session))
        #expect(try await without.test.post("/").status == 500)
    }
}
