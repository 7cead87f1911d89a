#if Redis
    import Koa
    import KoaMiddleware
    import KoaSession
    import KoaTesting
    import NIOCore
    import Testing

    @testable import KoaRedis

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// What becomes of calls when Redis is away, slow, or isn't Redis.
    @Suite("RedisClient, failures", .timeLimit(.minutes(1))) struct RedisFailureTests {
        /// The options of a port that nobody listens on.
        private func closed() async throws -> RedisOptions {
            let fake = try await FakeRedis(greets: false) { _ in .nothing }
            await fake.stop()
            return fake.options
        }

        @Test("where nobody listens a call fails, and so do the next ones, without trying each time")
        func nobody() async throws {
            let client = RedisClient(try await closed())
            for _ in 0..<3 { #expect(try await redisCode { try await client.ping() } == .unreachable) }
            #expect(client.pending == 0)
            await client.shutDown()
        }

        @Test(
            "a name, a port or a socket that doesn't exist is unreachable",
            arguments: [
                RedisOptions(host: "redis.invalid"), RedisOptions(host: ""), RedisOptions(port: 0),
                RedisOptions(port: 70_000),
                RedisOptions(port: -1), RedisOptions(socketPath: "/nowhere/redis.sock"), RedisOptions(socketPath: ""),
                RedisOptions(socketPath: String(repeating: "x", count: 200)),
            ])
        func noPlace(options: RedisOptions) async throws {
            do {
                let client = RedisClient(options)
                #expect(try await redisCode { try await client.ping() } == .unreachable)
                await client.shutDown()
            }
        }

        @Test("what accepts and never answers is unreachable after connectTimeout")
        func mute() async throws {
            let fake = try await FakeRedis(greets: false) { _ in .nothing }
            defer { fake.close() }
            var options = fake.options
            options.connectTimeout = .milliseconds(100)
            let client = RedisClient(options)
            let start = ContinuousClock.now
            #expect(try await redisCode { try await client.ping() } == .unreachable)
            #expect(start.duration(to: .now) >= .milliseconds(100))
            #expect(start.duration(to: .now) < options.timeout)
            // On a busy machine the time may have been over before the connection was made.
            while fake.connectionCount == 0 {
                #expect(try await redisCode { try await client.ping() } == .unreachable)
            }
            await fake.waitUntilClosed(0)
            await client.shutDown()
        }

        @Test("a late answer is a timeout; the connection is closed, and the next call makes another")
        func late() async throws {
            let fake = try await FakeRedis { $0.words == ["A"] ? .nothing : .say("+b\r\n") }
            defer { fake.close() }
            var options = fake.options
            options.timeout = .milliseconds(100)
            let client = RedisClient(options)
            try await succeed { try await client.ping() }
            #expect(try await redisCode { try await client.call(["A"], isIdempotent: true) } == .timeout)
            await fake.receive(1)
            let late = try #require(fake.commands.first)
            await fake.waitUntilClosed(late.connection)
            #expect(try await succeed { try await client.call(["B"], isIdempotent: true) } == .status("b"))
            let commands = fake.commands
            #expect(commands.filter { $0.words == ["A"] } == [late])
            #expect(try #require(commands.last).connection > late.connection)
            await client.shutDown()
        }

        @Test("when it is there again, calls succeed by themselves")
        func recovers() async throws {
            let react: @Sendable (FakeRedis.Command) -> FakeRedis.Reaction = { _ in .say(":1\r\n") }
            let first = try await FakeRedis(react)
            let client = RedisClient(first.options)
            #expect(try await client.call(["A"], isIdempotent: true) == .integer(1))
            await first.stop()
            #expect(try await redisCode { try await client.call(["A"], isIdempotent: true) } == .unreachable)
            let second = try await FakeRedis(port: first.port, react)
            let answer = try await succeed { try await client.call(["A"], isIdempotent: true) }
            #expect(answer == .integer(1))
            await client.shutDown()
            await second.stop()
        }

        @Test("a call that may run twice is sent again once when the connection breaks, with those behind it in order")
        func repeated() async throws {
            let react: @Sendable (FakeRedis.Command) -> FakeRedis.Reaction = { command in
                if command.connection == 0 { return .nothing }
                return .say("+\(command.words[0])\r\n")
            }
            let fake = try await FakeRedis(react)
            defer { fake.close() }
            let client = RedisClient(fake.options)
            async let first = client.call(["A"], isIdempotent: true)
            await fake.receive(1)
            async let second = client.call([["B"], ["C"]], isIdempotent: true)
            await fake.receive(3)
            fake.cut(0)
            #expect(try await first == .status("A"))
            #expect(try await second == [.status("B"), .status("C")])
            #expect(fake.commands.map(\.words) == [["A"], ["B"], ["C"], ["A"], ["B"], ["C"]])
            #expect(fake.connectionCount == 2)
            await client.shutDown()
        }

        @Test("a call that is cut off in the midst of its answers starts over")
        func half() async throws {
            let react: @Sendable (FakeRedis.Command) -> FakeRedis.Reaction = { command in
                switch (command.connection, command.words[0]) {
                case (0, "A"): .say("+old\r\n")
                case (0, _): .close
                default: .say("+new\r\n")
                }
            }
            let fake = try await FakeRedis(react)
            defer { fake.close() }
            let client = RedisClient(fake.options)
            #expect(
                try await client.call([["A"], ["B"]], isIdempotent: true) == [.status("new"), .status("new")])
            await client.shutDown()
        }

        @Test("a call that may not run twice is sent once, and the loss is an error")
        func notRepeated() async throws {
            let fake = try await FakeRedis { _ in .close }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            #expect(
                try await redisCode { try await client.call(["A"], isIdempotent: false) } == .connectionLost)
            #expect(fake.commands.count == 1)
            await client.shutDown()
        }

        @Test("a call that finds each connection breaking is sent twice, not for ever")
        func twice() async throws {
            let fake = try await FakeRedis { _ in .close }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            #expect(
                try await redisCode { try await client.call(["A"], isIdempotent: true) } == .connectionLost)
            #expect(fake.commands.map(\.connection) == [0, 1])
            await client.shutDown()
        }

        @Test("a connection that is closed while nothing waits is replaced with the next call")
        func idle() async throws {
            let fake = try await FakeRedis { .say(":\($0.connection)\r\n") }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            #expect(try await client.call(["A"], isIdempotent: true) == .integer(0))
            fake.cut(0)
            await fake.waitUntilClosed(0)
            #expect(try await client.call(["A"], isIdempotent: true) == .integer(1))
            await client.shutDown()
        }

        @Test(
            "a Redis that doesn't let in, or isn't ready, is unreachable, and the message says why",
            arguments: [
                ("-LOADING Redis is loading the dataset in memory\r\n", "LOADING"),
                ("-NOAUTH Authentication required.\r\n", "Set the password"),
                ("-ERR max number of clients reached\r\n", "max number of clients"),
                ("HTTP/1.1 400 Bad Request\r\n", "is it its port?"),
            ])
        func refuses(answer: String, part: String) async throws {
            let fake = try await FakeRedis(greets: false) { _ in .say(answer) }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            let error = await #expect(throws: RedisError.self) { try await client.ping() }
            #expect(error?.code == .unreachable)
            #expect(error?.description.contains(part) == true)
            #expect(error?.description.contains("127.0.0.1:\(fake.port)") == true)
            await client.shutDown()
        }

        @Test("an answer that came before the question counts, as that of a Redis that is full does")
        func welcome() async throws {
            let fake = try await FakeRedis(welcome: "-ERR max number of clients reached\r\n", greets: false) { _ in
                .nothing
            }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            let error = await #expect(throws: RedisError.self) { try await client.ping() }
            #expect(error?.description.contains("max number of clients") == true)
            await client.shutDown()
        }

        @Test("a user who may not ping may do the rest")
        func noPing() async throws {
            let fake = try await FakeRedis(greets: false) { command in
                command.words == ["PING"] ? .say("-NOPERM this user has no permissions\r\n") : .say(":1\r\n")
            }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            #expect(try await client.call(["A"], isIdempotent: true) == .integer(1))
            await client.shutDown()
        }

        @Test("an answer to nothing closes the connection")
        func unasked() async throws {
            let fake = try await FakeRedis { _ in .say("+a\r\n+b\r\n") }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            #expect(try await client.call(["A"], isIdempotent: true) == .status("a"))
            await fake.waitUntilClosed(0)
            await client.shutDown()
        }

        @Test("what isn't Redis' language, and what is too long, is malformed")
        func malformed() async throws {
            for answer in ["?\r\n", "*1\r\n*1\r\n:1\r\n", "$1000000\r\n" + String(repeating: "x", count: 2000)] {
                let fake = try await FakeRedis { _ in .say(answer) }
                defer { fake.close() }
                var options = fake.options
                options.maxReplyBytes = 1000
                let client = RedisClient(options)
                #expect(try await redisCode { try await client.call(["A"], isIdempotent: true) } == .malformed)
                await client.shutDown()
            }
        }

        @Test(
            "a Redis that has become a replica is asked no more: the next call connects anew",
            arguments: [
                "READONLY You can't write against a read only replica.",
                "READONLY You can't write against a read only replica. script: 8a1f, on @user_script:5.",
                "ERR Error running script (call to f_8a1f): @user_script:5: @user_script: 5: -READONLY You can't write "
                    + "against a read only replica.",
            ])
        func replica(error: String) async throws {
            let fake = try await FakeRedis { command in
                command.connection == 0 ? .say("-\(error)\r\n") : .say("+OK\r\n")
            }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            let answer = try await client.call(["SET"], isIdempotent: true)
            let refusal = #expect(throws: RedisError.self) { try answer.checked() }
            try #require(refusal?.message.contains("name the Redis that it follows") == true)
            await fake.waitUntilClosed(0)
            #expect(try await client.call(["SET"], isIdempotent: true) == .status("OK"))
            await client.shutDown()
        }

        @Test(
            "a false Redis' times of a rate limit are malformed, never a crash",
            arguments: ["1e300", "1e16", "-1", "nan", "inf", "-inf", "x", ""])
        func falseTime(_ time: String) async throws {
            let fake = try await FakeRedis { _ in .say("*3\r\n:1\r\n:5\r\n$\(time.utf8.count)\r\n\(time)\r\n") }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            let store = RedisRateLimitStore(client)
            let policy = RateLimitPolicy(limit: 10, window: .seconds(60))
            #expect(try await redisCode { try await store.take("a", policy, clock: SystemClock()) } == .malformed)
            await client.shutDown()
        }

        @Test("is back in less than 2 s after an outage, however often it was asked in vain")
        func recoveryTime() async throws {
            let react: @Sendable (FakeRedis.Command) -> FakeRedis.Reaction = { _ in .say(":1\r\n") }
            let first = try await FakeRedis(react)
            let client = RedisClient(first.options)
            #expect(try await client.call(["A"], isIdempotent: true) == .integer(1))
            await first.stop()
            // As long as it takes until the times between connections are as long as they get.
            let start = ContinuousClock.now
            while .now - start < .milliseconds(1500) {
                #expect(try await redisCode { try await client.call(["A"], isIdempotent: true) } == .unreachable)
            }
            let second = try await FakeRedis(port: first.port, react)
            let back = ContinuousClock.now
            #expect(try await succeed { try await client.call(["A"], isIdempotent: true) } == .integer(1))
            #expect(.now - back < .seconds(2))
            await client.shutDown()
            await second.stop()
        }

        @Test("waits longer after each failure, up to a second, until there is a connection")
        func backOff() {
            var backOff = RedisBackOff()
            var now = NIODeadline.uptimeNanoseconds(1_000_000_000)
            #expect(backOff.error(at: now) == nil)
            for milliseconds in [20, 40, 80, 160, 320, 640, 1000, 1000, 1000] as [Int64] {
                backOff.fail(.lost, at: now, share: 1)
                #expect(backOff.error(at: now) != nil)
                #expect(backOff.error(at: now + .milliseconds(milliseconds) - .nanoseconds(1)) != nil)
                now = now + .milliseconds(milliseconds)
                #expect(backOff.error(at: now) == nil)
            }
            for _ in 0..<200 { backOff.fail(.lost, at: now, share: 1) }
            #expect(backOff.error(at: now + .seconds(1)) == nil)
            backOff.reset()
            backOff.fail(.lost, at: now, share: 0.5)
            #expect(backOff.error(at: now + .milliseconds(10)) == nil)
        }

        @Test("stores throw, and requests are 503")
        func stores() async throws {
            let redis = RedisClient(try await closed())
            let store = RedisSessionStore(redis)
            let error = await #expect(throws: SessionError.self) { try await store.load("a", at: Date()) }
            #expect(error?.code == .storeUnavailable)
            #expect((error?.cause as? RedisError)?.code == .unreachable)
            let sessions = Application()
            sessions.silent = true
            sessions.keys = ["key"]
            sessions.use(session(store: store))
            sessions.use { ctx in ctx.session["a"] = 1 }
            #expect(try await sessions.test.get("/").status == 503)
            let limited = Application()
            limited.silent = true
            limited.use(rateLimit(store: RedisRateLimitStore(redis)) { _ in "me" })
            let response = try await limited.test.get("/")
            #expect(response.status == 503)
            #expect(!response.text.contains("127.0.0.1"))
            await redis.shutDown()
        }
    }
#endif
