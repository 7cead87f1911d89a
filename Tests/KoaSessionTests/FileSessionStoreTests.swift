import Foundation
import KoaTesting
import StoreChecks
import Testing

@testable import KoaSession

/// Runs a test with a folder of its own.
func withSessionFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.path + "/koa-sessions-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

@Suite("FileSessionStore", .timeLimit(.minutes(2)))
struct FileSessionStoreTests {
    private let now = Date(timeIntervalSince1970: 1_700_000_000)
    private var end: Date { now.addingTimeInterval(3600) }

    /// The paths of all files below a folder.
    private func files(_ folder: String) -> [String] {
        FileManager.default.subpaths(atPath: folder)?.filter { path in
            (try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + path)) == nil
        }.sorted() ?? []
    }

    private func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test("it does what stores do", arguments: StoreCheck.all)
    func holds(_ check: StoreCheck) async throws {
        try await withSessionFolder { folder in
            try await check.run(StoreUnderTest(FileSessionStore(directory: folder)))
        }
    }

    @Test("a session is there when the directory is opened again")
    func reopening() async throws {
        try await withSessionFolder { folder in
            let first = try FileSessionStore(directory: folder)
            _ = try await first.save("id", ["a": 1], until: end, if: .absent, at: now)
            await first.shutDown()
            let record = try await FileSessionStore(directory: folder).load("id", at: now)
            #expect(record?.content == ["a": 1])
            #expect(record?.expires == end)
        }
    }

    @Test("a session is one file, named by the digest of its id, its owner's alone")
    func names() async throws {
        try await withSessionFolder { folder in
            let store = try FileSessionStore(directory: folder)
            _ = try await store.save("abc", ["a": 1], until: end, if: .absent, at: now)
            let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            #expect(files(folder) == ["ba/.lock", "ba/\(digest)"])
            let text = try String(contentsOfFile: "\(folder)/ba/\(digest)", encoding: .utf8)
            let json = try JSON(parsing: text)
            #expect(json["expires"] == 1_700_003_600_000)
            #expect(json["session"] == ["a": 1])
            #expect(try mode(folder) == 0o700)
            #expect(try mode(folder + "/ba") == 0o700)
            #expect(try mode(folder + "/ba/.lock") == 0o600)
            #expect(try mode(folder + "/ba/" + digest) == 0o600)
        }
    }

    @Test("nothing of an id becomes part of a path")
    func ids() async throws {
        try await withSessionFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let store = try FileSessionStore(directory: folder + "/sessions")
            for id in [
                "../outside", "..", "/etc/passwd", ".lock", ".new-1", "a/b", "~", "",
                String(repeating: "x", count: 255),
            ] {
                _ = try await store.save(id, ["id": .string(id)], until: end, if: .absent, at: now)
                #expect(try await store.load(id, at: now)?.content == ["id": .string(id)], "\(id)")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["sessions"])
            for path in files(folder + "/sessions") {
                #expect(path.wholeMatch(of: /([0-9a-f]{2})\/(\.lock|\1[0-9a-f]{62})/) != nil, "\(path)")
            }
        }
    }

    @Test("a directory that can't be made or used is an error that names it")
    func directories() async throws {
        try await withSessionFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
            for path in [folder + "/none/sessions", folder + "/file", folder + "/file/sessions"] {
                let error = #expect(throws: SessionError.self, "\(path)") { try FileSessionStore(directory: path) }
                #expect(error?.code == .storeUnavailable, "\(path)")
                #expect(error?.message.contains(path) == true, "\(path)")
            }
            for path in ["", "a\u{0}b"] {
                #expect(throws: SessionError.self, "\(path)") { try FileSessionStore(directory: path) }
            }
        }
    }

    @Test("while the directory is gone, calls throw; they go on when it is back")
    func recovers() async throws {
        try await withSessionFolder { folder in
            let store = try FileSessionStore(directory: folder)
            _ = try await store.save("id", ["a": 1], until: end, if: .absent, at: now)
            try FileManager.default.moveItem(atPath: folder, toPath: folder + "-away")
            await #expect(throws: SessionError.self) { try await store.load("id", at: now) }
            await #expect(throws: SessionError.self) {
                try await store.save("id", [:], until: end, if: .always, at: now)
            }
            try FileManager.default.moveItem(atPath: folder + "-away", toPath: folder)
            #expect(try await store.load("id", at: now)?.content == ["a": 1])
        }
    }

    @Test("what is over is removed, and nothing else")
    func removesExpired() async throws {
        try await withSessionFolder { folder in
            let store = try FileSessionStore(directory: folder)
            for number in 0..<100 {
                let end = now.addingTimeInterval(number % 2 == 0 ? 10 : 20)
                _ = try await store.save("\(number)", [:], until: end, if: .absent, at: now)
            }
            try Data("{}".utf8).write(to: URL(fileURLWithPath: folder + "/README"))
            #expect(try await store.removeExpired(at: now.addingTimeInterval(9)) == 0)
            #expect(try await store.removeExpired(at: now.addingTimeInterval(10)) == 50)
            #expect(try await store.load("1", at: now) != nil)
            #expect(try await store.removeExpired(at: now.addingTimeInterval(20)) == 50)
            #expect(files(folder).filter { !$0.hasSuffix(".lock") } == ["README"])
        }
    }

    @Test("a file that can't be looked at is told of, and keeps no other from being removed")
    func unreadable() async throws {
        try await withSessionFolder { folder in
            let store = try FileSessionStore(directory: folder)
            for number in 0..<40 { _ = try await store.save("\(number)", [:], until: end, if: .absent, at: now) }
            let first = try #require(files(folder).filter { !$0.hasSuffix(".lock") }.min())
            // A socket can't be opened, by root neither.
            let blocked = folder + "/" + first.prefix(2) + "/" + String(repeating: "0", count: 64)
            #expect(mknod(blocked, S_IFSOCK | 0o600, 0) == 0)
            let error = await #expect(throws: SessionError.self) {
                try await store.removeExpired(at: end.addingTimeInterval(20))
            }
            #expect(error?.code == .storeUnavailable)
            #expect(
                files(folder).filter { !$0.hasSuffix(".lock") } == [blocked.dropFirst(folder.count + 1).description])
        }
    }

    @Test("saving removes what is over, once in an interval")
    func cleansUp() async throws {
        try await withSessionFolder { folder in
            let store = try FileSessionStore(directory: folder, cleanupInterval: .seconds(60))
            _ = try await store.save("a", [:], until: now.addingTimeInterval(1), if: .absent, at: now)
            await store.cleaning.finish()
            for (seconds, expected) in [(59.0, 2), (60, 2), (61, 3)] {
                _ = try await store.save(
                    "\(seconds)", [:], until: end, if: .absent, at: now.addingTimeInterval(seconds))
                await store.cleaning.finish()
                #expect(files(folder).filter { !$0.hasSuffix(".lock") }.count == expected, "\(seconds)")
            }
        }
    }

    @Test("what a killed process had not finished is removed when it is old")
    func removesUnfinished() async throws {
        try await withSessionFolder { folder in
            let store = try FileSessionStore(directory: folder)
            _ = try await store.save("abc", [:], until: end, if: .absent, at: now)
            for name in ["old", "young"] {
                try Data("{".utf8).write(to: URL(fileURLWithPath: "\(folder)/ba/.new-\(name)"))
            }
            try FileManager.default.setAttributes(
                [.modificationDate: Date().addingTimeInterval(-7200)], ofItemAtPath: folder + "/ba/.new-old")
            #expect(try await store.removeExpired(at: now) == 0)
            let names = files(folder)
            #expect(names.contains("ba/.new-young"))
            #expect(!names.contains("ba/.new-old"))
        }
    }

    @Test("a session counts the requests of a visitor, and is a 503 while the directory is gone")
    func requests() async throws {
        try await withSessionFolder { folder in
            let app = Application()
            app.keys = ["some secret hurr"]
            app.silent = true
            app.use(session(store: try FileSessionStore(directory: folder)))
            app.use { ctx in
                ctx.session["views", default: 0] += 1
                ctx.body = .text("\(ctx.session["views", default: 0])")
            }
            let client = app.test.keepingCookies()
            for number in 1...3 {
                let response = try await client.get("/")
                #expect(response.text == "\(number)")
            }
            try FileManager.default.removeItem(atPath: folder)
            let response = try await client.get("/")
            #expect(response.status == .serviceUnavailable)
            #expect(!response.text.contains(folder))
        }
    }

    @Test("after it was shut down, calls throw")
    func shutDown() async throws {
        try await withSessionFolder { folder in
            let store = try FileSessionStore(directory: folder)
            await store.shutDown()
            let error = await #expect(throws: SessionError.self) { try await store.load("id", at: now) }
            #expect(error?.code == .storeUnavailable)
            await store.shutDown()
        }
    }
}
