#if Redis
    import Koa
    import KoaMiddleware
    import KoaTesting
    import Testing

    @testable import KoaRedis

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    @Suite("RedisRateLimitStore", .enabled(if: TestRedis.isThere), .timeLimit(.minutes(1)))
    struct RedisRateLimitStoreTests {
        private let store = RedisRateLimitStore(TestRedis.client)

        @Test("decides as the memory store does, at any times and limits", arguments: 1...8)
        func sameAsMemory(seed: UInt64) async throws {
            var random = SplitMix64(seed: seed)
            let clock = ManualClock(Date(timeIntervalSince1970: 0))
            clock.advance(by: .seconds(1_700_000_000))
            let redis = RedisRateLimitStore(TestRedis.client, prefix: "test:", hasOwnTime: false)
            let memory = MemoryRateLimitStore()
            let window = Duration.milliseconds([1000, 60_000, 3_600_000, 7777][Int(seed % 4)])
            let policy = RateLimitPolicy(
                limit: Int.random(in: 0...12, using: &random), window: window, name: "seed\(seed)")
            let key = TestRedis.key()
            var counts = (allowed: 0, refused: 0)
            for _ in 0..<150 {
                let share = Double.random(in: 0...1, using: &random)
                // Most are within a window, some after it, and a few long after.
                clock.advance(by: window * (share < 0.03 ? 3 : share < 0.1 ? 1 : share / 5))
                let decision = try await redis.take(key, policy, clock: clock)
                #expect(decision == memory.take(key, policy, clock: clock))
                if decision.isAllowed { counts.allowed += 1 } else { counts.refused += 1 }
            }
            #expect(policy.limit == 0 || counts.allowed > 0)
            #expect(counts.refused > 0)
        }

        @Test("by Redis' own time: of many requests at a time so many are let through as may, on two connections")
        func parallel() async throws {
            let key = TestRedis.key()
            let other = RedisClient(TestRedis.options)
            let stores = [store, RedisRateLimitStore(other)]
            let policy = RateLimitPolicy(limit: 10, window: .seconds(600))
            // It says nothing: Redis' clock counts.
            let clock = ManualClock(Date(timeIntervalSince1970: 0))
            let decisions = try await withThrowingTaskGroup(of: RateLimitDecision.self) { group in
                for number in 0..<60 {
                    group.addTask { try await stores[number % 2].take(key, policy, clock: clock) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(decisions.filter(\.isAllowed).map(\.remaining).sorted() == Array(0..<10))
            for decision in decisions where decision.isAllowed {
                #expect(decision.reset > .seconds(500) && decision.reset <= .seconds(600))
            }
            for decision in decisions where !decision.isAllowed { #expect(decision.reset > .seconds(600)) }
            await other.shutDown()
        }

        @Test("a key is gone after two windows without a request")
        func expires() async throws {
            let key = TestRedis.key()
            let policy = RateLimitPolicy(limit: 10, window: .seconds(100))
            _ = try await store.take(key, policy, clock: SystemClock())
            let left = try #require(Int(try await TestRedis.cli("PTTL", "koa:limit:default:" + key)))
            #expect((150_000...200_000).contains(left))
        }

        @Test("policies and keys are kept apart, whatever their names are made of")
        func names() {
            let names = [("a", "b:c"), ("a:b", "c"), ("a%3Ab", "c"), ("a", "b"), ("a%", "c"), ("a", "%:c"), ("", "a:b:c")]
                .map { name, key in store.name(key, .init(limit: 1, window: .seconds(1), name: name)) }
            #expect(Set(names).count == names.count)
            #expect(store.name("::1", .init(limit: 1, window: .seconds(1))) == "koa:limit:default:::1")
        }

        @Test("a count that began long after now, since the clock was set back, begins anew")
        func clockSetBack() async throws {
            let key = TestRedis.key()
            let policy = RateLimitPolicy(limit: 1, window: .seconds(10))
            _ = try await TestRedis.cli(
                "HSET", "koa:limit:default:" + key, "start", "99999999999", "current", "1", "previous", "0")
            #expect(try await store.take(key, policy, clock: SystemClock()).isAllowed)
            #expect(try await !store.take(key, policy, clock: SystemClock()).isAllowed)
        }

        @Test("what is stored by others begins anew, or is an error: never a crash, never a limit that is open")
        func foreign() async throws {
            let policy = RateLimitPolicy(limit: 1, window: .seconds(10))
            let key = TestRedis.key()
            _ = try await TestRedis.cli("HSET", "koa:limit:default:" + key, "start", "x", "current", "y")
            #expect(try await store.take(key, policy, clock: SystemClock()).isAllowed)
            #expect(try await !store.take(key, policy, clock: SystemClock()).isAllowed)
            let text = TestRedis.key()
            _ = try await TestRedis.cli("SET", "koa:limit:default:" + text, "x")
            #expect(try await redisCode { try await store.take(text, policy, clock: SystemClock()) } == .refused)
        }

        @Test("limits a client over several servers: 429 with Retry-After")
        func servers() async throws {
            let name = TestRedis.key("policy")
            func server() -> TestClient {
                let app = Application()
                app.use(rateLimit(max: 2, per: .seconds(600), name: name, store: store) { _ in "me" })
                app.use { ctx in ctx.body = "in" }
                return app.test
            }
            let (one, two) = (server(), server())
            #expect(try await one.get("/").status == 200)
            #expect(try await two.get("/").status == 200)
            let response = try await one.get("/")
            #expect(response.status == 429)
            #expect(response.get("Retry-After") != nil)
            #expect(response.get("RateLimit")?.hasPrefix("\"\(name)\";r=0;t=") == true)
        }
    }
#endif
