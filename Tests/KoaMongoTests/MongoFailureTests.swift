#if MongoDB
    import Foundation
    import Koa
    import KoaMongo
    import KoaSession
    import KoaTesting
    import Testing

    @Suite(
        "MongoDB that fails",
        .enabled(if: MongoServer.isThere, "scripts/lib/databases/mongo.sh hasn't started a server"),
        .timeLimit(.minutes(5)))
    struct MongoFailureTests {
        private let now = Date()
        private var end: Date { now.addingTimeInterval(60) }

        /// A store that reaches the server through a proxy.
        private func withProxy(
            _ change: (inout MongoOptions) -> Void = { _ in },
            _ body: (MongoSessionStore, CuttableProxy) async throws -> Void
        ) async throws {
            let proxy = try await CuttableProxy(to: MongoServer.port)
            var options = MongoServer.options(port: proxy.port)
            change(&options)
            try await MongoServer.withStore(options) { try await body($0, proxy) }
            try await proxy.stop()
        }

        private func expectUnavailable(_ call: () async throws -> Void) async {
            let error = await #expect(throws: SessionError.self) { try await call() }
            #expect(error?.code == .storeUnavailable)
        }

        @Test("since nobody listens is unavailable at once, and back as soon as somebody does")
        func refused() async throws {
            try await withProxy { store, proxy in
                _ = try await store.save("a", ["n": 1], until: end, if: .absent, at: now)
                proxy.cut(.refusing)
                for _ in 0..<3 { await expectUnavailable { _ = try await store.load("a", at: now) } }
                await expectUnavailable { _ = try await store.save("a", [:], until: end, if: .always, at: now) }
                await expectUnavailable { _ = try await store.touch("a", [:], until: end, at: now) }
                await expectUnavailable { try await store.destroy("a") }
                await expectUnavailable { try await store.removeExpired(at: now) }
                proxy.cut(.forwarding)
                #expect(try await store.load("a", at: now)?.content == ["n": 1])
            }
        }

        @Test("is back in less than 2 s after an outage", arguments: [CuttableProxy.Mode.refusing, .silent])
        func recoveryTime(_ mode: CuttableProxy.Mode) async throws {
            try await withProxy { store, proxy in
                let now = now
                /// On each connection of the pool.
                func ask() async throws {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in 1...16 { group.addTask { _ = try await store.load("\(number)", at: now) } }
                        try await group.waitForAll()
                    }
                }
                try await ask()
                proxy.cut(mode)
                for _ in 0..<2 { await expectUnavailable { _ = try await store.load("a", at: now) } }
                proxy.cut(.forwarding)
                let back = ContinuousClock.now
                try await ask()
                #expect(.now - back < .seconds(2))
            }
        }

        @Test("before the first call is unavailable, and works when it is there")
        func late() async throws {
            try await withProxy { store, proxy in
                proxy.cut(.refusing)
                await expectUnavailable { _ = try await store.load("a", at: now) }
                proxy.cut(.forwarding)
                let record = try await store.load("a", at: now)
                #expect(record == nil)
            }
        }

        @Test(
            "without an answer is unavailable within the timeouts, whichever is the shorter", arguments: [true, false])
        func silent(_ connecting: Bool) async throws {
            try await withProxy {
                $0.connectTimeout = connecting ? .milliseconds(200) : .seconds(60)
                $0.timeout = connecting ? .seconds(60) : .milliseconds(300)
            } _: { store, proxy in
                proxy.cut(.silent)
                let start = ContinuousClock.now
                await expectUnavailable { _ = try await store.load("a", at: now) }
                #expect(ContinuousClock.now - start < .seconds(30))
                proxy.cut(.forwarding)
                let record = try await store.load("a", at: now)
                #expect(record == nil)
            }
        }

        @Test("and has shorter timeouts in the connection string goes by those")
        func ownTimeouts() async throws {
            try await withProxy {
                $0.url += "/?connectTimeoutMS=200&serverSelectionTimeoutMS=200"
                $0.connectTimeout = .seconds(60)
                $0.timeout = .seconds(60)
            } _: { store, proxy in
                proxy.cut(.silent)
                let start = ContinuousClock.now
                await expectUnavailable { _ = try await store.load("a", at: now) }
                #expect(ContinuousClock.now - start < .seconds(30))
                proxy.cut(.forwarding)
                let record = try await store.load("a", at: now)
                #expect(record == nil)
            }
        }

        @Test("could never keep a session of 17 MB isn't even sent it")
        func tooLarge() async throws {
            try await withProxy { store, proxy in
                _ = try await store.save("a", ["n": 1], until: end, if: .absent, at: now)
                let accepted = proxy.accepted
                let text = JSON.string(String(repeating: "x", count: 17 << 20))
                let error = await #expect(throws: SessionError.self) {
                    _ = try await store.save("a", ["text": text], until: end, if: .always, at: now)
                }
                #expect(error.map { "\($0)".contains("too large") } == true)
                // The connection is none the worse for it.
                #expect(try await store.load("a", at: now)?.content == ["n": 1])
                #expect(proxy.accepted == accepted)
            }
        }

        @Test("and has cut an idle connection is reached on a new one, without an error")
        func idleConnectionCut() async throws {
            try await withProxy { store, proxy in
                _ = try await store.save("a", ["n": 1], until: end, if: .absent, at: now)
                let accepted = proxy.accepted
                proxy.cut(.forwarding)
                #expect(try await store.load("a", at: now)?.content == ["n": 1])
                #expect(proxy.accepted > accepted)
            }
        }

        @Test("and loses the answer to a saving has saved once: the second call finds that out")
        func lostAnswer() async throws {
            try await withProxy { store, proxy in
                #expect(try await store.load("a", at: now) == nil)
                proxy.loseAnswer()
                let saving = try await store.save("a", ["n": 1], until: end, if: .absent, at: now)
                let record = try #require(try await store.load("a", at: now))
                #expect(saving == .saved(record.revision))
                #expect(record.content == ["n": 1])
                let revision = try #require(record.revision)
                proxy.loseAnswer()
                #expect(
                    try await store.save("a", ["n": 2], until: end, if: .unchanged(revision), at: now) != .refused)
                #expect(try await store.load("a", at: now)?.content == ["n": 2])
            }
        }

        @Test("is asked by as many calls at a time as there are connections, and refuses those that can't wait")
        func bound() async throws {
            try await withProxy {
                $0.poolSize = 2
                $0.maxWaiting = 1
                $0.connectTimeout = .milliseconds(500)
                $0.timeout = .milliseconds(500)
            } _: { store, proxy in
                proxy.cut(.silent)
                let now = now
                let messages = await withTaskGroup(of: String.self) { group in
                    for _ in 0..<6 {
                        group.addTask {
                            do {
                                _ = try await store.load("a", at: now)
                                return "loaded"
                            } catch {
                                return "\(error)"
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                #expect(messages.filter { $0.contains("calls waiting") }.count == 3, "\(messages)")
                #expect(!messages.contains("loaded"))
            }
        }

        @Test("doesn't hold up a call whose task is cancelled while it waits for a connection")
        func cancelled() async throws {
            try await withProxy {
                $0.poolSize = 1
                $0.connectTimeout = .seconds(2)
            } _: { store, proxy in
                proxy.cut(.silent)
                let now = now
                let stuck = Task { try await store.load("a", at: now) }
                while proxy.accepted == 0 { await Task.yield() }
                let waiting = Task { try await store.load("a", at: now) }
                waiting.cancel()
                await #expect(throws: CancellationError.self) { try await waiting.value }
                await #expect(throws: SessionError.self) { try await stuck.value }
            }
        }

        @Test("is waited for however long the times are", arguments: [Int64.max, 12_884_902])
        func longTimeouts(_ seconds: Int64) async throws {
            var options = MongoServer.options()
            options.timeout = .seconds(seconds) + .milliseconds(1)
            options.connectTimeout = .seconds(seconds) + .milliseconds(1)
            options.maxAge = .seconds(seconds) + .milliseconds(1)
            try await MongoServer.withStore(options) { store in
                _ = try await store.save("a", ["n": 1], until: end, if: .absent, at: now)
                #expect(try await store.load("a", at: now)?.content == ["n": 1])
            }
        }

        @Test("and is shut down takes no more calls")
        func shutDown() async throws {
            let store = try MongoSessionStore(MongoServer.options())
            #expect(try await store.load("a", at: now) == nil)
            await store.shutDown()
            await expectUnavailable { _ = try await store.load("a", at: now) }
        }

        @Test("makes a request a 503, and nothing else")
        func request() async throws {
            try await withProxy { store, proxy in
                let app = Application()
                app.silent = true
                app.keys = ["a key"]
                app.use(session(store: store))
                app.use { ctx in
                    ctx.session["n"] = (ctx.session["n"]?.int ?? 0) + 1
                    ctx.body = .text("\(ctx.session["n"]?.int ?? 0)")
                }
                let browser = app.test.keepingCookies()
                var response = try await browser.get("/")
                #expect(response.text == "1")
                proxy.cut(.refusing)
                response = try await browser.get("/")
                #expect(response.status == 503)
                proxy.cut(.forwarding)
                response = try await browser.get("/")
                #expect(response.text == "2")
            }
        }
    }
#endif
