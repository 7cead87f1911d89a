#if SQLite
    import Koa
    import NIOConcurrencyHelpers

    @testable import KoaSQLite

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// Runs a test with a folder of its own.
    func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.path + "/koa-sqlite-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await body(folder)
    }

    /// A moment long ago: nothing here looks at the machine's clock.
    let noon = Date(timeIntervalSince1970: 1_700_000_000)

    /// What holds up a thread until it is opened.
    final class Gate: Sendable {
        private let lock = ConditionLock(value: 0)
        private let reached = NIOLockedValueBox(false)

        /// Blocks until it is open.
        func pass() {
            reached.withLockedValue { $0 = true }
            lock.lock(whenValue: 1)
            lock.unlock()
        }

        func open() {
            lock.lock()
            lock.unlock(withValue: 1)
        }

        /// Waits until somebody stands before it.
        func isReached() async {
            while !reached.withLockedValue({ $0 }) { await Task.yield() }
        }
    }

    extension SQLiteDatabase {
        /// Has the thread that writes stand before a gate.
        func block(_ gate: Gate) async -> Task<Void, any Error> {
            let task = Task { try await write { _ in gate.pass() } }
            await gate.isReached()
            return task
        }

        /// Waits until so many calls wait to be written.
        func hasWaiting(_ count: Int) async {
            while waitingWrites != count { await Task.yield() }
        }
    }

    extension SQLiteConnection {
        /// Another connection to a file, as another process has it.
        convenience init(other path: String, timeout: Duration = .milliseconds(20)) throws {
            var options = SQLiteOptions()
            options.timeout = timeout
            try self.init(SQLiteFile(path), .writing, options)
        }

        /// The first column of all rows.
        func texts(_ sql: String) throws -> [String] {
            try run(SQLiteQuery(sql)) { row in
                var texts: [String] = []
                while try row.step() { texts.append(row.text(at: 0) ?? "-") }
                return texts
            }
        }
    }

    /// The code of the SQLite error that was thrown, or that is under the one that was.
    func sqliteCode(_ work: () async throws -> Void) async -> SQLiteError.Code? {
        do {
            try await work()
            return nil
        } catch let error as SQLiteError {
            return error.code
        } catch let error as SessionError {
            return error.code == .storeUnavailable ? (error.cause as? SQLiteError)?.code : nil
        } catch {
            return nil
        }
    }
#endif
