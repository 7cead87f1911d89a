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

    /// Tables that koa-mysql-session has made, and what others have written into them.
    @Suite(.enabled(if: MySQLServer.isThere))
    struct ForeignTableTests {
        let now = Date()
        var end: Date { now.addingTimeInterval(3600) }

        /// What a TEXT and a key that ignores case can't do.
        static let checks = StoreCheck.all.filter {
            ![
                "a session of 100 KB is kept", "ids with quotes, slashes, dots and all kinds of signs are kept apart",
            ].contains($0.description)
        }

        @Test func allChecksButTwoAreMadeOnTheOriginalsTable() {
            #expect(Self.checks.count == StoreCheck.all.count - 2)
        }

        @Test(arguments: checks)
        func holdsOnTheOriginalsTable(_ check: StoreCheck) async throws {
            let table = "test_original"
            _ = try await MySQLServer.client.run("CREATE TABLE IF NOT EXISTS \(table) \(MySQLServer.originalLayout);")
            let store = MySQLSessionStore(MySQLServer.options, table: table)
            try await check.run(StoreUnderTest(store))
            await store.shutDown()
        }

        @Test func whatTheOriginalWroteIsLoadedAndSaved() async throws {
            let table = try await MySQLServer.table("original_rows", MySQLServer.originalLayout)
            let data = #"{"cookie":{"maxAge":86400000},"user":{"name":"J\u00f6rg's \"小龙\""},"views":3}"#
            _ = try await MySQLServer.client.run(
                """
                SET sql_mode = NO_BACKSLASH_ESCAPES;
                INSERT INTO \(table)(id, expires, data) VALUES('koa:sess:x', \(end.milliseconds), \
                '\(data.split(separator: "'").joined(separator: "''"))') \
                ON DUPLICATE KEY UPDATE expires=1, data ='';
                """)
            let store = MySQLSessionStore(MySQLServer.options, table: table)
            let record = try #require(await store.load("koa:sess:x", at: now))
            #expect(record.content["user"]?["name"] == "Jörg's \"小龙\"")
            #expect(record.content["views"] == 3)
            #expect(record.expires?.milliseconds == end.milliseconds)
            let revision = try #require(record.revision)
            let saving = try await store.save("koa:sess:x", ["views": 4], until: end, if: .unchanged(revision), at: now)
            #expect(saving == .saved(.text(#"{"views":4}"#)))
            await store.shutDown()
        }

        @Test(arguments: ["''", "'{'", "'[1]'", "'null'", "'\"text\"'", "NULL", "'{\"a\":1}}'", "x'7B22FF223A317D'"])
        func foreignDataIsNoSession(_ data: String) async throws {
            let table = "test_foreign_data"
            _ = try await MySQLServer.client.run(
                "CREATE TABLE IF NOT EXISTS \(table) (id VARCHAR(255) PRIMARY KEY, expires BIGINT, data BLOB);")
            let id = "foreign \(data)"
            let quoted = id.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
            _ = try await MySQLServer.client.run(
                "REPLACE INTO \(table) VALUES ('\(quoted)', \(end.milliseconds), \(data));")
            let store = MySQLSessionStore(MySQLServer.options, table: table)
            #expect(try await store.load(id, at: now) == nil)
            #expect(try await store.save(id, [:], until: end, if: .absent, at: now) == .refused)
            #expect(try await store.save(id, ["a": 1], until: end, if: .always, at: now) != .refused)
            #expect(try await store.load(id, at: now)?.content == ["a": 1])
            await store.shutDown()
        }

        @Test func aRowWithoutAnEndIsNoSessionAndMakesRoom() async throws {
            let table = try await MySQLServer.table("endless", MySQLServer.originalLayout)
            _ = try await MySQLServer.client.run("INSERT INTO \(table) VALUES ('a', NULL, '{}');")
            let store = MySQLSessionStore(MySQLServer.options, table: table)
            #expect(try await store.load("a", at: now) == nil)
            #expect(try await store.save("a", ["n": 1], until: end, if: .absent, at: now) != .refused)
            #expect(try await store.load("a", at: now)?.content == ["n": 1])
            await store.shutDown()
        }

        @Test(arguments: ["ABC", "abc ", "aBC", "abc"])
        func anIDOfOtherCaseOrWithSpacesBehindIsAnother(_ id: String) async throws {
            let table = try await MySQLServer.table(
                "case_\(id.utf8.map { "\($0)" }.joined())", MySQLServer.originalLayout)
            let store = MySQLSessionStore(MySQLServer.options, table: table)
            _ = try await store.save("abc", ["n": 1], until: end, if: .absent, at: now)
            let isSame = id == "abc"
            #expect(try await store.load(id, at: now)?.content == (isSame ? ["n": 1] : nil))
            #expect(try await store.touch(id, [:], until: end, at: now) == isSame)
            let revision = SessionRevision.text(#"{"n":1}"#)
            let saving = try await store.save(id, ["n": 2], until: end, if: .unchanged(revision), at: now)
            #expect((saving != .refused) == isSame)
            try await store.destroy(id)
            #expect(try await (store.load("abc", at: now) == nil) == isSame)
            await store.shutDown()
        }

        @Test func whereCaseIsIgnoredSavingInAnyCaseTakesTheOthersPlace() async throws {
            let table = try await MySQLServer.table("case_always", MySQLServer.originalLayout)
            let store = MySQLSessionStore(MySQLServer.options, table: table)
            _ = try await store.save("abc", ["n": 1], until: end, if: .absent, at: now)
            #expect(try await store.save("ABC", ["n": 2], until: end, if: .absent, at: now) == .refused)
            _ = try await store.save("ABC", ["n": 2], until: end, if: .always, at: now)
            #expect(try await store.load("abc", at: now) == nil)
            #expect(try await store.load("ABC", at: now)?.content == ["n": 2])
            await store.shutDown()
        }

        @Test(arguments: ["latin1", "utf8mb3", "ascii"])
        func aTableOfAnotherCharacterSetHoldsEveryText(_ name: String) async throws {
            let table = try await MySQLServer.table(
                "set_\(name)", "(id VARCHAR(255) PRIMARY KEY, expires BIGINT, data TEXT) CHARACTER SET \(name)")
            let store = MySQLSessionStore(MySQLServer.options, table: table)
            let content: JSONObject = ["é": "é 小龙 🐉 \u{0}\"", "n": 1]
            let saving = try await store.save("a", content, until: end, if: .absent, at: now)
            let record = try #require(await store.load("a", at: now))
            #expect(record.content == content)
            #expect(saving == .saved(record.revision))
            let revision = try #require(record.revision)
            #expect(try await store.save("a", ["é": "ü"], until: end, if: .unchanged(revision), at: now) != .refused)
            #expect(try await store.load("a", at: now)?.content == ["é": "ü"])
            await store.shutDown()
        }

        @Test func whatDoesntFitIsRefusedAndNotShortened() async throws {
            let table = try await MySQLServer.table("too_small", MySQLServer.originalLayout)
            let store = MySQLSessionStore(MySQLServer.options, table: table)
            let large: JSONObject = ["text": .string(String(repeating: "x", count: 70_000))]
            let error = await sessionError { try await store.save("a", large, until: end, if: .always, at: now) }
            #expect(error?.code == .storeUnavailable)
            #expect(error?.message.contains("MODIFY data MEDIUMTEXT") == true)
            #expect(try await store.load("a", at: now) == nil)
            let id = String(repeating: "x", count: 256)
            for condition in [SessionCondition.always, .absent] {
                let error = await sessionError { try await store.save(id, [:], until: end, if: condition, at: now) }
                #expect(error?.code == .storeUnavailable)
                #expect(error?.message.contains("id is too long") == true)
            }
            #expect(try await store.load(id, at: now) == nil)
            #expect(try await store.load(String(id.dropLast()), at: now) == nil)
            await store.shutDown()
        }
    }
#endif
