#if SQLite
    import NIOConcurrencyHelpers
    import NIOCore
    import Synchronization

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// Has what is over removed every now and then, by the time that calls tell.
    final class SQLiteCleaning: Sendable {
        /// In milliseconds; nil never.
        private let interval: Int64?
        /// When it is due next, in milliseconds since 1970.
        private let next = Atomic<Int64>(.min)
        private let task = NIOLockedValueBox<Task<Void, Never>?>(nil)

        init(every interval: Duration?) {
            self.interval = interval.map { max(TimeAmount($0).nanoseconds / 1_000_000, 1) }
        }

        /// Begins with it, if it is due.
        func begin(at now: Date, _ clean: @escaping @Sendable () async -> Void) {
            guard let interval else { return }
            let now = now.milliseconds
            let due = next.load(ordering: .relaxed)
            guard now >= due, next.compareExchange(expected: due, desired: now + interval, ordering: .relaxed).exchanged
            else { return }
            let task = Task.detached { await clean() }
            self.task.withLockedValue { $0 = task }
        }

        /// Waits until the last one that was begun has ended.
        func finish() async {
            await task.withLockedValue { $0 }?.value
        }
    }

    extension Date {
        /// In milliseconds since 1970, and within a few millennia.
        var milliseconds: Int64 {
            let milliseconds = (timeIntervalSince1970 * 1000).rounded()
            return Int64(min(max(milliseconds.isNaN ? 0 : milliseconds, -1e15), 1e15))
        }

        init(milliseconds: Int64) {
            self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
        }
    }
#endif
