#if SQLite
    import KoaTesting
    import StoreChecks
    import Testing

    @testable import KoaSQLite

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    @Suite("SQLiteSessionStore", .timeLimit(.minutes(1)))
    struct SQLiteSessionStoreTests {
        private let end = noon.addingTimeInterval(3600)

        @Test("in memory, it does what stores do", arguments: StoreCheck.all)
        func memory(_ check: StoreCheck) async throws {
            try await check.run(StoreUnderTest(SQLiteSessionStore(path: ":memory:")))
        }

        @Test("in a file, it does what stores do", arguments: StoreCheck.all)
        func file(_ check: StoreCheck) async throws {
            try await withFolder { folder in
                try await check.run(StoreUnderTest(SQLiteSessionStore(path: folder + "/sessions.db")))
            }
        }

        @Test("by one thread, and waiting for the disk, it does what stores do", arguments: StoreCheck.all)
        func oneThread(_ check: StoreCheck) async throws {
            try await withFolder { folder in
                var options = SQLiteOptions()
                options.readers = 0
                options.survives = .powerLoss
                let path = folder + "/sessions.db"
                try await check.run(StoreUnderTest(SQLiteSessionStore(path: path, options: options)))
            }
        }

        @Test("sessions are there when the file is opened again")
        func reopening() async throws {
            try await withFolder { folder in
                let path = folder + "/sessions.db"
                let first = try SQLiteSessionStore(path: path)
                _ = try await first.save("id", ["a": 1], until: end, if: .absent, at: noon)
                await first.shutDown()
                let second = try SQLiteSessionStore(path: path)
                let record = try await second.load("id", at: noon)
                #expect(record?.content == ["a": 1])
                #expect(record?.expires == end)
            }
        }

        @Test("of a file that two have opened, as two processes have, no update is lost")
        func shared() async throws {
            try await withFolder { folder in
                let path = folder + "/sessions.db"
                let stores = [try SQLiteSessionStore(path: path), try SQLiteSessionStore(path: path)]
                _ = try await stores[0].save("id", ["n": 0], until: end, if: .absent, at: noon)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for store in stores + stores {
                        group.addTask {
                            for _ in 0..<25 { try await increment(store) }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(try await stores[1].load("id", at: noon)?.content == ["n": 100])
            }
        }

        private func increment(_ store: SQLiteSessionStore) async throws {
            while let record = try await store.load("id", at: noon), let revision = record.revision {
                let content: JSONObject = ["n": JSON((record.content["n"]?.int ?? 0) + 1)]
                let saving = try await store.save("id", content, until: end, if: .unchanged(revision), at: noon)
                if saving != .refused { return }
            }
        }

        @Test("tables of one file are kept apart, whatever their names")
        func tables() async throws {
            try await withFolder { folder in
                let path = folder + "/sessions.db"
                let one = try SQLiteSessionStore(path: path)
                let two = try SQLiteSessionStore(path: path, table: "o'ther \"table\"; --")
                _ = try await one.save("id", ["a": 1], until: end, if: .absent, at: noon)
                _ = try await two.save("id", ["a": 2], until: end, if: .absent, at: noon)
                #expect(try await one.load("id", at: noon)?.content == ["a": 1])
                #expect(try await two.load("id", at: noon)?.content == ["a": 2])
                #expect(try await two.removeExpired(at: end) == 1)
                #expect(try await one.load("id", at: noon)?.content == ["a": 1])
            }
        }

        @Test("the file and those beside it are their owner's alone")
        func mode() async throws {
            try await withFolder { folder in
                let store = try SQLiteSessionStore(path: folder + "/sessions.db")
                _ = try await store.save("id", [:], until: end, if: .absent, at: noon)
                let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                #expect(names == ["sessions.db", "sessions.db-shm", "sessions.db-wal"])
                for name in names {
                    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
                    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600, "\(name)")
                }
                await store.shutDown()
            }
        }

        @Test("a name that looks like a URL is the name of a file")
        func urlName() async throws {
            #expect(try SQLiteFile("file:x?mode=memory").name == "./file:x?mode=memory")
            #expect(try SQLiteFile("/a/file:x").name == "/a/file:x")
        }

        @Test("what is over is removed, a thousand rows at a time, and nothing else")
        func removesExpired() async throws {
            let store = try SQLiteSessionStore(path: ":memory:")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<2500 {
                    let end = noon.addingTimeInterval(number % 2 == 0 ? 10 : 20)
                    group.addTask { _ = try await store.save("\(number)", [:], until: end, if: .absent, at: noon) }
                }
                try await group.waitForAll()
            }
            #expect(try await store.removeExpired(at: noon.addingTimeInterval(9)) == 0)
            #expect(try await store.removeExpired(at: noon.addingTimeInterval(10)) == 1250)
            #expect(try await store.removeExpired(at: noon.addingTimeInterval(10)) == 0)
            #expect(try await store.load("1", at: noon) != nil)
            #expect(try await store.removeExpired(at: noon.addingTimeInterval(20)) == 1250)
        }

        @Test("saving removes what is over, once in an interval")
        func cleansUp() async throws {
            let store = try SQLiteSessionStore(path: ":memory:")
            func count() async throws -> [String] {
                try await store.database.read { try $0.texts("SELECT count(*) || '' FROM sessions") }
            }
            _ = try await store.save("a", [:], until: noon.addingTimeInterval(1), if: .absent, at: noon)
            await store.cleaning.finish()
            for (seconds, expected) in [(899.0, "2"), (900, "2"), (901, "3")] {
                let now = noon.addingTimeInterval(seconds)
                _ = try await store.save("\(seconds)", [:], until: end, if: .absent, at: now)
                await store.cleaning.finish()
                #expect(try await count() == [expected], "\(seconds)")
            }
        }

        @Test("without an interval nothing is removed")
        func keeps() async throws {
            var options = SQLiteOptions()
            options.cleanupInterval = nil
            let store = try SQLiteSessionStore(path: ":memory:", options: options)
            _ = try await store.save("a", [:], until: noon, if: .always, at: noon)
            _ = try await store.save("b", [:], until: end, if: .always, at: end)
            await store.cleaning.finish()
            #expect(try await store.removeExpired(at: noon) == 1)
        }

        @Test("a session counts the requests of a visitor")
        func requests() async throws {
            let app = Application()
            app.keys = ["some secret hurr"]
            let store = try SQLiteSessionStore(path: ":memory:")
            app.use(session(store: store))
            app.use { ctx in
                ctx.session["views", default: 0] += 1
                ctx.body = .text("\(ctx.session["views", default: 0])")
            }
            let client = app.test
            for number in 1...3 {
                let response = try await client.get("/")
                #expect(response.text == "\(number)")
            }
        }

        @Test("while another process has the file locked, a request is a 503, and the next one is served")
        func lockedRequest() async throws {
            try await withFolder { folder in
                let app = Application()
                app.keys = ["some secret hurr"]
                app.silent = true
                var options = SQLiteOptions()
                options.timeout = .milliseconds(20)
                app.use(session(store: try SQLiteSessionStore(path: folder + "/sessions.db", options: options)))
                app.use { ctx in
                    ctx.session["views", default: 0] += 1
                    ctx.body = "served"
                }
                let other = try SQLiteConnection(other: folder + "/sessions.db")
                try other.beginTransaction()
                let refused = try await app.test.get("/")
                #expect(refused.status == .serviceUnavailable)
                #expect(!refused.text.contains("sessions.db"))
                other.rollbackTransaction()
                let served = try await app.test.get("/")
                #expect(served.status == .ok)
                #expect(served.text == "served")
            }
        }

        @Test("after it was shut down, calls throw")
        func shutDown() async throws {
            let store = try SQLiteSessionStore(path: ":memory:")
            await store.shutDown()
            #expect(await sqliteCode { _ = try await store.load("id", at: noon) } == .misuse)
            #expect(
                await sqliteCode { _ = try await store.save("id", [:], until: end, if: .always, at: noon) } == .misuse)
            #expect(await sqliteCode { try await store.destroy("id") } == .misuse)
        }
    }
#endif
