import NIOCore
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

/// Files that the store didn't write, or not to their end.
@Suite("FileSessionStore and foreign files", .timeLimit(.minutes(1)))
struct FileSessionStoreForeignTests {
    private let now = Date(timeIntervalSince1970: 1_700_000_000)
    private var end: Date { now.addingTimeInterval(3600) }
    /// Where the session `abc` is.
    private static let name = "ba/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    private static func folder(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    private func withFile(_ body: (FileSessionStore, String) async throws -> Void) async throws {
        try await withSessionFolder { folder in
            let store = try FileSessionStore(directory: folder)
            let content: JSONObject = ["name": "小龙", "list": [1, 2.5, nil]]
            _ = try await store.save("abc", content, until: end, if: .absent, at: now)
            try await body(store, folder + "/" + Self.name)
        }
    }

    @Test("a file that is torn at any byte is no session, and is replaced")
    func torn() async throws {
        try await withFile { store, path in
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            for count in 0..<whole.count {
                try whole.prefix(count).write(to: URL(fileURLWithPath: path))
                #expect(try await store.load("abc", at: now) == nil, "\(count) bytes")
            }
            let saving = try await store.save("abc", ["a": 1], until: end, if: .absent, at: now)
            #expect(saving != .refused)
            #expect(try await store.load("abc", at: now)?.content == ["a": 1])
        }
    }

    @Test(
        "a file of something else is no session",
        arguments: [
            "", "{}", "[]", "null", "1", "\u{0}\u{0}\u{0}\u{0}", "no JSON", #"{"expires":1700003600000,"version":1}"#,
            #"{"expires":"never","version":1,"session":{}}"#, #"{"expires":1e300,"version":1,"session":{}}"#,
            #"{"expires":1700003600000,"version":1.5,"session":{}}"#,
            #"{"expires":1700003600000,"version":1,"session":[]}"#,
            #"{"expires":1700003600000,"version":1,"session":{}} x"#,
            #"{"expires":1699999999999,"version":1,"session":{}}"#,
        ])
    func foreign(_ text: String) async throws {
        try await withFile { store, path in
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            #expect(try await store.load("abc", at: now) == nil)
            #expect(try await !store.touch("abc", [:], until: end, at: now))
            _ = try await store.removeExpired(at: end)
            try await store.destroy("abc")
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("a session that was written by hand is one")
    func byHand() async throws {
        try await withFile { store, path in
            let text = #" { "session": {"a": 1}, "version": 7, "expires": 1700003600000, "note": "mine" } "#
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            let record = try await store.load("abc", at: now)
            #expect(record == SessionRecord(content: ["a": 1], expires: end, revision: .number(7)))
        }
    }

    @Test("a link, a folder and a FIFO in the place of a file are no session, and nobody waits for them")
    func noFiles() async throws {
        try await withFile { store, path in
            try FileManager.default.moveItem(atPath: path, toPath: path + "-moved")
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path + "-moved")
            #expect(try await store.load("abc", at: now) == nil)
            try FileManager.default.removeItem(atPath: path)
            #expect(mkfifo(path, 0o600) == 0)
            #expect(try await store.load("abc", at: now) == nil)
            _ = try await store.removeExpired(at: end)
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            #expect(try await store.load("abc", at: now) == nil)
            await #expect(throws: SessionError.self) {
                try await store.save("abc", [:], until: end, if: .always, at: now)
            }
            // What was written beside it is gone again.
            let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder(of: path))
            #expect(!names.contains { $0.hasPrefix(".new-") })
        }
    }

    @Test("a file larger than any session is none")
    func large() async throws {
        try await withFile { store, path in
            #expect(truncate(path, off_t(FileSessionStoreFile.sizeLimit) + 1) == 0)
            let record = try await store.load("abc", at: now)
            #expect(record == nil)
        }
    }

    @Test(
        "while another process holds the lock of its folder, a session can be read; it is saved when the lock is given back"
    )
    func locked() async throws {
        try await withFile { store, path in
            let folder = Self.folder(of: path)
            let descriptor = open(folder + "/.lock", O_RDWR)
            #expect(flock(descriptor, LOCK_EX) == 0)
            let saving = Task { try await store.save("abc", ["a": 1], until: end, if: .always, at: now) }
            let before = try await store.load("abc", at: now)
            #expect(before?.content["a"] == nil)
            close(descriptor)
            let saved = try await saving.value
            #expect(saved != .refused)
            let after = try await store.load("abc", at: now)
            #expect(after?.content == ["a": 1])
        }
    }

    @Test("a lock that is never given back is an error when the time is over, and changes nothing")
    func lockedForLong() async throws {
        try await withFile { _, path in
            let folder = Self.folder(of: path)
            let descriptor = open(folder + "/.lock", O_RDWR)
            defer { close(descriptor) }
            #expect(flock(descriptor, LOCK_EX) == 0)
            let place = FileSessionStorePlace(folder: folder, name: "x")
            let error = #expect(throws: SessionError.self) {
                try place.locked(until: .uptimeNanoseconds(0)) { Issue.record("in") }
            }
            #expect(error?.code == .storeUnavailable)
        }
    }

    @Test("stores on one directory, as processes have them, lose no update")
    func shared() async throws {
        try await withSessionFolder { folder in
            let stores = [try FileSessionStore(directory: folder), try FileSessionStore(directory: folder)]
            _ = try await stores[0].save("id", ["n": 0], until: end, if: .absent, at: now)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for store in stores + stores {
                    group.addTask {
                        for _ in 0..<10 { try await increment(store) }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await stores[1].load("id", at: now)?.content == ["n": 40])
        }
    }

    private func increment(_ store: FileSessionStore) async throws {
        while let record = try await store.load("id", at: now), let revision = record.revision {
            let content: JSONObject = ["n": JSON((record.content["n"]?.int ?? 0) + 1)]
            let saving = try await store.save("id", content, until: end, if: .unchanged(revision), at: now)
            if saving != .refused { return }
        }
    }
}
