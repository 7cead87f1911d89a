import NIOConcurrencyHelpers

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A clock that stands still until it is set: for tests of whatever depends on time.
///
/// ```swift
/// let clock = ManualClock(Date(timeIntervalSince1970: 0))
/// clock.advance(by: .seconds(90))
/// clock.now == Date(timeIntervalSince1970: 90)
/// ```
public final class ManualClock: WallClock {
    private let date: NIOLockedValueBox<Date>

    /// A clock that shows this time.
    public init(_ date: Date) {
        self.date = NIOLockedValueBox(date)
    }

    /// The time it was set to; it may be set backwards.
    public var now: Date {
        get { date.withLockedValue { $0 } }
        set { date.withLockedValue { $0 = newValue } }
    }

    /// Moves the time on.
    public func advance(by duration: Duration) {
        let (seconds, attoseconds) = duration.components
        date.withLockedValue { $0.addTimeInterval(Double(seconds) + Double(attoseconds) / 1e18) }
    }
}
