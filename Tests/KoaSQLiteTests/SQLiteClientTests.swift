#if SQLite
    import Foundation
    import Testing

    @testable import KoaSQLite

    /// What the database's own client reads and writes.
    @Suite("SQLiteSessionStore and sqlite3", .enabled(if: SQLiteClientTests.client != nil, "sqlite3 isn't installed"))
    struct SQLiteClientTests {
        static let client = ["/usr/bin/sqlite3", "/usr/local/bin/sqlite3", "/opt/homebrew/bin/sqlite3"].first {
            FileManager.default.isExecutableFile(atPath: $0)
        }

        private let end = noon.addingTimeInterval(3600)

        /// What the client prints.
        private func sqlite3(_ path: String, _ sql: String) throws -> String {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: try #require(Self.client))
            process.arguments = ["-batch", "-noheader", path, sql]
            let output = Pipe()
            process.standardOutput = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
        }

        @Test("what the store wrote is read by the client, while the store is in use")
        func readBack() async throws {
            try await withFolder { folder in
                let path = folder + "/sessions.db"
                let store = try SQLiteSessionStore(path: path)
                _ = try await store.save("it's", ["name": "小龙", "n": 1.5], until: end, if: .absent, at: noon)
                let row = try sqlite3(path, "SELECT id, expires, data, typeof(version) FROM sessions")
                #expect(row == #"it's|1700003600000|{"name":"小龙","n":1.5}|integer"#)
                #expect(try sqlite3(path, "PRAGMA journal_mode") == "wal")
            }
        }

        @Test("what the client wrote is loaded by the store, while the store is in use")
        func writtenByClient() async throws {
            try await withFolder { folder in
                let path = folder + "/sessions.db"
                let store = try SQLiteSessionStore(path: path)
                _ = try sqlite3(path, #"INSERT INTO sessions VALUES ('id', 1700003600000, '{"views":3}', 7)"#)
                let record = try await store.load("id", at: noon)
                #expect(record == SessionRecord(content: ["views": 3], expires: end, revision: .number(7)))
                _ = try sqlite3(path, "DELETE FROM sessions")
                #expect(try await store.load("id", at: noon) == nil)
            }
        }
    }
#endif
