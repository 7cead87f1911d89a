import KoaRouter
import KoaTesting
import Testing

@testable import KoaMiddleware

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("rateLimit")
struct RateLimitTests {
    private let clock = ManualClock(Date(timeIntervalSince1970: 1_000))

    private func app(_ limit: RateLimit) -> Application {
        let app = Application(clock: clock)
        app.silent = true
        app.use(limit)
        app.use { ctx in ctx.body = "in" }
        return app
    }

    private func statuses(_ client: TestClient, _ count: Int, _ target: String = "/") async throws -> [Int] {
        var statuses: [Int] = []
        for _ in 0..<count { statuses.append(try await client.get(target).status.code) }
        return statuses
    }

    @Test("lets so many through and answers the next with 429, Retry-After and a text, without going on")
    func limits() async throws {
        let seen = Recording<String>()
        let app = Application(clock: clock)
        app.use(rateLimit(max: 2, per: .seconds(300)))
        app.use { ctx in
            seen.add(ctx.path)
            ctx.body = "in"
        }
        #expect(try await statuses(app.test, 2) == [200, 200])
        let response = try await app.test.get("/")
        #expect(response.status == 429)
        #expect(response.get("Retry-After") == "450")
        #expect(response.text == "Rate limit exceeded, retry in 8 minutes.")
        #expect(seen.values.count == 2)
    }

    @Test("tells the client of its limit: by RateLimit and RateLimit-Policy, X-RateLimit-*, both, or not at all")
    func headers() async throws {
        let standard = try await app(rateLimit(max: 10, per: .seconds(60))).test.get("/")
        #expect(standard.get("RateLimit-Policy") == "\"default\";q=10;w=60")
        #expect(standard.get("RateLimit") == "\"default\";r=9;t=60")
        #expect(standard.get("X-RateLimit-Limit") == nil)
        let both = try await app(rateLimit(max: 10, per: .seconds(60), name: "all", headers: [.standard, .legacy])).test
            .get("/")
        #expect(both.get("RateLimit") == "\"all\";r=9;t=60")
        #expect(both.get("X-RateLimit-Limit") == "10")
        #expect(both.get("X-RateLimit-Remaining") == "9")
        #expect(both.get("X-RateLimit-Reset") == "1060")
        let none = try await app(rateLimit(max: 0, headers: [])).test.get("/")
        #expect(none.status == 429)
        #expect(none.headers.fields.allSatisfy { !$0.name.lowercased().contains("ratelimit") })
    }

    @Test("keeps the headers when something downstream fails")
    func errors() async throws {
        let app = Application(clock: clock)
        app.silent = true
        app.use(rateLimit(max: 10, per: .seconds(60)))
        app.use { _ in throw Boom() }
        let response = try await app.test.get("/")
        #expect(response.status == 500)
        #expect(response.get("RateLimit") == "\"default\";r=9;t=60")
    }

    @Test("lets one more through as soon as Retry-After says, and not before", arguments: [1, 2, 7, 60])
    func retryAfter(max: Int) async throws {
        let client = app(rateLimit(max: max, per: .seconds(600))).test
        #expect(try await statuses(client, max + 1).last == 429)
        for _ in 0..<5 {
            let text = try #require(try await client.get("/").get("Retry-After"))
            let seconds = try #require(Int(text))
            clock.advance(by: .seconds(seconds - 1))
            #expect(try await client.get("/").status == 429)
            clock.advance(by: .seconds(1))
            #expect(try await client.get("/").status == 200)
            #expect(try await statuses(client, max).last == 429)
        }
    }

    @Test("slides: in no window are more than its limit let through, give or take one")
    func slides() {
        let policy = RateLimitPolicy(limit: 20, window: .seconds(10))
        var window = SlidingWindow(start: 0)
        var allowed: [Double] = []
        var random = SplitMix64(seed: 7)
        var now = 0.0
        for _ in 0..<20_000 {
            now += Double(Int.random(in: 0...200, using: &random)) / 1000
            if window.take(at: now, policy).isAllowed { allowed.append(now) }
        }
        // The count before is taken to be spread evenly; whoever sends all at once may get twice as many around one moment.
        var first = 0
        for (index, moment) in allowed.enumerated() {
            while allowed[first] <= moment - 10 { first += 1 }
            #expect(index - first + 1 <= 2 * policy.limit)
        }
        // In the long run it is the limit.
        #expect(Double(allowed.count) <= now / 10 * 20 + 20)
        #expect(Double(allowed.count) > now / 10 * 20 * 0.8)
    }

