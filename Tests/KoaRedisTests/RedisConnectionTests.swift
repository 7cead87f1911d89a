#if Redis
    import Koa
    import KoaMiddleware
    import StoreChecks
    import Testing

    @testable import KoaRedis

    /// The options, on a real Redis.
    @Suite("RedisOptions", .enabled(if: TestRedis.isThere), .timeLimit(.minutes(1)))
    struct RedisConnectionTests {
        @Test("a user and a password are let in; others aren't, and the message says why")
        func user() async throws {
            let name = TestRedis.key("user")
            #expect(try await TestRedis.cli("ACL", "SETUSER", name, "on", ">s3cret '\"", "~*", "+@all") == "OK")
            var options = TestRedis.options
            (options.user, options.password) = (name, "s3cret '\"")
            let client = RedisClient(options)
            #expect(try await client.call(["ACL", "WHOAMI"], isIdempotent: true) == .text(name))
            await client.shutDown()
            options.password = "wrong"
            let other = RedisClient(options)
            let error = await #expect(throws: RedisError.self) { try await other.ping() }
            #expect(error?.code == .unreachable)
            #expect(error?.description.contains("WRONGPASS") == true)
            #expect(error?.description.contains("wrong ") == false)
            await other.shutDown()
            #expect(try await TestRedis.cli("ACL", "DELUSER", name) == "1")
        }

        @Test("a user with the few rights that the documentation names can do all that the stores do")
        func rights() async throws {
            let name = TestRedis.key("user")
            #expect(
                try await TestRedis.cli(
                    "ACL", "SETUSER", name, "on", ">p", "~*", "+get", "+set", "+del", "+exists", "+pttl", "+pexpire",
                    "+evalsha", "+eval", "+hmget", "+hset", "+time", "+select") == "OK")
            var options = TestRedis.options
            (options.user, options.password, options.database) = (name, "p", 1)
            let client = RedisClient(options)
            for check in StoreCheck.all { try await check.run(StoreUnderTest(RedisSessionStore(client))) }
            let decision = try await RedisRateLimitStore(client).take(
                TestRedis.key(), .init(limit: 1, window: .seconds(1)), clock: SystemClock())
            #expect(decision.isAllowed)
            await client.shutDown()
            #expect(try await TestRedis.cli("ACL", "DELUSER", name) == "1")
        }

        @Test("databases are kept apart")
        func database() async throws {
            var options = TestRedis.options
            options.database = 3
            let client = RedisClient(options)
            let key = TestRedis.key()
            #expect(try await client.call(["SET", key, "x", "PX", "60000"], isIdempotent: true) == .status("OK"))
            #expect(try await TestRedis.cli("GET", key) == "")
            #expect(try await TestRedis.cli("-n", "3", "GET", key) == "x")
            await client.shutDown()
        }

        @Test("a database that doesn't exist is an error that says so")
        func noDatabase() async throws {
            var options = TestRedis.options
            options.database = 9999
            let client = RedisClient(options)
            let error = await #expect(throws: RedisError.self) { try await client.ping() }
            #expect(error?.description.contains("DB index is out of range") == true)
            await client.shutDown()
        }

        @Test("a Unix socket", .enabled(if: TestRedis.socketPath != nil))
        func unixSocket() async throws {
            let client = RedisClient(RedisOptions(socketPath: try #require(TestRedis.socketPath)))
            try await client.ping()
            await client.shutDown()
        }

        @Test("a connection that Redis closes is replaced")
        func killed() async throws {
            let client = RedisClient(TestRedis.options)
            let first = try await client.call(["CLIENT", "ID"], isIdempotent: true).number
            #expect(try await TestRedis.cli("CLIENT", "KILL", "ID", "\(first)") == "1")
            #expect(try await client.call(["CLIENT", "ID"], isIdempotent: true).number > first)
            await client.shutDown()
        }

        @Test("64 tasks share a connection, and each gets its own values")
        func manyTasks() async throws {
            let client = RedisClient(TestRedis.options)
            let prefix = TestRedis.key()
            try await withThrowingTaskGroup { group in
                for task in 0..<64 {
                    group.addTask {
                        for round in 0..<20 {
                            let text = String(repeating: "\(task).\(round) ", count: round * 50)
                            let values = try await client.call(
                                [["SET", "\(prefix)\(task)", text, "PX", "60000"], ["GET", "\(prefix)\(task)"]],
                                isIdempotent: true)
                            #expect(values == [.status("OK"), .text(text)])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(client.pending == 0)
            await client.shutDown()
        }
    }
#endif
