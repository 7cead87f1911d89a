#if MySQL
    import DatabaseTesting
    import KoaDatabases
    import KoaMySQL
    import KoaSession
    import StoreChecks
    import Testing

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    @Suite(.enabled(if: MySQLServer.isThere))
    struct MySQLSessionStoreTests {
        let now = Date()
        var end: Date { now.addingTimeInterval(3600) }

        @Test(arguments: StoreCheck.all)
        func holds(_ check: StoreCheck) async throws {
            let store = MySQLSessionStore(MySQLServer.options)
            try await check.run(StoreUnderTest(store))
            await store.shutDown()
        }

        @Test func itsClientReadsWhatTheStoreWrote() async throws {
            let table = try await MySQLServer.table("read_back")
            let store = MySQLSessionStore(MySQLServer.options, table: table)
            _ = try await store.save("it's", ["name": "小龙 🐉", "n": 1], until: end, if: .absent, at: now)
            let rows = try await MySQLServer.client.run("SELECT id, expires, data FROM \(table);")
            #expect(rows == "it's\t\(end.milliseconds)\t{\"name\":\"小龙 🐉\",\"n\":1}")
            await store.shutDown()
        }

        @Test func aTableThatIsDroppedIsMadeAgain() async throws {
            let table = try await MySQLServer.table("dropped")
            let store = MySQLSessionStore(MySQLServer.options, table: table)
            _ = try await store.save("a", ["n": 1], until: end, if: .absent, at: now)
            _ = try await MySQLServer.client.run("DROP TABLE \(table);")
            #expect(try await store.load("a", at: now) == nil)
            #expect(try await store.save("a", ["n": 2], until: end, if: .absent, at: now) != .refused)
            await store.shutDown()
        }

        @Test func aTableOfAnotherDatabaseWithQuotesInItsNameIsOne() async throws {
            let name = "test_`quoted` table"
            let quoted = "`test_``quoted`` table`"
            _ = try await MySQLServer.client.run("DROP TABLE IF EXISTS \(quoted);")
            let store = MySQLSessionStore(MySQLServer.options, table: "koa.\(name)")
            _ = try await store.save("a", ["n": 1], until: end, if: .always, at: now)
            #expect(try await MySQLServer.client.run("SELECT data FROM \(quoted);") == #"{"n":1}"#)
            await store.shutDown()
        }

        @Test func savingRemovesWhatIsOverAtIntervals() async throws {
            let table = try await MySQLServer.table("cleanup")
            let store = MySQLSessionStore(MySQLServer.options, table: table, cleanup: .seconds(600))
            func save(_ id: String, after seconds: Double, lasting: Double) async throws {
                let moment = now.addingTimeInterval(seconds)
                _ = try await store.save(
                    id, [:], until: moment.addingTimeInterval(lasting), if: .always, at: moment)
            }
            func count() async throws -> String { try await MySQLServer.client.run("SELECT COUNT(*) FROM \(table);") }
            try await save("short", after: 0, lasting: 1)
            try await save("long", after: 599, lasting: 3600)
            #expect(try await count() == "2")
            try await save("long", after: 601, lasting: 3600)
            while try await count() != "1" { await Task.yield() }
            await store.shutDown()
        }

        @Test func moreThanAPortionIsRemovedAtOnce() async throws {
            let table = try await MySQLServer.table(
                "portions", "(id VARBINARY(255) PRIMARY KEY, expires BIGINT, data TEXT)")
            _ = try await MySQLServer.client.run(
                "INSERT INTO \(table) SELECT seq, seq, '{}' FROM seq_1_to_1200;")
            let store = MySQLSessionStore(MySQLServer.options, table: table)
            #expect(try await store.removeExpired(at: Date(milliseconds: 1100)) == 1100)
            #expect(try await MySQLServer.client.run("SELECT MIN(expires), COUNT(*) FROM \(table);") == "1101\t100")
            await store.shutDown()
        }

        @Test func whereCommitsAreSlowMoreIsRemovedThanACallHasTimeFor() async throws {
            let table = try await MySQLServer.table(
                "slow_portions", "(id VARBINARY(255) PRIMARY KEY, expires BIGINT, data TEXT)")
            _ = try await MySQLServer.client.run(
                """
                INSERT INTO \(table) SELECT seq, seq, '{}' FROM seq_1_to_150;
                CREATE TRIGGER \(table)_slow BEFORE DELETE ON \(table) FOR EACH ROW DO SLEEP(0.01);
                """)
            var options = MySQLServer.options
            options.timeout = .seconds(1)
            let store = MySQLSessionStore(options, table: table)
            #expect(try await store.removeExpired(at: Date(milliseconds: 1000)) == 150)
            await store.shutDown()
        }

        @Test func twoStoresThatCreateTheirTableAtATimeBothWork() async throws {
            let table = try await MySQLServer.table("created_twice")
            let stores = (1...4).map { _ in MySQLSessionStore(MySQLServer.options, table: table) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, store) in stores.enumerated() {
                    group.addTask { [now, end] in
                        _ = try await store.save("\(number)", [:], until: end, if: .absent, at: now)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await MySQLServer.client.run("SELECT COUNT(*) FROM \(table);") == "4")
            for store in stores { await store.shutDown() }
        }
    }
#endif