    @Test("begins anew after two windows, and doesn't fail when the time stands still or runs back")
    func times() {
        let policy = RateLimitPolicy(limit: 2, window: .seconds(10))
        var window = SlidingWindow(start: 100)
        #expect(window.take(at: 100, policy) == RateLimitDecision(isAllowed: true, remaining: 1, reset: .seconds(10)))
        #expect(window.take(at: 90, policy).isAllowed)
        #expect(!window.take(at: 100, policy).isAllowed)
        #expect(!window.take(at: 110, policy).isAllowed)
        #expect(window.take(at: 115, policy).isAllowed)
        #expect(window.take(at: 1e12, policy) == RateLimitDecision(isAllowed: true, remaining: 1, reset: .seconds(10)))
    }

    @Test("counts by the address, of IPv6 by its network")
    func addresses() async throws {
        let client = app(rateLimit(max: 1)).test
        func status(_ address: String?) async throws -> Int {
            var from = client
            from.peerAddress = address
            return try await from.get("/").status.code
        }
        #expect(try await status("192.0.2.1") == 200)
        #expect(try await status("192.0.2.1") == 429)
        #expect(try await status("192.0.2.2") == 200)
        #expect(try await status("2001:db8::1") == 200)
        #expect(try await status("2001:db8:0:0:ffff::2") == 429)
        #expect(try await status("2001:db8:0:1::1") == 200)
    }

    @Test("counts by a closure's key; nil isn't limited")
    func keys() async throws {
        let client = app(rateLimit(max: 1) { ctx in ctx.query["user"] }).test
        #expect(try await statuses(client, 2, "/?user=a") == [200, 429])
        #expect(try await statuses(client, 2, "/?user=b") == [200, 429])
        let free = try await client.get("/")
        #expect(free.status == 200)
        #expect(free.get("RateLimit") == nil)
    }

    @Test("doesn't count what is allowed, and refuses what is blocked with 403")
    func lists() async throws {
        let client = app(
            rateLimit(max: 1, allow: { ctx in ctx.path == "/allowed" }, block: { ctx in ctx.path == "/blocked" })
        ).test
        #expect(try await statuses(client, 3, "/allowed") == [200, 200, 200])
        #expect(try await statuses(client, 1, "/blocked") == [403])
        #expect(try await client.get("/blocked").text == "Forbidden")
        #expect(try await statuses(client, 2) == [200, 429])
    }

    @Test("refuses what is blocked, also where it is allowed, or has no key")
    func blockFirst() async throws {
        let all: @Sendable (Context) -> Bool = { _ in true }
        #expect(try await app(rateLimit(allow: all, block: all)).test.get("/").status == 403)
        #expect(try await app(rateLimit(key: { _ in nil }, block: all)).test.get("/").status == 403)
    }

    @Test("throws where it is to, with a message of its own, Retry-After and the limit's headers")
    func throwing() async throws {
        let app = Application(clock: clock)
        app.silent = true
        let caught = Recording<HTTPError>()
        app.onError { error, _ in if let error = error as? HTTPError { caught.add(error) } }
        app.use(rateLimit(max: 0, per: .seconds(60), throws: true, message: "Slow down"))
        let response = try await app.test.get("/")
        #expect(response.status == 429)
        #expect(response.text == "Slow down")
        #expect(response.get("Retry-After") == "60")
        #expect(response.get("RateLimit") == "\"default\";r=0;t=60")
        #expect(caught.values.map(\.status) == [.tooManyRequests])
    }

    @Test("keeps policies of different names apart in a store they share")
    func shared() async throws {
        let store = MemoryRateLimitStore()
        let first = app(rateLimit(max: 1, name: "a", store: store)).test
        let second = app(rateLimit(max: 1, name: "b", store: store)).test
        #expect(try await statuses(first, 2) == [200, 429])
        #expect(try await statuses(second, 2) == [200, 429])
        #expect(store.count == 2)
    }

    @Test("fails with its store: nobody gets through uncounted")
    func failingStore() async throws {
        struct Broken: RateLimitStore {
            func take(_ key: String, _ policy: RateLimitPolicy, clock: any WallClock) async throws -> RateLimitDecision
            {
                throw Boom()
            }
        }
        #expect(try await app(rateLimit(store: Broken())).test.get("/").status == 500)
    }

    @Test("holds no more keys than its capacity, and forgets the ones that were asked for the longest ago")
    func capacity() {
        let store = MemoryRateLimitStore(capacity: 100)
        let policy = RateLimitPolicy(limit: 2, window: .seconds(60))
        for index in 0..<10_000 {
            _ = store.take("\(index)", policy, clock: clock)
            // Someone who keeps asking is kept.
            let isAllowed = store.take("busy", policy, clock: clock).isAllowed
            #expect(isAllowed == (index < 2))
            #expect(store.count <= 100)
        }
        #expect(store.count > 40)
    }

