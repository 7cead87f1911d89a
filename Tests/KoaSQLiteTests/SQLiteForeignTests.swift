#if SQLite
    import Testing

    @testable import KoaSQLite

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// Files and rows that this store didn't make.
    @Suite("SQLiteSessionStore and what others wrote", .timeLimit(.minutes(2)))
    struct SQLiteForeignTests {
        private let end = noon.addingTimeInterval(3600)

        /// A store on a table that someone else has made, without constraints.
        private func store(_ folder: String, _ rows: [String]) throws -> SQLiteSessionStore {
            let path = folder + "/sessions.db"
            let other = try SQLiteConnection(other: path)
            try other.execute(
                "CREATE TABLE sessions (id text PRIMARY KEY, expires integer, data text, version integer)")
            for row in rows { try other.execute("INSERT INTO sessions VALUES \(row)") }
            return try SQLiteSessionStore(path: path)
        }

        @Test("rows that are no session grant none")
        func foreignRows() async throws {
            try await withFolder { folder in
                let expires = 1_700_000_100_000
                let store = try store(
                    folder,
                    [
                        "('null data', \(expires), NULL, 1)", "('number', \(expires), 12, 1)",
                        "('array', \(expires), '[1]', 1)", "('text', \(expires), '\"x\"', 1)",
                        "('torn', \(expires), '{\"a\":', 1)", "('empty', \(expires), '', 1)",
                        "('blob', \(expires), x'FFFE00', 1)",
                        "('deep', \(expires), '\(String(repeating: "[", count: 9999))', 1)",
                        "('null end', NULL, '{}', 1)", "('text end', 'never', '{}', 1)", "('real end', 1e300, '{}', 1)",
                        "('null version', \(expires), '{}', NULL)", "('text version', \(expires), '{}', 'one')",
                        "(NULL, \(expires), '{}', 1)", "('good', \(expires), '{\"a\":1}', 1)",
                        "('blob of text', \(expires), x'7B7D', 1)",
                    ])
                for id in [
                    "null data", "number", "array", "text", "torn", "empty", "blob", "deep", "null end", "text end",
                    "real end", "null version", "text version", "", "NULL",
                ] {
                    let record = try await store.load(id, at: noon)
                    #expect(record == nil, "\(id)")
                }
                #expect(try await store.load("good", at: noon)?.content == ["a": 1])
                #expect(try await store.load("blob of text", at: noon)?.content == [:])
                // An id whose end is none can be taken.
                for id in ["text end", "null end", "real end"] {
                    let saving = try await store.save(id, ["b": 1], until: end, if: .absent, at: noon)
                    #expect(saving != .refused, "\(id)")
                    #expect(try await store.load(id, at: noon)?.content == ["b": 1], "\(id)")
                }
                _ = try await store.removeExpired(at: noon)
                #expect(try await store.load("good", at: noon)?.content == ["a": 1])
            }
        }

        @Test("a session of a year beyond all dates is one, and ends no sooner")
        func farEnd() async throws {
            try await withFolder { folder in
                let store = try store(folder, ["('far', \(Int64.max), '{}', \(Int64.max))"])
                let record = try await store.load("far", at: noon)
                #expect(record?.revision == .number(.max))
                #expect(record?.content == [:])
                let saving = try await store.save("far", ["a": 1], until: end, if: .unchanged(.number(.max)), at: noon)
                #expect(saving != .refused)
            }
        }

        @Test("a table of other columns is an error when the store is made, which names the column")
        func otherColumns() async throws {
            try await withFolder { folder in
                let path = folder + "/sessions.db"
                try SQLiteConnection(other: path).execute("CREATE TABLE sessions (sid text, session text)")
                let error = #expect(throws: SQLiteError.self) { try SQLiteSessionStore(path: path) }
                #expect(error?.message.contains("column") == true)
            }
        }

        @Test("a path that can't be opened is an error that tells why")
        func paths() async throws {
            try await withFolder { folder in
                for path in ["", folder, folder + "/none/sessions.db", "/dev/null", "a\u{0}b", folder + "/link"] {
                    try? FileManager.default.createSymbolicLink(
                        atPath: folder + "/link", withDestinationPath: folder + "/none/there")
                    let error = #expect(throws: SQLiteError.self, "\(path)") { try SQLiteSessionStore(path: path) }
                    #expect(error?.code == .cannotOpen, "\(path)")
                    #expect(error?.message.contains(path.debugDescription) == true, "\(path)")
                }
            }
        }

        @Test("a file that is no database is an error, and is left as it is")
        func noDatabase() async throws {
            try await withFolder { folder in
                let path = folder + "/sessions.db"
                let text = Data(String(repeating: "This is no database. ", count: 100).utf8)
                try text.write(to: URL(fileURLWithPath: path))
                let error = #expect(throws: SQLiteError.self) { try SQLiteSessionStore(path: path) }
                #expect(error?.code == .notADatabase)
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
            }
        }

        @Test("a full database refuses what makes it grow, with a 503, and keeps what it has")
        func full() async throws {
            try await withFolder { folder in
                var options = SQLiteOptions()
                options.sizeLimit = 100_000
                let store = try SQLiteSessionStore(path: folder + "/sessions.db", options: options)
                _ = try await store.save("small", ["a": 1], until: end, if: .absent, at: noon)
                let large: JSONObject = ["text": .string(String(repeating: "x", count: 200_000))]
                let code = await sqliteCode {
                    _ = try await store.save("large", large, until: end, if: .absent, at: noon)
                }
                #expect(code == .full)
                #expect(try await store.load("large", at: noon) == nil)
                #expect(try await store.load("small", at: noon)?.content == ["a": 1])
                _ = try await store.save("small", ["a": 2], until: end, if: .always, at: noon)
                #expect(try await store.load("small", at: noon)?.content == ["a": 2])
            }
        }

        @Test("a damaged file is an error or a missing session, never a crash", arguments: 0..<60)
        func damaged(_ seed: UInt64) async throws {
            try await withFolder { folder in
                let path = folder + "/sessions.db"
                let ids = (0..<60).map { "session-\($0)" }
                let first = try SQLiteSessionStore(path: path)
                let content: JSONObject = ["text": .string(String(repeating: "x", count: 400))]
                for id in ids { _ = try await first.save(id, content, until: end, if: .absent, at: noon) }
                await first.shutDown()

                var random = SplitMix(state: seed)
                var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
                // Half of them within the first pages' headers, where the damage is the greatest.
                for _ in 0..<Int.random(in: 1...40, using: &random) {
                    let page = Int.random(in: 0..<bytes.count / 4096, using: &random) * 4096
                    let offset = Bool.random(using: &random) ? 100 : 4096
                    bytes[page + Int.random(in: 0..<offset, using: &random)] = .random(in: 0...255, using: &random)
                }
                if seed % 4 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
                try Data(bytes).write(to: URL(fileURLWithPath: path))

                guard let store = try? SQLiteSessionStore(path: path) else { return }
                for id in ids {
                    let record = try? await store.load(id, at: noon)
                    if let record { #expect(record.content["text"]?.string != nil) }
                    _ = try? await store.save(id, ["a": 1], until: end, if: .always, at: noon)
                    _ = try? await store.touch(id, [:], until: end, at: noon)
                    _ = try? await store.destroy(id)
                }
                _ = try? await store.removeExpired(at: end)
                await store.shutDown()
            }
        }

        @Test("behind a connection that met damage, the file that is there now is opened")
        func moved() async throws {
            try await withFolder { folder in
                let path = folder + "/sessions.db"
                var options = SQLiteOptions()
                options.readers = 1
                let store = try SQLiteSessionStore(path: path, options: options)
                _ = try await store.save("id", ["a": 1], until: end, if: .absent, at: noon)
                #expect(try await store.load("id", at: noon) != nil)
                for tail in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: path + tail) }
                // SQLITE_CORRUPT
                #expect(await sqliteCode { try await store.database.write { throw $0.error(11) } } == .corrupt)
                #expect(await sqliteCode { try await store.database.read { throw $0.error(11) } } == .corrupt)
                let saving = try await store.save("other", ["a": 2], until: end, if: .absent, at: noon)
                #expect(saving != .refused)
                #expect(try await store.load("other", at: noon)?.content == ["a": 2])
                #expect(try await store.load("id", at: noon) == nil)
            }
        }
    }

    /// Random numbers that are the same in each run.
    struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return value ^ value >> 31
        }
    }
#endif
