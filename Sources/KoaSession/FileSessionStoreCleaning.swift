import NIOConcurrencyHelpers
import NIOCore
import Synchronization

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

/// When a ``FileSessionStore`` removes what is over, and how.
final class FileSessionStoreCleaning: Sendable {
    /// In seconds; nil never.
    private let interval: Double?
    private let state = NIOLockedValueBox<(next: Double, task: Task<Void, Never>?)>((-.infinity, nil))

    init(every interval: Duration?) {
        self.interval = interval.map { max(Double(TimeAmount($0).nanoseconds) / 1e9, 0.001) }
    }

    /// Begins with it, if it is due by the time that calls tell.
    func begin(at now: Date, _ clean: @escaping @Sendable () async -> Void) {
        guard let interval else { return }
        let now = now.timeIntervalSince1970
        state.withLockedValue { state in
            guard now >= state.next else { return }
            state.next = now + interval
            state.task = Task.detached { await clean() }
        }
    }

    /// Waits until the last one that was begun has ended.
    func finish() async {
        await state.withLockedValue { $0.task }?.value
    }

    /// An hour: no saving takes that long.
    private static let unfinishedAge = 3600.0

    /// What has come of cleaning.
    struct Outcome: Sendable {
        /// How many sessions were removed.
        var removed = 0
        /// What the first file has met that couldn't be looked at; it doesn't keep the others.
        var failure: (any Error)?
    }

    /// Removes what is over from a folder.
    ///
    /// - Parameter now: in seconds since 1970.
    static func clean(_ folder: String, at now: Double, until deadline: NIODeadline, _ outcome: inout Outcome) {
        for name in names(in: folder) {
            do {
                outcome.removed += try clean(
                    FileSessionStorePlace(folder: folder, name: name), at: now, until: deadline)
            } catch {
                if outcome.failure == nil { outcome.failure = error }
            }
        }
    }

    /// - Returns: how many sessions were removed.
    private static func clean(
        _ place: FileSessionStorePlace, at now: Double, until deadline: NIODeadline
    ) throws -> Int {
        if place.name.hasPrefix(FileSessionStorePlace.unfinished) {
            var status = stat()
            let isOld =
                lstat(place.path, &status) == 0
                && Double(time(nil)) - Double(status.modifiedSeconds) > unfinishedAge
            if isOld { try place.remove() }
            return 0
        }
        guard place.name.utf8.count == 64, let file = try place.read(), isOver(file, now) else { return 0 }
        // Again with the lock: it may have been saved meanwhile.
        return try place.locked(until: deadline) {
            guard let file = try place.read(), isOver(file, now) else { return 0 }
            try place.remove()
            return 1
        }
    }

    private static func isOver(_ file: FileSessionStoreFile, _ now: Double) -> Bool {
        Double(file.expires) <= now * 1000
    }

    /// The names in a folder; none when it isn't there.
    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.utf8.count > 2 { names.append(name) }
        }
        return names
    }
}

extension stat {
    fileprivate var modifiedSeconds: Int {
        #if canImport(Darwin)
            st_mtimespec.tv_sec
        #else
            Int(st_mtim.tv_sec)
        #endif
    }
}
