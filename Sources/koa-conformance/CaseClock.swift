import Koa
import NIOConcurrencyHelpers

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A clock that stands at a time set, or shows the machine's.
final class CaseClock: WallClock {
    private let fixed = NIOLockedValueBox<Date?>(nil)

    /// The time that was set, else the real one.
    var now: Date {
        fixed.withLockedValue { $0 } ?? SystemClock().now
    }

    /// Sets the time, also backwards; nil is the real one.
    func set(_ date: Date?) {
        fixed.withLockedValue { $0 = date }
    }
}
