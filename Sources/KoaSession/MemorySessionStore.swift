public import Koa
import NIOConcurrencyHelpers

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Keeps sessions in this process's memory, which has a bound: for one server, and for tests.
///
/// ```swift
/// app.use(session(store: MemorySessionStore(capacity: 10_000)))
/// ```
///
/// They are gone when the process ends. Beyond its capacity it forgets the sessions that were used the longest ago, so that
/// a flood of visitors can log others out, but not make it grow.
public final class MemorySessionStore: SessionStore {
    /// A session, which its generation holds by reference: it is looked up once, and changed in its place. None leaves the
    /// lock.
    private final class Entry: @unchecked Sendable {
        var record: SessionRecord
        var end: Date

        init(_ record: SessionRecord, _ end: Date) {
            self.record = record
            self.end = end
        }
    }

    /// Two generations: a session moves to the young one when it is used, and the old one is dropped as a whole.
    private struct Generations {
        var young: [String: Entry] = [:]
        var old: [String: Entry] = [:]
        /// Counts up over all sessions, so that one which comes back after it was destroyed isn't taken for its forerunner.
        var revision: Int64 = 0

        /// The session of an id, as long as its time isn't over.
        mutating func entry(_ id: String, at now: Date, _ capacity: Int) -> Entry? {
            if let entry = young[id] {
                if entry.end > now { return entry }
                young[id] = nil
            } else if let entry = old.removeValue(forKey: id), entry.end > now {
                add(id, entry, capacity)
                return entry
            }
            return nil
        }

        /// Adds one that isn't there.
        mutating func add(_ id: String, _ entry: Entry, _ capacity: Int) {
            if young.count >= capacity / 2 {
                old = young
                young = [:]
            }
            young[id] = entry
        }
    }

    private let generations = NIOLockedValueBox(Generations())
    private let capacity: Int

    /// - Parameter capacity: how many sessions it keeps at most. Default 100,000; at least 2.
    public init(capacity: Int = 100_000) {
        self.capacity = max(capacity, 2)
    }

    /// How many sessions it keeps, those among them whose time is over and that nobody has asked for since.
    public var count: Int { generations.withLockedValue { $0.young.count + $0.old.count } }

    /// The session of an id.
    public nonisolated(nonsending) func load(_ id: String, at now: Date) async -> SessionRecord? {
        generations.withLockedValue { $0.entry(id, at: now, capacity)?.record }
    }

    /// Saves a session.
    public nonisolated(nonsending) func save(
        _ id: String, _ content: JSONObject, until expiry: Date, if condition: SessionCondition, at now: Date
    ) async -> SessionSaving {
        generations.withLockedValue { generations in
            let entry = generations.entry(id, at: now, capacity)
            switch condition {
            case .always: break
            case .absent: if entry != nil { return .refused }
            case .unchanged(let revision): if entry?.record.revision != revision { return .refused }
            }
            generations.revision += 1
            let revision = SessionRevision.number(generations.revision)
            let record = SessionRecord(content: content, expires: expiry, revision: revision)
            if let entry {
                entry.record = record
                entry.end = expiry
            } else {
                generations.add(id, Entry(record, expiry), capacity)
            }
            return .saved(revision)
        }
    }

    /// Puts off the end of a session.
    public nonisolated(nonsending) func touch(_ id: String, _ content: JSONObject, until expiry: Date, at now: Date)
        async -> Bool
    {
        generations.withLockedValue { generations in
            guard let entry = generations.entry(id, at: now, capacity) else { return false }
            entry.end = expiry
            entry.record.expires = expiry
            return true
        }
    }

    /// Removes a session.
    public nonisolated(nonsending) func destroy(_ id: String) async {
        generations.withLockedValue { generations in
            generations.young[id] = nil
            generations.old[id] = nil
        }
    }

    /// Removes the sessions whose time is over; without a call they go when they are asked for, or pushed out.
    @discardableResult
    public func removeExpired(at now: Date) async -> Int {
        generations.withLockedValue { generations in
            let count = generations.young.count + generations.old.count
            generations.young = generations.young.filter { $0.value.end > now }
            generations.old = generations.old.filter { $0.value.end > now }
            return count - generations.young.count - generations.old.count
        }
    }
}
