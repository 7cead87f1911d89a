#if os(Linux) || os(macOS)
    import Testing

    @testable import KoaSession

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

    /// Processes that share a directory, one of which is killed.
    @Suite("FileSessionStore and other processes", .timeLimit(.minutes(2)), .serialized)
    struct FileSessionStoreProcessTests {
        /// A folder that a test and its child find by the test's process.
        private static func folder(_ name: String, _ process: pid_t) -> String {
            FileManager.default.temporaryDirectory.path + "/koa-sessions-\(name)-\(process)"
        }

        private func withFolder(_ name: String, _ body: (String) async throws -> Void) async throws {
            let folder = Self.folder(name, getpid())
            try? FileManager.default.removeItem(atPath: folder)
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try await body(folder)
        }

        private static let now = Date(timeIntervalSince1970: 1_700_000_000)
        private static let end = now.addingTimeInterval(3600)

        @Test("each session whose saving was acknowledged is there after the process was killed, and no lock is left")
        func killed() async throws {
            try await withFolder("killed") { folder in
                let result = await #expect(
                    processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]
                ) {
                    try await FileSessionStoreProcessTests.saveUntilKilled(
                        FileSessionStoreProcessTests.folder("killed", getppid()))
                }
                let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
                let ids = output.split(separator: "\n").filter { $0.hasPrefix("saved ") }.map {
                    String($0.dropFirst(6))
                }
                #expect(ids.count >= 100)
                let store = try FileSessionStore(directory: folder)
                for id in ids {
                    let record = try await store.load(id, at: Self.now)
                    #expect(record?.content == ["id": .string(id)], "\(id) is lost")
                    let saving = try await store.save(id, [:], until: Self.end, if: .always, at: Self.now)
                    #expect(saving != .refused)
                }
            }
        }

        private static func saveUntilKilled(_ folder: String) async throws {
            let store = try FileSessionStore(directory: folder)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        for number in 0... {
                            let id = "\(task)-\(number)"
                            let content: JSONObject = ["id": .string(id)]
                            _ = try await store.save(id, content, until: end, if: .absent, at: now)
                            let line = "saved \(id)\n"
                            _ = line.withCString { write(STDOUT_FILENO, $0, strlen($0)) }
                            if task == 3, number == 100 { kill(getpid(), SIGKILL) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }

        @Test("of two processes that count in one session at a time, no count is lost")
        func counting() async throws {
            try await withFolder("counted") { folder in
                let store = try FileSessionStore(directory: folder)
                _ = try await store.save("id", ["n": 0], until: Self.end, if: .absent, at: Self.now)
                async let here: Void = Self.count(folder)
                await #expect(processExitsWith: .success) {
                    try await FileSessionStoreProcessTests.count(
                        FileSessionStoreProcessTests.folder("counted", getppid()))
                }
                try await here
                #expect(try await store.load("id", at: Self.now)?.content == ["n": 400])
            }
        }

        private static func count(_ folder: String) async throws {
            let store = try FileSessionStore(directory: folder)
            var counted = 0
            while counted < 200 {
                guard let record = try await store.load("id", at: now), let revision = record.revision else { return }
                let content: JSONObject = ["n": JSON((record.content["n"]?.int ?? 0) + 1)]
                let saving = try await store.save("id", content, until: end, if: .unchanged(revision), at: now)
                if saving != .refused { counted += 1 }
            }
        }
    }
#endif