    @Test("holds no more of a key than a digest's bytes, and tells long keys apart")
    func longKeys() {
        let store = MemoryRateLimitStore()
        let policy = RateLimitPolicy(limit: 1, window: .seconds(60), name: "p")
        let start = String(repeating: "x", count: 16_000)
        for index in 0..<100 {
            #expect(store.take("\(start)\(index)", policy, clock: clock).isAllowed)
            #expect(!store.take("\(start)\(index)", policy, clock: clock).isAllowed)
        }
        #expect(store.count == 100)
        #expect(store.keyBytes <= 100 * 70)
        for length in 63...66 {
            let key = String(repeating: "y", count: length)
            #expect(store.take(key, policy, clock: clock).isAllowed)
            #expect(!store.take(key, policy, clock: clock).isAllowed)
        }
    }

    @Test("lets exactly so many of those through that come at the same time")
    func atOnce() async {
        let store = MemoryRateLimitStore()
        let policy = RateLimitPolicy(limit: 50, window: .seconds(60))
        let allowed = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<20 {
                group.addTask { [clock] in
                    (0..<20).count { _ in store.take("a", policy, clock: clock).isAllowed }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(allowed == 50)
        #expect(store.count == 1)
    }

    @Test("limits one part of a site by what is mounted there, and the whole by another limit")
    func mounted() async throws {
        let login = Application()
        login.use(rateLimit(max: 1, name: "login"))
        login.use { ctx in ctx.body = "login" }
        let app = Application(clock: clock)
        app.use(rateLimit(max: 4))
        app.use(mount("/login", login))
        app.use { ctx in ctx.body = "in" }
        #expect(try await statuses(app.test, 2, "/login") == [200, 429])
        #expect(try await statuses(app.test, 3) == [200, 200, 429])
    }

    @Test("limits a route by what stands on it, however its path is written, and by the network")
    func route() async throws {
        let router = Router()
        router.post("/login", rateLimit(max: 5, per: .seconds(60), name: "login").middleware) { ctx in ctx.body = "in" }
        let app = Application(clock: clock)
        app.use(router.routes())
        var client = app.test
        for (index, path) in ["/login", "/Login", "/login/", "/LOGIN/", "/login", "/login", "/Login/"].enumerated() {
            client.peerAddress = "2001:db8::\(index + 1)"
            #expect(try await client.post(path).status == (index < 5 ? 200 : 429), "\(path)")
        }
    }

    @Test("drops keys that nobody asked for during two windows")
    func purging() {
        let store = MemoryRateLimitStore()
        let policy = RateLimitPolicy(limit: 2, window: .seconds(60))
        for index in 0..<50 { _ = store.take("\(index)", policy, clock: clock) }
        clock.advance(by: .seconds(121))
        _ = store.take("late", policy, clock: clock)
        #expect(store.count == 51)
        clock.advance(by: .seconds(121))
        _ = store.take("later", policy, clock: clock)
        #expect(store.count == 2)
        clock.advance(by: .seconds(1_000))
        _ = store.take("last", policy, clock: clock)
        #expect(store.count == 1)
    }

    @Test(
        "says the time in its largest unit",
        arguments: [
            (1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (89, "1 minute"), (90, "2 minutes"),
            (300, "5 minutes"), (3_600, "1 hour"), (86_400, "1 day"), (200_000, "2 days"),
            (.max, "106751991167301 days"),
        ])
    func words(seconds: Int, expected: String) {
        #expect(RateLimit.words(seconds) == expected)
    }

    @Test("takes the largest limit, and the longest time until it ends")
    func largest() async throws {
        let response = try await app(rateLimit(max: .max, headers: [.standard, .legacy])).test.get("/")
        #expect(response.status == 200)
        #expect(response.get("RateLimit") == "\"default\";r=\(Int.max);t=3600")
        struct Endless: RateLimitStore {
            func take(_ key: String, _ policy: RateLimitPolicy, clock: any WallClock) -> RateLimitDecision {
                RateLimitDecision(isAllowed: false, remaining: 0, reset: .seconds(Int64.max))
            }
        }
        let refused = try await app(rateLimit(store: Endless(), headers: .legacy)).test.get("/")
        #expect(refused.status == 429)
        #expect(refused.get("Retry-After") == "\(Int.max)")
        #expect(refused.get("X-RateLimit-Reset") == "\(Int.max)")
    }

    @Test("refuses to start with what is no limit")
    func setup() {
        for limit in [
            rateLimit(max: -1), rateLimit(per: .zero), rateLimit(name: "a\"b"), rateLimit(name: ""),
            rateLimit(name: "ä"),
        ] {
            let error = #expect(throws: KoaError.self) { try app(limit).prepare() }
            #expect(error?.code == .invalidSetup)
        }
        #expect(throws: Never.self) { try app(rateLimit(max: 0)).prepare() }
    }
}
