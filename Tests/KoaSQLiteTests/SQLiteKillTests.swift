#if SQLite && (os(Linux) || os(macOS))
    import Testing

    @testable import KoaSQLite

    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// A process that is killed while it saves.
    @Suite("SQLiteSessionStore and SIGKILL", .timeLimit(.minutes(2)), .serialized)
    struct SQLiteKillTests {
        /// A folder that the test and its child find by the test's process.
        private static func folder(_ process: pid_t) -> String {
            FileManager.default.temporaryDirectory.path + "/koa-sqlite-killed-\(process)"
        }

        @Test("each session whose saving was acknowledged is there after the process was killed")
        func killed() async throws {
            let folder = Self.folder(getpid())
            try? FileManager.default.removeItem(atPath: folder)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let result = await #expect(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
                try await SQLiteKillTests.saveUntilKilled(SQLiteKillTests.folder(getppid()) + "/sessions.db")
            }
            let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
            let ids = output.split(separator: "\n").filter { $0.hasPrefix("saved ") }.map { String($0.dropFirst(6)) }
            #expect(ids.count >= 500)
            let store = try SQLiteSessionStore(path: folder + "/sessions.db")
            for id in ids {
                let record = try await store.load(id, at: noon)
                #expect(record?.content == ["id": .string(id)], "\(id) is lost")
            }
            #expect(try await store.database.read { try $0.texts("PRAGMA integrity_check") } == ["ok"])
            await store.shutDown()
        }

        /// Saves by many tasks, tells what was acknowledged, and kills the process among them.
        private static func saveUntilKilled(_ path: String) async throws {
            let store = try SQLiteSessionStore(path: path)
            let end = noon.addingTimeInterval(3600)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<16 {
                    group.addTask {
                        for number in 0... {
                            let id = "\(task)-\(number)"
                            let content: JSONObject = ["id": .string(id)]
                            _ = try await store.save(id, content, until: end, if: .absent, at: noon)
                            let line = "saved \(id)\n"
                            _ = line.withCString { write(STDOUT_FILENO, $0, strlen($0)) }
                            if task == 7, number == 100 { kill(getpid(), SIGKILL) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }
#endif
