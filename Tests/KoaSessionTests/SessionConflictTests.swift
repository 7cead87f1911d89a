import KoaTesting
import Testing

@testable import KoaSession

@Suite("requests of one session at a time")
struct SessionConflictTests {
    /// A site whose handler changes the session and then, before it is saved, has another request do so.
    private func site(
        _ options: SessionOptions = SessionOptions(),
        change: @escaping @Sendable (Session) -> Void,
        other: @escaping @Sendable (Session) -> Void
    ) -> Site {
        let store = MemorySessionStore()
        let site = Site(options, store: store) { ctx, _ in
            switch ctx.path {
            case "/set": ctx.session.replace(with: ["a": 1, "b": 1])
            case "/other": other(ctx.session)
            case "/change":
                change(ctx.session)
                let headers: Headers = ["Cookie": ctx.get("Cookie")]
                _ = try await ctx.app.test.get("/other", headers: headers)
            default: break
            }
            ctx.body = .json(ctx.session)
        }
        return site
    }

    /// What the session holds after both, and the status of the first.
    private func outcome(_ site: Site) async throws -> (status: Status, text: String, cookie: Bool) {
        let browser = site.browser
        _ = try await browser.get("/set")
        let status = try await browser.get("/change").status
        return (status, try await browser.get("/read").text, browser.cookies["koa.sess"] != nil)
    }

    @Test("keep what each has changed")
    func merge() async throws {
        let site = site(change: { $0["a"] = 2 }, other: { $0["b"] = 2 })
        let (status, text, _) = try await outcome(site)
        #expect(status == 200)
        #expect(text == #"{"a":2,"b":2}"#)
    }

    @Test("keep what each has added and removed; of one key the later's")
    func mergeOfKeys() async throws {
        let site = site(
            change: {
                $0["a"] = nil
                $0["mine"] = 1
                $0["both"] = "mine"
            },
            other: {
                $0["b"] = nil
                $0["theirs"] = 1
                $0["both"] = "theirs"
            })
        #expect(try await outcome(site).text == #"{"theirs":1,"both":"mine","mine":1}"#)
    }

    @Test("are a 409 for the later when that is asked for")
    func refuse() async throws {
        var options = SessionOptions()
        options.onConflict = .refuse
        let site = site(options, change: { $0["a"] = 2 }, other: { $0["b"] = 2 })
        let (status, text, _) = try await outcome(site)
        #expect(status == 409)
        #expect(text == #"{"a":1,"b":2}"#)
    }

    @Test("lose the earlier's when that is asked for, as in the reference")
    func overwrite() async throws {
        var options = SessionOptions()
        options.onConflict = .overwrite
        let site = site(options, change: { $0["a"] = 2 }, other: { $0["b"] = 2 })
        #expect(try await outcome(site).text == #"{"a":2,"b":1}"#)
    }

    @Test("don't bring back a session that was destroyed meanwhile")
    func destroyed() async throws {
        let site = site(change: { $0["a"] = 2 }, other: { $0.destroy() })
        let (status, text, cookie) = try await outcome(site)
        #expect(status == 200)
        #expect(text == "{}")
        // The answer leaves the browser's cookie alone: it may be another session's by then.
        #expect(cookie)
    }

    @Test("don't bring it back by putting its end off either")
    func destroyedAndTouched() async throws {
        let site = site(SessionOptions(rolling: true), change: { _ in }, other: { $0.destroy() })
        #expect(try await outcome(site).text == "{}")
    }

    @Test("keep the longer life that another request has set")
    func age() async throws {
        let site = site(SessionOptions(maxAge: .days(1)), change: { $0["a"] = 2 }, other: { $0.maxAge = .days(30) })
        let cookies = try await site.app.test.get("/set").cookieHeader
        _ = try await site.app.test.get("/change", headers: ["Cookie": cookies])
        site.clock.advance(by: .seconds(20 * 86_400))
        #expect(try await site.app.test.get("/read", headers: ["Cookie": cookies]).text == #"{"a":2,"b":1}"#)
    }

    @Test("are a 409 for the later also where a store that is down is no error")
    func refuseWithout() async throws {
        var options = SessionOptions()
        options.onConflict = .refuse
        options.storeFailure = .continueWithout
        let site = site(options, change: { $0["a"] = 2 }, other: { $0["b"] = 2 })
        #expect(try await outcome(site).status == 409)
    }

    @Test("lose no key of fifty that they add at a time")
    func many() async throws {
        let store = MemorySessionStore()
        let site = Site(store: store) { ctx, _ in
            ctx.session["seen " + ctx.path] = true
            ctx.body = .text("\(ctx.session.length)")
        }
        let browser = site.browser
        _ = try await browser.get("/first")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...50 { group.addTask { _ = try await browser.get("/\(number)") } }
            try await group.waitForAll()
        }
        #expect(try await browser.get("/first").text == "51")
    }

    @Test("merge what differs from what both began with")
    func merging() {
        let base: JSONObject = ["a": 1, "b": 1, "c": 1]
        let mine: JSONObject = ["b": 2, "c": 1, "d": 1]
        #expect((["a": 5, "c": 5] as JSONObject).merging(mine, since: base) == ["c": 5, "b": 2, "d": 1])
        #expect(base.merging(base, since: base) == base)
        #expect(JSONObject().merging(base, since: base) == [:])
    }
}
