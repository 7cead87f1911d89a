#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The wall clock of an application, which cookies, sessions and dates read, so that a test can set it.
///
/// ```swift
/// let clock = ManualClock(Date(timeIntervalSince1970: 1_700_000_000))
/// let app = Application(clock: clock)
/// clock.advance(by: .seconds(60))
/// ```
public protocol WallClock: Sendable {
    /// The present time.
    var now: Date { get }
}

/// The machine's clock; the default of an ``Application``.
///
/// ```swift
/// let app = Application(clock: SystemClock())
/// ```
public struct SystemClock: WallClock {
    /// A clock that reads the machine's time.
    public init() {}

    /// The machine's time.
    public var now: Date { Date() }
}

extension WallClock {
    /// The present time in whole milliseconds since 1970.
    package var milliseconds: Int64 {
        Int64(exactly: (now.timeIntervalSince1970 * 1000).rounded(.down)) ?? 0
    }
}
