#if Redis
    import Koa
    import KoaSession
    import KoaTesting
    import StoreChecks
    import Testing

    @testable import KoaRedis

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    @Suite("RedisSessionStore", .enabled(if: TestRedis.isThere), .timeLimit(.minutes(1)))
    struct RedisSessionStoreTests {
        private let redis = TestRedis.client
        private let store = RedisSessionStore(TestRedis.client)
        private let now = Date()

        @Test(arguments: StoreCheck.all) func holds(_ check: StoreCheck) async throws {
            try await check.run(StoreUnderTest(RedisSessionStore(TestRedis.client, prefix: "checks:")))
        }

        @Test("Redis' own client reads what was saved: JSON under the id, with its end")
        func readBack() async throws {
            let id = TestRedis.key()
            let content: JSONObject = ["views": 1, "_expire": 1_700_000_000_000, "name": "小龙"]
            _ = try await store.save(id, content, until: now.addingTimeInterval(90), if: .absent, at: now)
            #expect(try await TestRedis.cli("--raw", "GET", id) == #"{"views":1,"_expire":1700000000000,"name":"小龙"}"#)
            let left = try #require(Int(try await TestRedis.cli("PTTL", id)))
            #expect((60_000...90_000).contains(left))
            _ = try await store.touch(id, content, until: now.addingTimeInterval(3600), at: now)
            #expect(try #require(Int(try await TestRedis.cli("PTTL", id))) > 3_500_000)
            try await store.destroy(id)
            #expect(try await TestRedis.cli("EXISTS", id) == "0")
        }

        @Test("what koa-redis has saved is loaded, with its end, and can be saved again")
        func fromKoaRedis() async throws {
            let id = "koa:sess:" + TestRedis.key()
            #expect(try await TestRedis.cli("SETEX", id, "60", #"{"user":{"id":7},"_maxAge":86400000}"#) == "OK")
            let record = try #require(try await store.load(id, at: now))
            #expect(record.content == ["user": ["id": 7], "_maxAge": 86_400_000])
            let left = try #require(record.expires).timeIntervalSince(now)
            #expect((30...60).contains(left))
            let saving = try await store.save(
                id, ["user": 8], until: now.addingTimeInterval(60), if: .unchanged(try #require(record.revision)),
                at: now)
            #expect(saving == .saved(.text(#"{"user":8}"#)))
        }

        @Test("a session without an end, as koa-redis saves one without a maxAge, has none")
        func endless() async throws {
            let id = TestRedis.key()
            #expect(try await TestRedis.cli("SET", id, #"{"a":1}"#) == "OK")
            let record = try #require(try await store.load(id, at: now))
            #expect(record.expires == nil)
            #expect(record.content == ["a": 1])
            try await store.destroy(id)
        }

        @Test(
            "what is stored and is no JSON object is no session, and can be replaced",
            arguments: [
                ["SET", "", "{"], ["SET", "", ""], ["SET", "", "[1]"], ["SET", "", "\"text\""], ["SET", "", "null"],
                ["SET", "", "{\"a\":1}x"], ["SET", "", String(repeating: "[", count: 100_000)],
                ["LPUSH", "", "{}"], ["HSET", "", "a", "1"], ["SADD", "", "{}"],
                // No UTF-8.
                ["SETBIT", "", "0", "1"],
            ])
        func foreign(command: [String]) async throws {
            let id = TestRedis.key()
            var words = command
            words[1] = id
            _ = try await redis.call(RedisCommand(words), isIdempotent: true).checked()
            #expect(try await store.load(id, at: now) == nil)
            let later = now.addingTimeInterval(60)
            let stale = SessionCondition.unchanged(.text("{}"))
            #expect(try await store.save(id, ["a": 2], until: later, if: stale, at: now) == .refused)
            #expect(try await store.save(id, ["a": 2], until: later, if: .absent, at: now) == .refused)
            _ = try await store.save(id, ["a": 2], until: later, if: .always, at: now)
            #expect(try await store.load(id, at: now)?.content == ["a": 2])
            try await store.destroy(id)
        }

        @Test("a script that Redis has forgotten is sent again")
        func forgottenScript() async throws {
            let id = TestRedis.key()
            let later = now.addingTimeInterval(60)
            var text = #"{"n":0}"#
            _ = try await store.save(id, ["n": 0], until: later, if: .always, at: now)
            for number in 1...3 {
                #expect(try await TestRedis.cli("SCRIPT", "FLUSH") == "OK")
                let saving = try await store.save(
                    id, ["n": JSON(number)], until: later, if: .unchanged(.text(text)), at: now)
                text = "{\"n\":\(number)}"
                #expect(saving == .saved(.text(text)))
            }
            try await store.destroy(id)
        }

        @Test("the prefix stands before the id")
        func prefix() async throws {
            let id = TestRedis.key()
            let prefixed = RedisSessionStore(redis, prefix: "app:")
            _ = try await prefixed.save(id, ["a": 1], until: now.addingTimeInterval(60), if: .always, at: now)
            #expect(try await TestRedis.cli("GET", "app:" + id) == #"{"a":1}"#)
            #expect(try await store.load(id, at: now) == nil)
            try await prefixed.destroy(id)
        }

        @Test("ends far away, over, or without sense are no error")
        func ends() async throws {
            #expect(RedisSessionStore.milliseconds(from: now, to: now.addingTimeInterval(1.0001)) == 1001)
            #expect(RedisSessionStore.milliseconds(from: now, to: now) == 0)
            #expect(RedisSessionStore.milliseconds(from: now, to: .distantPast) == 0)
            #expect(
                RedisSessionStore.milliseconds(from: now, to: now.addingTimeInterval(.infinity)) == 100_000_000_000_000)
            #expect(RedisSessionStore.milliseconds(from: now, to: now.addingTimeInterval(.nan)) == 0)
            let id = TestRedis.key()
            let never = now.addingTimeInterval(.infinity)
            #expect(
                try await store.save(id, ["a": 1], until: never, if: .absent, at: now) == .saved(.text(#"{"a":1}"#)))
            #expect(try await store.touch(id, [:], until: never, at: now))
            #expect(try await store.load(id, at: now)?.content == ["a": 1])
            try await store.destroy(id)
        }

        @Test("a new session whose time is over is refused where there is one, else not kept")
        func absentOver() async throws {
            let id = TestRedis.key()
            let over = now.addingTimeInterval(-1)
            #expect(try await store.save(id, [:], until: over, if: .absent, at: now) == .saved(.text("{}")))
            #expect(try await store.load(id, at: now) == nil)
            _ = try await store.save(id, ["a": 1], until: now.addingTimeInterval(60), if: .always, at: now)
            #expect(try await store.save(id, [:], until: over, if: .absent, at: now) == .refused)
            #expect(
                try await store.save(id, [:], until: over, if: .unchanged(.text(#"{"a":1}"#)), at: now)
                    == .saved(.text("{}")))
            #expect(try await store.load(id, at: now) == nil)
        }

        @Test("a session is refused whose text is longer than what may be loaded, and the longest that may be is kept")
        func tooLong() async throws {
            var options = TestRedis.options
            options.maxReplyBytes = 1000
            let client = RedisClient(options)
            let store = RedisSessionStore(client)
            let (id, later) = (TestRedis.key(), now.addingTimeInterval(60))
            // `$992`, a line end, `{"a":"…"}` and a line end.
            let longest: JSONObject = ["a": .string(String(repeating: "x", count: 992 - 8))]
            #expect(try await store.save(id, longest, until: later, if: .absent, at: now) != .refused)
            #expect(try await store.load(id, at: now)?.content == longest)
            let revision = SessionRevision.text(longest.jsonText)
            let longer: JSONObject = ["a": .string(String(repeating: "x", count: 993 - 8))]
            for condition in [.always, .absent, .unchanged(revision)] as [SessionCondition] {
                let error = await #expect(throws: SessionError.self) {
                    try await store.save(id, longer, until: later, if: condition, at: now)
                }
                #expect(error?.code == .storeUnavailable)
                #expect(error?.message.contains("maxReplyBytes") == true)
            }
            #expect(try await store.load(id, at: now)?.content == longest)
            try await store.destroy(id)
            await client.shutDown()
        }

        @Test("a revision of another kind of store is refused")
        func otherRevision() async throws {
            let id = TestRedis.key()
            let later = now.addingTimeInterval(60)
            _ = try await store.save(id, ["a": 1], until: later, if: .always, at: now)
            #expect(try await store.save(id, [:], until: later, if: .unchanged(.number(1)), at: now) == .refused)
            try await store.destroy(id)
        }

        @Test("two servers share their sessions; a key that isn't a session gives a new one")
        func servers() async throws {
            func server(_ store: RedisSessionStore) -> Application {
                let app = Application()
                app.keys = ["key"]
                app.use(session(.init(signed: false), store: store))
                app.use { ctx in
                    let views = (ctx.session["views"]?.int ?? 0) + 1
                    ctx.session["views"] = JSON(views)
                    ctx.body = "\(views)"
                }
                return app
            }
            let other = RedisClient(TestRedis.options)
            let (one, two) = (server(store).test, server(RedisSessionStore(other)).test)
            let first = try await one.get("/")
            #expect(first.text == "1")
            let cookie = try #require(first.get("Set-Cookie")?.split(separator: ";").first.map(String.init))
            #expect(try await two.get("/", headers: ["Cookie": cookie]).text == "2")
            #expect(try await one.get("/", headers: ["Cookie": cookie]).text == "3")
            let id = TestRedis.key()
            _ = try await TestRedis.cli("LPUSH", id, "x")
            let response = try await one.get("/", headers: ["Cookie": "koa.sess=\(id)"])
            #expect(response.status == 200)
            #expect(response.text == "1")
            #expect(response.get("Set-Cookie")?.contains(id) == false)
            await other.shutDown()
        }
    }
#endif
