import KoaSession
import KoaTesting
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("how long a session lasts")
struct SessionLifetimeTests {
    private static let stores: [Bool] = [false, true]

    private func site(_ options: SessionOptions, _ inStore: Bool) -> Site {
        Site(options, store: inStore ? MemorySessionStore() : nil) { ctx, _ in
            switch ctx.path {
            case "/set": ctx.session["a"] = 1
            case "/age": ctx.session.maxAge = .hours(2)
            case "/browser": ctx.session.maxAge = .browserSession
            default: ctx.body = .text("\(ctx.session["a", default: 0]) \(ctx.session.isNew)")
            }
        }
    }

    @Test("it ends with its maxAge, and is told of as expired", arguments: stores)
    func ends(_ inStore: Bool) async throws {
        let events = Collected<SessionEvent.Kind>()
        var options = SessionOptions(maxAge: .seconds(60))
        options.onEvent = { event, _ in events.add(event.kind) }
        let site = site(options, inStore)
        let cookies = try await site.app.test.get("/set").cookieLines.map { $0.prefix { $0 != ";" } }
        let headers: Headers = ["Cookie": cookies.joined(separator: "; ")]
        site.clock.advance(by: .seconds(59))
        #expect(try await site.app.test.get("/", headers: headers).text == "1 false")
        // A browser would have dropped the cookie; a thief keeps it.
        site.clock.advance(by: .seconds(2))
        #expect(try await site.app.test.get("/", headers: headers).text == "0 true")
        site.clock.advance(by: .seconds(20))
        #expect(try await site.app.test.get("/", headers: headers).text == "0 true")
        #expect(events.all == (inStore ? [.missed] : [.expired, .expired]) || events.all == [.expired, .missed])
    }

    @Test("it ends with the browser, and says so in what is kept", arguments: stores)
    func browserSession(_ inStore: Bool) async throws {
        let site = site(SessionOptions(maxAge: .browserSession), inStore)
        let browser = site.browser
        let response = try await browser.get("/set")
        #expect(response.line(of: "koa.sess")?.contains("expires") == false)
        if !inStore { #expect(content(response.value()) == ["a": 1, "_session": true]) }
        for _ in 1...3 { #expect(try await browser.get("/").text == "1 false") }
    }

    @Test("one of the browser in a store goes on as long as it is used")
    func browserSessionInStore() async throws {
        let site = site(SessionOptions(maxAge: .browserSession), true)
        let browser = site.browser
        _ = try await browser.get("/set")
        for _ in 1...6 {
            site.clock.advance(by: .hours(18))
            #expect(try await browser.get("/").text == "1 false")
        }
        site.clock.advance(by: .hours(25))
        #expect(try await browser.get("/").text == "0 true")
    }

    @Test("setting maxAge saves a session that hasn't changed, and one that is new", arguments: stores)
    func setting(_ inStore: Bool) async throws {
        let site = site(SessionOptions(), inStore)
        let browser = site.browser
        #expect(
            try await browser.get("/age").line(of: "koa.sess")?.contains("expires=Wed, 15 Nov 2023 00:13:20 GMT")
                == true)
        _ = try await browser.get("/set")
        #expect(try await browser.get("/browser").line(of: "koa.sess")?.contains("expires") == false)
    }

    @Test("maxAge is the options', until a session brings its own")
    func reading() async throws {
        let site = Site(SessionOptions(maxAge: .hours(1))) { ctx, _ in
            #expect(ctx.session.maxAge == (ctx.path == "/" ? .hours(1) : .minutes(5)))
            #expect(ctx.sessionOptions.maxAge == ctx.session.maxAge)
            ctx.session.maxAge = .minutes(5)
        }
        let browser = site.browser
        _ = try await browser.get("/")
        #expect(try await browser.get("/again").cookieLines.count == 2)
    }

    @Test("rolling puts the end off with each request that uses it, not for a new one", arguments: stores)
    func rolling(_ inStore: Bool) async throws {
        let site = site(SessionOptions(maxAge: .seconds(60), rolling: true), inStore)
        let browser = site.browser
        #expect(try await browser.get("/").cookieLines == [])
        _ = try await browser.get("/set")
        for _ in 1...5 {
            site.clock.advance(by: .seconds(40))
            let response = try await browser.get("/")
            #expect(response.text == "1 false")
            #expect(response.cookieLines.count == 2)
        }
    }

    @Test("renew puts it off when half is over", arguments: stores)
    func renew(_ inStore: Bool) async throws {
        let site = site(SessionOptions(maxAge: .seconds(60), renew: true), inStore)
        let browser = site.browser
        #expect(try await browser.get("/").cookieLines == [])
        _ = try await browser.get("/set")
        site.clock.advance(by: .seconds(25))
        #expect(try await browser.get("/").cookieLines == [])
        site.clock.advance(by: .seconds(20))
        #expect(try await browser.get("/").cookieLines.count == 2)
        site.clock.advance(by: .seconds(40))
        #expect(try await browser.get("/").text == "1 false")
    }

    @Test("putting the end off touches the store alone")
    func touching() async throws {
        let store = CountingStore(MemorySessionStore())
        let site = Site(SessionOptions(rolling: true), store: store) { ctx, _ in
            if ctx.path == "/set" { ctx.session["a"] = 1 }
        }
        let browser = site.browser
        _ = try await browser.get("/set")
        _ = try await browser.get("/")
        #expect(store.calls == ["save", "load", "touch"])
    }

    @Test("it ends with its whole life, however often it is saved", arguments: stores)
    func absolute(_ inStore: Bool) async throws {
        var options = SessionOptions(maxAge: .hours(1), rolling: true)
        options.absoluteLifetime = .hours(3)
        let site = site(options, inStore)
        let browser = site.browser
        _ = try await browser.get("/set")
        for _ in 1...5 {
            site.clock.advance(by: .minutes(35))
            #expect(try await browser.get("/").text == "1 false")
        }
        site.clock.advance(by: .minutes(10))
        #expect(try await browser.get("/").text == "0 true")
    }

    @Test("ages are whole milliseconds from 1 to a century")
    func ages() {
        #expect(SessionAge.seconds(1) == .milliseconds(1000))
        #expect(SessionAge(.zero) == .milliseconds(1))
        #expect(SessionAge.seconds(-5) == .milliseconds(1))
        #expect(SessionAge(.seconds(Int64.max)).duration == .milliseconds(3_155_760_000_000))
        #expect(SessionAge.days(1) == .hours(24))
        #expect(SessionAge.minutes(60) == .hours(1))
        #expect(SessionAge.browserSession.duration == nil)
    }

    @Test("is refused by `valid`, and changed by `beforeSave`", arguments: stores)
    func hooks(_ inStore: Bool) async throws {
        let events = Collected<SessionEvent.Kind>()
        var options = SessionOptions()
        options.valid = { ctx, content in content["uid"]?.string == ctx.query["uid"] }
        options.beforeSave = { ctx, session in session["uid"] = ctx.query["uid"] }
        options.onEvent = { event, _ in events.add(event.kind) }
        let site = site(options, inStore)
        let browser = site.browser
        _ = try await browser.get("/set?uid=1")
        #expect(try await browser.get("/?uid=1").text == "1 false")
        #expect(try await browser.get("/?uid=2").text == "0 true")
        #expect(events.all == [.invalid])
    }

    @Test("an age says what it is")
    func description() {
        #expect("\(SessionAge.minutes(2))" == "120.0 seconds")
        #expect("\(SessionAge.browserSession)" == "as long as the browser runs")
    }
}
