import KoaSession
import KoaTesting
import NIOConcurrencyHelpers
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("session in a store")
struct StoredSessionTests {
    private let store = MemorySessionStore()

    @Test("has its id in the cookie, and its content in the store")
    func stored() async throws {
        let site = Site(store: store) { ctx, _ in ctx.session["message"] = "hello;" }
        let response = try await site.app.test.get("/")
        let id = try #require(response.value())
        #expect(UUID(uuidString: id) != nil)
        #expect(response.line(of: "koa.sess.sig") != nil)
        let record = await store.load(id, at: start)
        #expect(
            record?.content == ["message": "hello;", "_expire": 1_700_086_400_000, "_maxAge": 86_400_000] as JSONObject)
        // The store keeps it ten seconds longer than the browser.
        #expect(record?.expires == start.addingTimeInterval(86_410))
    }

    @Test("is found again, and neither saved nor set when it doesn't change")
    func unchanged() async throws {
        let counted = CountingStore(store)
        let site = Site(store: counted) { ctx, _ in
            if ctx.path == "/set" { ctx.session["a"] = 1 }
            ctx.body = .text("\(ctx.session["a", default: 0]) \(ctx.session.isNew)")
        }
        let browser = site.browser
        #expect(try await browser.get("/").text == "0 true")
        #expect(counted.calls == [])
        #expect(try await browser.get("/set").text == "1 true")
        let response = try await browser.get("/")
        #expect(response.text == "1 false")
        #expect(response.cookieLines == [])
        #expect(counted.calls == ["save", "load"])
    }

    @Test("keeps its id when it changes, or is replaced")
    func changed() async throws {
        let site = Site(store: store) { ctx, _ in
            if ctx.path == "/replace" { ctx.session.replace(with: ["b": 1]) } else { ctx.session["a"] = ctx.path }
            ctx.body = .json(ctx.session)
        }
        let browser = site.browser
        let id = try await browser.get("/one").value()
        #expect(try await browser.get("/two").value() == id)
        #expect(try await browser.get("/replace").text == #"{"b":1}"#)
        #expect(browser.cookies["koa.sess"] == id)
        #expect(store.count == 1)
    }

    @Test("is removed from the store and the browser when it is destroyed")
    func destroyed() async throws {
        let site = Site(store: store) { ctx, _ in
            if ctx.path == "/out" { ctx.session.destroy() } else { ctx.session["user"] = "tobi" }
        }
        let browser = site.browser
        let id = try #require(await browser.get("/").value())
        _ = try await browser.get("/out")
        #expect(browser.cookies["koa.sess"] == nil)
        #expect(await store.load(id, at: start) == nil)
    }

    @Test("gets a new id by regenerate(), its content kept and its old id worth nothing")
    func regenerated() async throws {
        let site = Site(store: store) { ctx, _ in
            ctx.session["user"] = "tobi"
            if ctx.path == "/login" {
                try await ctx.session.regenerate()
                ctx.session["after"] = true
            }
        }
        let browser = site.browser
        let old = try #require(await browser.get("/").value())
        let new = try #require(await browser.get("/login").value())
        #expect(new != old)
        #expect(await store.load(old, at: start) == nil)
        let record = try #require(await store.load(new, at: start))
        #expect(record.content["user"] == "tobi")
        #expect(record.content["after"] == true)
        #expect(store.count == 1)
    }

    @Test("that got a new id keeps its cookie when the request fails after that")
    func regeneratedAndFailed() async throws {
        let site = Site(store: store) { ctx, _ in
            ctx.session["user"] = "tobi"
            if ctx.path == "/login" {
                try await ctx.session.regenerate()
                throw HTTPError(.badRequest)
            }
            ctx.body = .json(ctx.session)
        }
        let browser = site.browser
        _ = try await browser.get("/")
        #expect(try await browser.get("/login").status == 400)
        #expect(await store.load(browser.cookies["koa.sess"] ?? "", at: start)?.content["user"] == "tobi")
    }

    @Test("never takes an id that the client made up", arguments: ["made-up", "x", String(repeating: "a", count: 300)])
    func fixation(_ id: String) async throws {
        let options = SessionOptions(signed: false)
        let site = Site(options, store: store) { ctx, _ in ctx.session["user"] = "tobi" }
        let response = try await site.app.test.get("/", headers: ["Cookie": "koa.sess=\(id)"])
        #expect(response.value() != nil)
        #expect(response.value() != id)
        #expect(await store.load(id, at: start) == nil)
    }

    @Test("of a signed cookie needs the signature")
    func unsigned() async throws {
        let site = Site(store: store) { ctx, _ in
            if ctx.path == "/set" { ctx.session["user"] = "tobi" }
            ctx.body = .text(ctx.session["user"] ?? "nobody")
        }
        let id = try #require(await site.app.test.get("/set").value())
        #expect(try await site.app.test.get("/", headers: ["Cookie": "koa.sess=\(id)"]).text == "nobody")
        let forged = "koa.sess=\(id); koa.sess.sig=AAAAAAAAAAAAAAAAAAAAAAAAAAA"
        #expect(try await site.app.test.get("/", headers: ["Cookie": forged]).text == "nobody")
    }

    @Test("has ids of the function, the prefixes and the key of the options")
    func ids() async throws {
        var options = SessionOptions(key: "sid", signed: false)
        options.prefix = "shop:"
        options.storePrefix = "site1/"
        let site = Site(options, store: store) { ctx, _ in ctx.session["a"] = 1 }
        let id = try #require(await site.app.test.get("/").value(of: "sid"))
        #expect(id.hasPrefix("shop:"))
        #expect(await store.load("site1/" + id, at: start) != nil)

        options.generateID = { ctx in "made-of" + ctx.path.replacing("/", with: "-") }
        let other = Site(options, store: store) { ctx, _ in ctx.session["a"] = 1 }
        #expect(try await other.app.test.get("/x").value(of: "sid") == "made-of-x")
        // Such an id may come again.
        #expect(try await other.app.test.get("/x").status == 404)
    }

    @Test("has its id elsewhere than in a cookie")
    func externalKey() async throws {
        var options = SessionOptions()
        options.externalKey = SessionExternalKey(
            get: { $0.get("X-Session") }, set: { ctx, id in ctx.set("X-Session", id) })
        let site = Site(options, store: store, keys: []) { ctx, _ in
            ctx.session["views", default: 0] += 1
            ctx.body = .text("\(ctx.session["views"] ?? 0)")
            if ctx.path == "/out" { ctx.session.destroy() }
        }
        try site.app.prepare()
        let first = try await site.app.test.get("/")
        #expect(first.cookieLines == [])
        let id = try #require(first.get("X-Session"))
        #expect(try await site.app.test.get("/", headers: ["X-Session": id]).text == "2")
        #expect(try await site.app.test.get("/", headers: ["X-Session": "none"]).text == "1")
        #expect(try await site.app.test.get("/out", headers: ["X-Session": id]).cookieLines == [])
        #expect(await store.load(id, at: start) == nil)
    }

    @Test("is in the store that the options pick for the request")
    func contextStore() async throws {
        let (one, two) = (MemorySessionStore(), MemorySessionStore())
        var options = SessionOptions(signed: false)
        options.contextStore = { $0.path == "/one" ? one : two }
        let site = Site(options) { ctx, _ in ctx.session["a"] = 1 }
        _ = try await site.app.test.get("/one")
        _ = try await site.app.test.get("/two")
        _ = try await site.app.test.get("/two")
        #expect(one.count == 1)
        #expect(two.count == 2)
    }

    @Test("of a koa-session-minimal site is read: an unsigned id, the cookie's name before it in the store")
    func minimal() async throws {
        let sid = "aTkCBBnNR-0JGDH3N8oSUJyLLhhNWbVK"
        _ = await store.save(
            "koa:sess:" + sid, ["user": "tobi"], until: start.addingTimeInterval(60), if: .always, at: start)
        var options = SessionOptions(key: "koa:sess", maxAge: .browserSession, signed: false)
        options.storePrefix = "koa:sess:"
        let site = Site(options, store: store) { ctx, _ in
            ctx.body = .text(ctx.session["user"] ?? "nobody")
            if ctx.path == "/roll" { try await ctx.session.regenerate() }
        }
        let headers: Headers = ["Cookie": "koa:sess=\(sid)"]
        #expect(try await site.app.test.get("/", headers: headers).text == "tobi")
        let rolled = try await site.app.test.get("/roll", headers: headers)
        let id = try #require(rolled.value(of: "koa:sess"))
        #expect(rolled.line(of: "koa:sess")?.contains("expires") == false)
        #expect(await store.load("koa:sess:" + id, at: start)?.content["user"] == "tobi")
        #expect(try await site.app.test.get("/", headers: headers).text == "nobody")
    }
}

/// A store that lists its calls.
final class CountingStore: SessionStore {
    private let store: any SessionStore
    private let log = Collected<String>()

    init(_ store: any SessionStore) {
        self.store = store
    }

    var calls: [String] { log.all }

    func load(_ id: String, at now: Date) async throws -> SessionRecord? {
        log.add("load")
        return try await store.load(id, at: now)
    }

    func save(
        _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
    ) async throws -> SessionSaving {
        log.add("save")
        return try await store.save(id, content, until: expiry, if: condition, at: now)
    }

    func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date) async throws -> Bool {
        log.add("touch")
        return try await store.touch(id, content, until: expiry, at: now)
    }

    func destroy(_ id: String) async throws {
        log.add("destroy")
        try await store.destroy(id)
    }
}
