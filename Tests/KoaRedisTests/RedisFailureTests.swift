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
            let fake = try await FakeRedis { _ in .nothing }
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

        @Test("a name that doesn't exist, and a socket that doesn't, are unreachable")
        func noPlace() async throws {
            for options in [RedisOptions(host: "redis.invalid"), RedisOptions(socketPath: "/nowhere/redis.sock")] {
                let client = RedisClient(options)
                #expect(try await redisCode { try await client.ping() } == .unreachable)
                await client.shutDown()
            }
        }

        @Test("what accepts and never answers is unreachable after connectTimeout")
        func mute() async throws {
            try await withFakeRedis { _ in .nothing } _: { fake in
                var options = fake.options
                options.connectTimeout = .milliseconds(100)
                let client = RedisClient(options)
                let clock = ContinuousClock()
                let start = clock.now
                #expect(try await redisCode { try await client.ping() } == .unreachable)
                #expect(clock.now - start >= .milliseconds(100))
                #expect(clock.now - start < options.timeout)
                await fake.waitUntilClosed(0)
                await client.shutDown()
            }
        }

        @Test("a late answer is a timeout; the connection is closed, and the next call makes another")
        func late() async throws {
            try await withFakeRedis(FakeRedis.greeting { $0.connection == 0 ? .nothing : .say("+b\r\n") }) { fake in
                var options = fake.options
                options.timeout = .milliseconds(100)
                let client = RedisClient(options)
                #expect(try await redisCode { try await client.call(["A"], isIdempotent: true) } == .timeout)
                await fake.waitUntilClosed(0)
                #expect(try await client.call(["B"], isIdempotent: true) == .status("b"))
                #expect(fake.commands.map(\.words) == [["A"], ["B"]])
                await client.shutDown()
            }
        }

        @Test("when it is there again, calls succeed by themselves")
        func recovers() async throws {
            let react = FakeRedis.greeting { _ in .say(":1\r\n") }
            let first = try await FakeRedis(react: react)
            let client = RedisClient(first.options)
            #expect(try await client.call(["A"], isIdempotent: true) == .integer(1))
            await first.stop()
            #expect(try await redisCode { try await client.call(["A"], isIdempotent: true) } == .unreachable)
            let second = try await FakeRedis(port: first.port, react: react)
            var answer: RedisValue?
            // It is asked again after a moment at most.
            while answer == nil {
                do { answer = try await client.call(["A"], isIdempotent: true) } catch let error as RedisError {
                    #expect(error.code == .unreachable)
                    await Task.yield()
                }
            }
            #expect(answer == .integer(1))
            await client.shutDown()
            await second.stop()
        }

        @Test("a call that may run twice is sent again once when the connection breaks, with those behind it in order")
        func repeated() async throws {
            let react = FakeRedis.greeting { command in
                if command.connection == 0 { return .nothing }
                return .say("+\(command.words[0])\r\n")
            }
            try await withFakeRedis(react) { fake in
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
        }

        @Test("a call that is cut off in the midst of its answers starts over")
        func half() async throws {
            let react = FakeRedis.greeting { command in
                switch (command.connection, command.words[0]) {
                case (0, "A"): .say("+old\r\n")
                case (0, _): .close
                default: .say("+new\r\n")
                }
            }
            try await withFakeRedis(react) { fake in
                let client = RedisClient(fake.options)
                #expect(
                    try await client.call([["A"], ["B"]], isIdempotent: true) == [.status("new"), .status("new")])
                await client.shutDown()
            }
        }

        @Test("a call that may not run twice is sent once, and the loss is an error")
        func notRepeated() async throws {
            try await withFakeRedis(FakeRedis.greeting { _ in .close }) { fake in
                let client = RedisClient(fake.options)
                #expect(
                    try await redisCode { try await client.call(["A"], isIdempotent: false) } == .connectionLost)
                #expect(fake.commands.count == 1)
                await client.shutDown()
            }
        }

        @Test("a call that finds each connection breaking is sent twice, not for ever")
        func twice() async throws {
            try await withFakeRedis(FakeRedis.greeting { _ in .close }) { fake in
                let client = RedisClient(fake.options)
                #expect(
                    try await redisCode { try await client.call(["A"], isIdempotent: true) } == .connectionLost)
                #expect(fake.commands.map(\.connection) == [0, 1])
                await client.shutDown()
            }
        }

        @Test("a connection that is closed while nothing waits is replaced with the next call")
        func idle() async throws {
            try await withFakeRedis(FakeRedis.greeting { .say(":\($0.connection)\r\n") }) { fake in
                let client = RedisClient(fake.options)
                #expect(try await client.call(["A"], isIdempotent: true) == .integer(0))
                fake.cut(0)
                await fake.waitUntilClosed(0)
                #expect(try await client.call(["A"], isIdempotent: true) == .integer(1))
                await client.shutDown()
            }
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
            try await withFakeRedis { _ in .say(answer) } _: { fake in
                let client = RedisClient(fake.options)
                let error = await #expect(throws: RedisError.self) { try await client.ping() }
                #expect(error?.code == .unreachable)
                #expect(error?.description.contains(part) == true)
                #expect(error?.description.contains("127.0.0.1:\(fake.port)") == true)
                await client.shutDown()
            }
        }

        @Test("an answer that came before the question counts, as that of a Redis that is full does")
        func welcome() async throws {
            try await withFakeRedis(welcome: "-ERR max number of clients reached\r\n") { _ in .nothing } _: { fake in
                let client = RedisClient(fake.options)
                let error = await #expect(throws: RedisError.self) { try await client.ping() }
                #expect(error?.description.contains("max number of clients") == true)
                await client.shutDown()
            }
        }

        @Test("a user who may not ping may do the rest")
        func noPing() async throws {
            try await withFakeRedis { command in
                command.words == ["PING"] ? .say("-NOPERM this user has no permissions\r\n") : .say(":1\r\n")
            } _: { fake in
                let client = RedisClient(fake.options)
                #expect(try await client.call(["A"], isIdempotent: true) == .integer(1))
                await client.shutDown()
            }
        }

        @Test("an answer to nothing closes the connection")
        func unasked() async throws {
            try await withFakeRedis(FakeRedis.greeting { _ in .say("+a\r\n+b\r\n") }) { fake in
                let client = RedisClient(fake.options)
                #expect(try await client.call(["A"], isIdempotent: true) == .status("a"))
                await fake.waitUntilClosed(0)
                await client.shutDown()
            }
        }

        @Test("what isn't Redis' language, and what is too long, is malformed")
        func malformed() async throws {
            for answer in ["?\r\n", "*1\r\n*1\r\n:1\r\n", "$1000000\r\n" + String(repeating: "x", count: 2000)] {
                try await withFakeRedis(FakeRedis.greeting { _ in .say(answer) }) { fake in
                    var options = fake.options
                    options.maxReplyBytes = 1000
                    let client = RedisClient(options)
                    #expect(try await redisCode { try await client.call(["A"], isIdempotent: true) } == .malformed)
                    await client.shutDown()
                }
            }
        }

        @Test("a Redis that has become a replica is asked no more: the next call connects anew")
        func replica() async throws {
            try await withFakeRedis(
                FakeRedis.greeting { command in
                    command.connection == 0
                        ? .say("-READONLY You can't write against a read only replica.\r\n") : .say("+OK\r\n")
                }
            ) { fake in
                let client = RedisClient(fake.options)
                #expect(try await client.call(["SET"], isIdempotent: true).isError("READONLY"))
                await fake.waitUntilClosed(0)
                #expect(try await client.call(["SET"], isIdempotent: true) == .status("OK"))
                await client.shutDown()
            }
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
