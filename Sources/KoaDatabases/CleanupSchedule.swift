import NIOConcurrencyHelpers

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Tells a store when to remove what is over: with its first call, and then at intervals as long as it is used.
///
/// Nothing is added to a store that isn't used, so there is no need for a timer.
package final class CleanupSchedule: Sendable {
    private let interval: TimeInterval?
    private let next = NIOLockedValueBox(Date.distantPast)

    /// - Parameter interval: nil for never.
    package init(every interval: Duration?) {
        self.interval = interval.map { $0 / .seconds(1) }
    }

    /// Whether it is time to, which this call then has to do.
    package func isDue(at now: Date) -> Bool {
        guard let interval else { return false }
        return next.withLockedValue { next in
            guard now >= next else { return false }
            next = now.addingTimeInterval(interval)
            return true
        }
    }
}
