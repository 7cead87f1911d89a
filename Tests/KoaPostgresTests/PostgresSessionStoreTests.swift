#if PostgreSQL
    import DatabaseTesting
    import KoaDatabases
    import KoaPostgres
    import KoaSession
    import StoreChecks
    import Testing

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    @Suite(.enabled(if: PostgresServer.isThere))
    struct PostgresSessionStoreTests {
        let now = Date()
        var end: Date { now.addingTimeInterval(3600) }

        @Test(arguments: StoreCheck.all)
        func holds(_ check: StoreCheck) async throws {
            let store = PostgresSessionStore(PostgresServer.options)
            try await check.run(StoreUnderTest(store))
            await store.shutDown()
        }

        @Test func itsClientReadsWhatTheStoreWrote() async throws {
            let table = try await PostgresServer.table("read_back")
            let store = PostgresSessionStore(PostgresServer.options, table: table)
            _ = try await store.save("it's", ["name": "小龙 🐉", "n": 1], until: end, if: .absent, at: now)
            let rows = try await PostgresServer.client.run("SELECT id, expires, data FROM \(table);")
            #expect(rows == "it's|\(end.milliseconds)|{\"name\":\"小龙 🐉\",\"n\":1}")
            await store.shutDown()
        }

        @Test func aTableThatIsDroppedIsMadeAgain() async throws {
            let table = try await PostgresServer.table("dropped")
            let store = PostgresSessionStore(PostgresServer.options, table: table)
            _ = try await store.save("a", ["n": 1], until: end, if: .absent, at: now)
            _ = try await PostgresServer.client.run("DROP TABLE \(table);")
            #expect(try await store.load("a", at: now) == nil)
            #expect(try await store.save("a", ["n": 2], until: end, if: .absent, at: now) != .refused)
            await store.shutDown()
        }

        @Test func aTableOfAnotherSchemaWithQuotesInItsNameIsOne() async throws {
            _ = try await PostgresServer.client.run(
                #"DROP SCHEMA IF EXISTS "test ""schema""" CASCADE; CREATE SCHEMA "test ""schema""";"#)
            let store = PostgresSessionStore(PostgresServer.options, table: #"test "schema".a "table"'s"#)
            _ = try await store.save("a", ["n": 1], until: end, if: .always, at: now)
            let data = try await PostgresServer.client.run(#"SELECT data FROM "test ""schema"""."a ""table""'s";"#)
            #expect(data == #"{"n":1}"#)
            await store.shutDown()
        }

        @Test func whatItsClientWroteIsLoadedAndSaved() async throws {
            let table = try await PostgresServer.table("written", PostgresServer.layout)
            _ = try await PostgresServer.client.run(
                #"INSERT INTO \#(table) VALUES ('a b', \#(end.milliseconds), '{"user":"J\u00f6rg''s 小龙"}', -5);"#)
            let store = PostgresSessionStore(PostgresServer.options, table: table)
            let record = try #require(await store.load("a b", at: now))
            #expect(record.content == ["user": "Jörg's 小龙"])
            #expect(record.expires?.milliseconds == end.milliseconds)
            #expect(record.revision == .number(-5))
            #expect(try await store.save("a b", ["n": 1], until: end, if: .unchanged(.number(-5)), at: now) != .refused)
            #expect(try await PostgresServer.client.run("SELECT data FROM \(table);") == #"{"n":1}"#)
            await store.shutDown()
        }

        @Test(arguments: ["", "{", "[1]", "null", #""text""#, #"{"a":1}}"#])
        func foreignDataIsNoSession(_ data: String) async throws {
            let table = "test_foreign_data"
            _ = try await PostgresServer.client.run(
                """
                SET client_min_messages = error;
                SELECT pg_advisory_lock(1);
                CREATE TABLE IF NOT EXISTS \(table) \(PostgresServer.layout);
                INSERT INTO \(table) VALUES ('of \(data)', \(end.milliseconds), '\(data)', 1) ON CONFLICT (id) \
                DO UPDATE SET expires = excluded.expires, data = excluded.data;
                """)
            let store = PostgresSessionStore(PostgresServer.options, table: table)
            #expect(try await store.load("of \(data)", at: now) == nil)
            #expect(try await store.save("of \(data)", [:], until: end, if: .absent, at: now) == .refused)
            #expect(try await store.save("of \(data)", ["a": 1], until: end, if: .always, at: now) != .refused)
            #expect(try await store.load("of \(data)", at: now)?.content == ["a": 1])
            await store.shutDown()
        }

        @Test func columnsOfNULLAreNoSession() async throws {
            let table = try await PostgresServer.table("nulls", PostgresServer.layout)
            _ = try await PostgresServer.client.run(
                "INSERT INTO \(table) VALUES ('a', \(end.milliseconds), NULL, NULL), ('b', NULL, '{}', 1);")
            let store = PostgresSessionStore(PostgresServer.options, table: table)
            #expect(try await store.load("a", at: now) == nil)
            #expect(try await store.load("b", at: now) == nil)
            await store.shutDown()
        }

        @Test func aDatabaseOfAnotherEncodingHoldsEveryText() async throws {
            // Only its superuser may create a database.
            var client = PostgresServer.client
            client = DatabaseClient([
                "psql", "-qXAt", "-h", PostgresServer.socketDirectory, "-p", "\(PostgresServer.options.port)", "-U",
                "postgres",
            ])
            _ = try await client.run(
                "DROP DATABASE IF EXISTS latin;\nCREATE DATABASE latin OWNER koa ENCODING 'LATIN1' TEMPLATE template0;")
            var options = PostgresServer.options
            options.database = "latin"
            let store = PostgresSessionStore(options)
            let content: JSONObject = ["é": "é 小龙 🐉 \u{0}\"", "n": 1]
            #expect(try await store.save("a", content, until: end, if: .absent, at: now) != .refused)
            #expect(try await store.load("a", at: now)?.content == content)
            await store.shutDown()
        }

        @Test func savingRemovesWhatIsOverAtIntervals() async throws {
            let table = try await PostgresServer.table("cleanup")
            let store = PostgresSessionStore(PostgresServer.options, table: table, cleanup: .seconds(600))
            func save(_ id: String, after seconds: Double, lasting: Double) async throws {
                let moment = now.addingTimeInterval(seconds)
                _ = try await store.save(
                    id, [:], until: moment.addingTimeInterval(lasting), if: .always, at: moment)
            }
            func count() async throws -> String {
                try await PostgresServer.client.run("SELECT COUNT(*) FROM \(table);")
            }
            try await save("short", after: 0, lasting: 1)
            try await save("long", after: 599, lasting: 3600)
            #expect(try await count() == "2")
            try await save("long", after: 601, lasting: 3600)
            while try await count() != "1" { await Task.yield() }
            await store.shutDown()
        }

        @Test func moreThanAPortionIsRemovedAtOnce() async throws {
            let table = try await PostgresServer.table("portions", PostgresServer.layout)
            _ = try await PostgresServer.client.run(
                "INSERT INTO \(table) SELECT n, n, '{}', 1 FROM generate_series(1, 2600) AS n;")
            let store = PostgresSessionStore(PostgresServer.options, table: table)
            #expect(try await store.removeExpired(at: Date(milliseconds: 2500)) == 2500)
            #expect(try await PostgresServer.client.run("SELECT MIN(expires), COUNT(*) FROM \(table);") == "2501|100")
            await store.shutDown()
        }

        @Test func twoStoresThatCreateTheirTableAtATimeBothWork() async throws {
            let table = try await PostgresServer.table("created_twice")
            let stores = (1...4).map { _ in PostgresSessionStore(PostgresServer.options, table: table) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, store) in stores.enumerated() {
                    group.addTask { [now, end] in
                        _ = try await store.save("\(number)", [:], until: end, if: .absent, at: now)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await PostgresServer.client.run("SELECT COUNT(*) FROM \(table);") == "4")
            for store in stores { await store.shutDown() }
        }
    }
#endif
