#if MySQL
    import DatabaseTesting
    import KoaDatabases
    import KoaMySQL
    import KoaSession
    import Testing

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// A server that is down, slow or cut off: a TCP proxy stands for it.
    @Suite(.enabled(if: MySQLServer.isThere), .timeLimit(.minutes(1)))
    struct MySQLFailureTests {
        let now = Date()
        var end: Date { now.addingTimeInterval(3600) }

        /// A store behind a proxy.
        private func throughProxy(
            _ mode: TCPProxy.Mode = .forward, _ change: (inout MySQLOptions) -> Void = { _ in },
            greeting: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 },
            _ body: (MySQLSessionStore, TCPProxy) async throws -> Void
        ) async throws {
            var options = MySQLServer.options
            let proxy = try await TCPProxy.start(to: options.host, options.port, mode, greeting: greeting)
            options.port = proxy.port
            change(&options)
            let store = MySQLSessionStore(options)
            do {
                try await body(store, proxy)
            } catch {
                await proxy.stop()
                throw error
            }
            await store.shutDown()
            await proxy.stop()
        }

        @Test func aClosedPortIsUnavailableAtOnce() async throws {
            var options = MySQLServer.options
            options.port = try await TCPProxy.closedPort()
            let store = MySQLSessionStore(options)
            let error = await sessionError { try await store.load("a", at: now) }
            #expect(error?.code == .storeUnavailable)
            #expect(error?.message.contains("127.0.0.1:\(options.port)") == true)
            #expect(error?.message.contains("secret") == false)
            await store.shutDown()
        }

        @Test func aServerThatNeverAnswersIsUnavailableWithinTheTimeout() async throws {
            try await throughProxy(.silent, { ($0.timeout, $0.connectTimeout) = (.milliseconds(300), .seconds(60)) }) {
                store, proxy in
                let start = ContinuousClock.now
                let error = await sessionError { try await store.load("a", at: now) }
                #expect(error?.code == .storeUnavailable)
                // Less than what the library itself would wait.
                #expect(.now - start < .seconds(10))
                // So that the thread needn't wait.
                await proxy.cut()
            }
        }

        @Test func aServerThatFallsSilentIsUnavailableAndThenBack() async throws {
            try await throughProxy(.forward, { ($0.timeout, $0.poolSize) = (.milliseconds(300), 1) }) { store, proxy in
                // A busy machine may need longer for a connection.
                while await sessionError({ try await store.load("a", at: now) }) != nil {}
                proxy.set(.silent)
                #expect(await sessionError { try await store.load("a", at: now) }?.code == .storeUnavailable)
                await proxy.cut()
                proxy.set(.forward)
                while await sessionError({ try await store.load("a", at: now) }) != nil {}
            }
        }

        @Test func aServerThatWasRestartedIsBackWithTheFirstCall() async throws {
            try await throughProxy { store, proxy in
                let id = "restarted \(UUID().uuidString)"
                _ = try await store.save(id, ["n": 1], until: end, if: .absent, at: now)
                proxy.set(.closed)
                await proxy.cut()
                for _ in 1...3 {
                    #expect(await sessionError { try await store.load(id, at: now) }?.code == .storeUnavailable)
                }
                proxy.set(.forward)
                #expect(try await store.load(id, at: now)?.content == ["n": 1])
            }
        }

        @Test func afterAnOutageItIsBackInLessThanTwoSeconds() async throws {
            try await throughProxy { store, proxy in
                // Each connection of the pool is in use, and then lost.
                func ask() async -> [SessionError?] {
                    await withTaskGroup(of: SessionError?.self) { group in
                        for number in 1...16 {
                            group.addTask { [now] in await sessionError { try await store.load("\(number)", at: now) } }
                        }
                        return await group.reduce(into: []) { $0.append($1) }
                    }
                }
                #expect(await ask().allSatisfy { $0 == nil })
                for mode in [TCPProxy.Mode.closed, .silent] {
                    proxy.set(mode)
                    await proxy.cut()
                    #expect(await sessionError { try await store.load("a", at: now) }?.code == .storeUnavailable)
                    await proxy.cut()
                    proxy.set(.forward)
                    let back = ContinuousClock.now
                    #expect(await ask().allSatisfy { $0 == nil })
                    #expect(.now - back < .seconds(2))
                }
            }
        }

        @Test func anIdleConnectionThatWasClosedIsntUsed() async throws {
            try await throughProxy(.forward, { $0.poolSize = 1 }) { store, proxy in
                let id = "idle \(UUID().uuidString)"
                for number in 1...5 {
                    _ = try await store.save(id, ["n": JSON(number)], until: end, if: .always, at: now)
                    await proxy.cut()
                    // What is saved under a condition isn't tried twice: the connection has to be found out before.
                    let revision = SessionRevision.text("{\"n\":\(number)}")
                    let saving = try await store.save(id, ["n": 0], until: end, if: .unchanged(revision), at: now)
                    #expect(saving != .refused)
                }
            }
        }

        @Test func aConnectionThatIsForgottenWhileIdleTakesASecondOfTheCallAtMost() async throws {
            var options = MySQLServer.options
            let proxy = try await TCPProxy.start(to: options.host, options.port)
            (options.port, options.poolSize, options.timeout) = (proxy.port, 1, .seconds(20))
            let database = MySQLDatabase(options)
            let isAlive = try await database.pool.run { connection, deadline in
                connection.isAlive(after: .seconds(31), until: deadline)
            }
            #expect(isAlive)
            // The question's answer isn't in the way of the next one's.
            let rows = try await database.run(retrying: false) { try $0.run("SELECT 7").rows }
            #expect(rows == [[Array("7".utf8)]])
            proxy.set(.silent)
            let (isStillAlive, time) = try await database.pool.run { connection, deadline in
                let start = ContinuousClock.now
                return (connection.isAlive(after: .seconds(31), until: deadline), .now - start)
            }
            #expect(!isStillAlive)
            // Ten times what it is, for machines that are busy.
            #expect(time < .seconds(10))
            await proxy.cut()
            await database.shutDown()
            await proxy.stop()
        }

        @Test func aConnectionThatTheServerKillsIsReplaced() async throws {
            let database = MySQLDatabase(MySQLServer.options)
            let id = try await database.run(retrying: false) { try $0.run("SELECT CONNECTION_ID()").rows }[0][0]
            _ = try await MySQLServer.client.run("KILL \(String(decoding: id ?? [], as: UTF8.self));")
            let other = try await database.run(retrying: true) { try $0.run("SELECT CONNECTION_ID()").rows }[0][0]
            #expect(id != other)
            await database.shutDown()
        }

        @Test func callsAtATimeKeepToThePool() async throws {
            try await throughProxy(.forward, { $0.poolSize = 2 }) { store, proxy in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 1...60 {
                        group.addTask { [now] in _ = try await store.load("\(number)", at: now) }
                    }
                    try await group.waitForAll()
                }
                #expect(proxy.most <= 2)
                #expect(proxy.accepted <= 2)
            }
        }

        @Test func moreThanMayWaitAreUnavailableAtOnce() async throws {
            let change: (inout MySQLOptions) -> Void = {
                ($0.poolSize, $0.maxWaiting, $0.timeout) = (1, 2, .milliseconds(500))
            }
            try await throughProxy(.silent, change) { store, proxy in
                let messages = await withTaskGroup(of: String?.self) { group in
                    for _ in 1...10 {
                        group.addTask { [now] in await sessionError { try await store.load("a", at: now) }?.message }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(messages.count { $0?.contains("2 calls waiting") == true } == 7)
                #expect(!messages.contains(nil))
                await proxy.cut()
            }
        }

        @Test(arguments: [MySQLOptions.TLS.unverified, .verified(authorities: MySQLServer.authorities)])
        func aServerWithoutTLSIsUnavailableWhereItIsAskedFor(_ tls: MySQLOptions.TLS) async throws {
            try await throughProxy(.forward, { $0.tls = tls }, greeting: MySQLServer.withoutTLS) { store, _ in
                let error = await sessionError { try await store.load("a", at: now) }
                #expect(error?.code == .storeUnavailable)
                #expect((error?.cause as? MySQLError)?.code == 2026)
                #expect(error?.message.contains("option tls") == true)
            }
            // It isn't the greeting that is in the way.
            try await throughProxy(.forward, { $0.tls = .off }, greeting: MySQLServer.withoutTLS) { store, _ in
                let record = try await store.load("a", at: now)
                #expect(record == nil)
            }
        }

        @Test(arguments: [1040, 1203, 1226])
        func aServerThatTakesNoMoreConnectionsIsUnavailableAndSaysSo(_ code: Int) async throws {
            try await throughProxy(greeting: MySQLServer.refusal(code, "Too many connections")) { store, _ in
                let error = await sessionError { try await store.load("a", at: now) }
                #expect(error?.code == .storeUnavailable)
                #expect((error?.cause as? MySQLError)?.code == code)
                #expect(error?.message.contains("max_connections") == true)
            }
        }

        @Test func aWrongPasswordIsUnavailable() async throws {
            var options = MySQLServer.options
            options.password = "wrong"
            let store = MySQLSessionStore(options)
            let error = await sessionError { try await store.load("a", at: now) }
            #expect(error?.code == .storeUnavailable)
            #expect((error?.cause as? MySQLError)?.code == 1045)
            await store.shutDown()
        }

        @Test func aTableThatMayntBeMadeIsUnavailable() async throws {
            let store = MySQLSessionStore(MySQLServer.options, table: "mysql.sessions")
            let error = await sessionError { try await store.load("a", at: now) }
            #expect(error?.code == .storeUnavailable)
            #expect(error?.message.contains("`mysql.sessions`") == true)
            await store.shutDown()
        }
    }
#endif
