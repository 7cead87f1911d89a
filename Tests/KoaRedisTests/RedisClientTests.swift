#if Redis
    import NIOConcurrencyHelpers
    import NIOCore
    import NIOPosix
    import Testing

    @testable import KoaRedis

    /// How calls share a connection.
    @Suite("RedisClient", .timeLimit(.minutes(1))) struct RedisClientTests {
        @Test("sends all calls before any is answered, on one connection, and gives each its own answer")
        func pipelining() async throws {
            let fake = try await FakeRedis { _ in .nothing }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            let answers = try await withThrowingTaskGroup(of: (Int, RedisValue).self) { group in
                for number in 0..<100 {
                    group.addTask { (number, try await client.call(["GET", "\(number)"], isIdempotent: true)) }
                }
                await fake.receive(100)
                for command in fake.commands { fake.say("+\(command.words[1])\r\n") }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(answers == Dictionary(uniqueKeysWithValues: (0..<100).map { ($0, .status("\($0)")) }))
            #expect(fake.connectionCount == 1)
            #expect(client.pending == 0)
            await client.shutDown()
        }

        @Test("a call goes on while the event loop of another one is busy, and takes that one along")
        func busyLoop() async throws {
            guard #available(macOS 26, *) else { return }
            let fake = try await FakeRedis { .say("+\($0.words[1])\r\n") }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
            let end = ConditionLock(value: false)
            let first = group.next().submit {
                let task = Task.immediate { try await client.call(["GET", "1"], isIdempotent: true) }
                end.lock(whenValue: true)
                end.unlock()
                return task
            }
            while client.pending == 0 { await Task.yield() }
            #expect(try await client.call(["GET", "2"], isIdempotent: true) == .status("2"))
            #expect(fake.commands.map(\.words) == [["GET", "1"], ["GET", "2"]])
            end.lock()
            end.unlock(withValue: true)
            #expect(try await first.get().value == .status("1"))
            await client.shutDown()
            try await group.shutdownGracefully()
        }

        @Test("keeps the commands of one call together")
        func together() async throws {
            let fake = try await FakeRedis { .say("+\($0.words[1])\r\n") }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            try await withThrowingTaskGroup { group in
                for number in 0..<50 {
                    group.addTask {
                        let values = try await client.call(
                            [["A", "\(number)"], ["B", "\(number)"]], isIdempotent: true)
                        #expect(values == [.status("\(number)"), .status("\(number)")])
                    }
                }
                try await group.waitForAll()
            }
            let commands = fake.commands.map(\.words)
            try #require(commands.count == 100)
            for index in stride(from: 0, to: commands.count, by: 2) {
                #expect(commands[index][0] == "A")
                #expect(commands[index + 1] == ["B", commands[index][1]])
            }
            await client.shutDown()
        }

        @Test("greets before the first call: AUTH, SELECT, PING")
        func greeting() async throws {
            let fake = try await FakeRedis { _ in .say(":1\r\n") }
            defer { fake.close() }
            let client = RedisClient(RedisOptions(port: fake.port, user: "u", password: "p", database: 2))
            #expect(try await client.call(["X"], isIdempotent: true) == .integer(1))
            #expect(
                fake.allCommands.map(\.words) == [["AUTH", "u", "p"], ["SELECT", "2"], ["PING"], ["X"]])
            await client.shutDown()
        }

        @Test("connects with the first call, not before")
        func lazy() async throws {
            let fake = try await FakeRedis { _ in .nothing }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            #expect(fake.connectionCount == 0)
            try await client.ping()
            #expect(fake.connectionCount == 1)
            await client.shutDown()
        }

        @Test("refuses a call beyond the bound at once, and takes calls again when there is room")
        func bound() async throws {
            let fake = try await FakeRedis { _ in .nothing }
            defer { fake.close() }
            var options = fake.options
            options.maxPending = 3
            let client = RedisClient(options)
            async let first = client.call(["A"], isIdempotent: true)
            async let second = client.call(["B"], isIdempotent: true)
            async let third = client.call(["C"], isIdempotent: true)
            await fake.receive(3)
            #expect(try await redisCode { try await client.call(["D"], isIdempotent: true) } == .overloaded)
            #expect(fake.commands.count == 3)
            fake.say(":1\r\n:1\r\n:1\r\n")
            _ = try await (first, second, third)
            async let fourth = client.call(["E"], isIdempotent: true)
            await fake.receive(4)
            fake.say(":2\r\n")
            #expect(try await fourth == .integer(2))
            await client.shutDown()
        }

        @Test("bounds the bytes of what waits, but takes a single call of any length")
        func byteBound() async throws {
            let fake = try await FakeRedis { _ in .nothing }
            defer { fake.close() }
            var options = fake.options
            options.maxPendingBytes = 100
            let client = RedisClient(options)
            async let long = client.call(["SET", "k", String(repeating: "x", count: 10_000)], isIdempotent: true)
            await fake.receive(1)
            #expect(try await redisCode { try await client.call(["GET", "k"], isIdempotent: true) } == .overloaded)
            fake.say("+OK\r\n")
            #expect(try await long == .status("OK"))
            #expect(client.pending == 0)
            await client.shutDown()
        }

        @Test("a cancelled call ends at once; the answer that comes later isn't given to another")
        func cancellation() async throws {
            let fake = try await FakeRedis { _ in .nothing }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            let cancelled = Task { try await client.call(["A"], isIdempotent: true) }
            await fake.receive(1)
            async let other = client.call(["B"], isIdempotent: true)
            await fake.receive(2)
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            fake.say("+a\r\n+b\r\n")
            #expect(try await other == .status("b"))
            #expect(client.pending == 0)
            await client.shutDown()
        }

        @Test("a call of a task that is cancelled already isn't sent")
        func cancelledBefore() async throws {
            let fake = try await FakeRedis { _ in .say(":1\r\n") }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await client.call(["A"], isIdempotent: true)
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await client.call(["B"], isIdempotent: true) == .integer(1))
            #expect(fake.commands.map(\.words) == [["B"]])
            await client.shutDown()
        }

        @Test("a call that is cancelled while it waits for a connection isn't sent")
        func cancelledWaiting() async throws {
            let fake = try await FakeRedis(greets: false) {
                $0.words == ["PING"] ? .nothing : .say("+\($0.words[0])\r\n")
            }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            let cancelled = Task { try await client.call(["A"], isIdempotent: true) }
            await fake.waitForConnections(1)
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            async let other = client.call(["B"], isIdempotent: true)
            fake.say("+PONG\r\n")
            #expect(try await other == .status("B"))
            #expect(fake.commands.map(\.words) == [["B"]])
            await client.shutDown()
        }

        @Test("shut down, it ends what is under way, closes the connection, and takes no more calls")
        func shutDown() async throws {
            let fake = try await FakeRedis { _ in .nothing }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            let call = Task { try await client.call(["A"], isIdempotent: true) }
            await fake.receive(1)
            await client.shutDown()
            #expect(try await redisCode { try await call.value } == .shutDown)
            await fake.waitUntilClosed(0)
            #expect(try await redisCode { try await client.ping() } == .shutDown)
            await client.shutDown()
            #expect(fake.connectionCount == 1)
        }

        @Test("shut down while it connects, it closes that connection, too")
        func shutDownConnecting() async throws {
            let fake = try await FakeRedis(greets: false) { _ in .nothing }
            defer { fake.close() }
            let client = RedisClient(fake.options)
            let call = Task { try await client.ping() }
            await fake.waitForConnections(1)
            await client.shutDown()
            #expect(try await redisCode { try await call.value } == .shutDown)
            await fake.waitUntilClosed(0)
        }

        @Test("let go of, it closes its connection")
        func released() async throws {
            let fake = try await FakeRedis { _ in .nothing }
            defer { fake.close() }
            try await RedisClient(fake.options).ping()
            await fake.waitUntilClosed(0)
        }
    }
#endif
