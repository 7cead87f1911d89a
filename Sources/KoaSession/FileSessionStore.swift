public import Koa
import Synchronization

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Keeps sessions in files of a directory, one for each: for one machine, whose processes may share the directory.
///
/// ```swift
/// app.use(session(store: try FileSessionStore(directory: "sessions")))
/// ```
///
/// A file is named by the SHA-256 of its session's id, which can't be read off it, and is for its owner alone (mode 0600). It
/// is replaced as a whole: nobody reads half of one. A saving that was acknowledged survives the end of the process; after a
/// power loss the last ones may be missing. What can't be read counts as no session.
///
/// Each call takes some ten calls of the system: beyond a thousand sessions, or a hundred requests a second, a database is the
/// better choice.
public final class FileSessionStore: SessionStore {
    let directory: FileSessionStoreDirectory
    let threads: FileSessionStoreThreads
    /// Counts up over all sessions from anywhere, so that no two states of a session, of those that other processes have
    /// saved and of one that comes back after it was destroyed, have the same number.
    private let version = Atomic<Int64>(Int64.random(in: 0...(1 << 52)))
    let cleaning: FileSessionStoreCleaning

    /// Makes the directory (mode 0700) if it isn't there; the one above it has to be.
    ///
    /// - Parameters:
    ///   - directory: for this store alone.
    ///   - cleanupInterval: how often the files of sessions whose time is over are removed, as long as something is saved.
    ///     Default every 15 minutes; nil never.
    /// - Throws: ``SessionError`` `.storeUnavailable` when it can't be made or written.
    public init(directory: String, cleanupInterval: Duration? = .seconds(900)) throws {
        self.directory = try FileSessionStoreDirectory(directory)
        threads = FileSessionStoreThreads(directory)
        cleaning = FileSessionStoreCleaning(every: cleanupInterval)
    }

    /// The session of an id.
    public func load(_ id: String, at now: Date) async throws -> SessionRecord? {
        try await threads.run { [directory] _ in
            let place = directory.place(of: id)
            guard let file = try place.read() else {
                // Without this, a volume that isn't there would log everybody out.
                try directory.check()
                return nil
            }
            guard file.expires > now.milliseconds else { return nil }
            return SessionRecord(
                content: file.content, expires: Date(milliseconds: file.expires), revision: .number(file.version))
        }
    }

    /// Saves a session.
    public func save(
        _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
    ) async throws -> SessionSaving {
        clean(at: now)
        let version = version.wrappingAdd(1, ordering: .relaxed).newValue
        let file = FileSessionStoreFile(expires: expiry.milliseconds, version: version, content: content)
        return try await threads.run { [directory] deadline in
            let place = directory.place(of: id)
            return try place.locked(until: deadline) {
                if condition != .always {
                    let found = try place.read().flatMap { $0.expires > now.milliseconds ? $0 : nil }
                    guard condition.holds(for: found?.version) else { return .refused }
                }
                try place.write(file)
                return .saved(.number(version))
            }
        }
    }

    /// Puts off the end of a session; its version stays.
    public func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date) async throws -> Bool {
        try await threads.run { [directory] deadline in
            let place = directory.place(of: id)
            return try place.locked(until: deadline) {
                guard var file = try place.read(), file.expires > now.milliseconds else { return false }
                file.expires = expiry.milliseconds
                try place.write(file)
                return true
            }
        }
    }

    /// Removes a session.
    public func destroy(_ id: String) async throws {
        try await threads.run { [directory] deadline in
            let place = directory.place(of: id)
            // Not while another is about to replace the file: it would come back.
            try place.locked(until: deadline) { try place.remove() }
        }
    }

    /// Ends the threads; calls from then on throw.
    public func shutDown() async {
        await threads.shutDown()
    }
}

extension SessionCondition {
    /// Whether a session may be saved in place of that of a version; nil is none.
    fileprivate func holds(for version: Int64?) -> Bool {
        switch self {
        case .always: true
        case .absent: version == nil
        case .unchanged(let revision): version.map { revision == .number($0) } ?? false
        }
    }
}

extension Date {
    /// In milliseconds since 1970, and within a few millennia.
    fileprivate var milliseconds: Int64 {
        let milliseconds = (timeIntervalSince1970 * 1000).rounded()
        return Int64(min(max(milliseconds.isNaN ? 0 : milliseconds, -1e15), 1e15))
    }
}
