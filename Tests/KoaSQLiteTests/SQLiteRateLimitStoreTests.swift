#if SQLite
    import KoaMiddleware
    import KoaTesting
    import Testing

    @testable import KoaSQLite

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    @Suite("SQLiteRateLimitStore", .timeLimit(.minutes(1)))
    struct SQLiteRateLimitStoreTests {
        private let clock = ManualClock(noon)

        @Test("decides as the store in memory does, whatever the times")
        func likeMemory() async throws {
            let memory = MemoryRateLimitStore()
            let store = try SQLiteRateLimitStore(path: ":memory:")
            let policy = RateLimitPolicy(limit: 5, window: .seconds(10))
            var random = SplitMix(state: 1)
            for step in 0..<500 {
                clock.advance(by: .milliseconds(Int.random(in: 0...4000, using: &random)))
                let key = Bool.random(using: &random) ? "a" : "b"
                let expected = memory.take(key, policy, clock: clock)
                let decision = try await store.take(key, policy, clock: clock)
                #expect(decision.isAllowed == expected.isAllowed, "step \(step)")
                #expect(decision.remaining == expected.remaining, "step \(step)")
                let difference = decision.reset - expected.reset
                #expect(abs(difference.components.attoseconds) < 1_000_000_000_000_000, "step \(step)")
            }
        }

        @Test("of many at a time, no more than the limit go on")
        func parallel() async throws {
            try await withFolder { folder in
                let path = folder + "/limits.db"
                let stores = [try SQLiteRateLimitStore(path: path), try SQLiteRateLimitStore(path: path)]
                let policy = RateLimitPolicy(limit: 10, window: .seconds(60))
                let allowed = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<50 {
                        group.addTask { try await stores[number % 2].take("key", policy, clock: clock).isAllowed }
                    }
                    return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(allowed == 10)
            }
        }

        @Test("counts on when it is opened again")
        func reopening() async throws {
            try await withFolder { folder in
                let policy = RateLimitPolicy(limit: 1, window: .seconds(60))
                let first = try SQLiteRateLimitStore(path: folder + "/limits.db")
                #expect(try await first.take("key", policy, clock: clock).isAllowed)
                await first.shutDown()
                let second = try SQLiteRateLimitStore(path: folder + "/limits.db")
                #expect(try await !second.take("key", policy, clock: clock).isAllowed)
            }
        }

        @Test("keeps policies and keys apart, long ones too")
        func keys() async throws {
            let store = try SQLiteRateLimitStore(path: ":memory:")
            let long = String(repeating: "k", count: 10_000)
            for policy in ["a", "b", "a:x", "a%3Ax"] {
                let policy = RateLimitPolicy(limit: 1, window: .seconds(60), name: policy)
                for key in ["", "x", "x:y", "y", "it's", long + "1", long + "2"] {
                    #expect(try await store.take(key, policy, clock: clock).isAllowed)
                    #expect(try await !store.take(key, policy, clock: clock).isAllowed)
                }
            }
        }

        @Test("a long key is kept as a digest")
        func longKeys() async throws {
            try await withFolder { folder in
                let store = try SQLiteRateLimitStore(path: folder + "/limits.db")
                let policy = RateLimitPolicy(limit: 1, window: .seconds(60))
                _ = try await store.take(String(repeating: "k", count: 10_000), policy, clock: clock)
                let ids = try SQLiteConnection(other: folder + "/limits.db").texts("SELECT id FROM rate_limits")
                #expect(ids.map(\.utf8.count) == ["default:sha256:".utf8.count + 64])
            }
        }

        @Test("a clock that is set back doesn't lock anybody out for longer than a window")
        func setBack() async throws {
            let store = try SQLiteRateLimitStore(path: ":memory:")
            let policy = RateLimitPolicy(limit: 1, window: .seconds(60))
            #expect(try await store.take("key", policy, clock: clock).isAllowed)
            clock.now = noon.addingTimeInterval(-86_400)
            let decision = try await store.take("key", policy, clock: clock)
            #expect(!decision.isAllowed)
            #expect(decision.reset <= .seconds(120))
            clock.advance(by: .seconds(121))
            #expect(try await store.take("key", policy, clock: clock).isAllowed)
        }

        @Test("rows that are no window count as none")
        func foreignRows() async throws {
            try await withFolder { folder in
                let path = folder + "/limits.db"
                let other = try SQLiteConnection(other: path)
                try other.execute("CREATE TABLE rate_limits (id text PRIMARY KEY, expires, start, current, previous)")
                for (number, row) in [
                    "'x', 1, 1", "NULL, NULL, NULL", "1e999, 0, 0", "-1e999, 0, 0", "1.7e9, -1, 0",
                    "1.7e9, \(Int64.max), \(Int64.max)", "1.7e9, 0, 'y'", "1.7e9, 1.5, 0", "-1e300, 1, 1",
                    "1e300, 0, 0",
                ].enumerated() {
                    try other.execute("INSERT INTO rate_limits VALUES ('default:\(number)', 0, \(row))")
                }
                let store = try SQLiteRateLimitStore(path: path)
                let policy = RateLimitPolicy(limit: 1, window: .seconds(60))
                for number in 0..<10 {
                    #expect(try await store.take("\(number)", policy, clock: clock).isAllowed, "\(number)")
                    #expect(try await !store.take("\(number)", policy, clock: clock).isAllowed, "\(number)")
                }
            }
        }

        @Test("keys of which nothing counts any more are removed, every now and then")
        func cleanup() async throws {
            try await withFolder { folder in
                let store = try SQLiteRateLimitStore(path: folder + "/limits.db")
                let policy = RateLimitPolicy(limit: 5, window: .seconds(60))
                let other = try SQLiteConnection(other: folder + "/limits.db")
                _ = try await store.take("old", policy, clock: clock)
                clock.advance(by: .seconds(850))
                _ = try await store.take("young", policy, clock: clock)
                clock.advance(by: .seconds(50))
                _ = try await store.take("new", policy, clock: clock)
                await store.cleaning.finish()
                let ids = try other.texts("SELECT id FROM rate_limits ORDER BY id")
                #expect(ids == ["default:new", "default:young"])
                #expect(try await store.removeExpired(at: noon.addingTimeInterval(850 + 119)) == 0)
                #expect(try await store.removeExpired(at: noon.addingTimeInterval(850 + 120)) == 1)
            }
        }

        @Test("limits the requests of an application; while the file is locked they are 503s")
        func requests() async throws {
            try await withFolder { folder in
                let app = Application(clock: clock)
                app.silent = true
                var options = SQLiteOptions()
                options.timeout = .milliseconds(20)
                let store = try SQLiteRateLimitStore(path: folder + "/limits.db", options: options)
                app.use(rateLimit(max: 2, per: .seconds(60), store: store))
                app.use { ctx in ctx.body = "in" }
                var statuses: [Int] = []
                for _ in 0..<3 { statuses.append(try await app.test.get("/").status.code) }
                #expect(statuses == [200, 200, 429])
                let other = try SQLiteConnection(other: folder + "/limits.db")
                try other.beginTransaction()
                let refused = try await app.test.get("/")
                #expect(refused.status == .serviceUnavailable)
                other.rollbackTransaction()
                let limited = try await app.test.get("/")
                #expect(limited.status == .tooManyRequests)
            }
        }
    }
#endif
