#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The clock of an application, which cookies, sessions, dates and timeouts read, so that a test can set it.
///
/// ```swift
/// let clock = ManualClock(Date(timeIntervalSince1970: 1_700_000_000))
/// let app = Application(clock: clock)
/// clock.advance(by: .seconds(60))
/// ```
public protocol WallClock: Sendable {
    /// The present time.
    var now: Date { get }
    /// The time since some moment, which setting the clock doesn't change: what timeouts measure by. The machine's by
    /// default.
    var uptime: Duration { get }
}

extension WallClock {
    /// The machine's monotonic time.
    public var uptime: Duration { .nanoseconds(MonotonicTime.now) }
}

/// The machine's monotonic time.
enum MonotonicTime {
    /// In nanoseconds since some moment.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}

extension Application {
    /// The present time in whole milliseconds since 1970.
    package var milliseconds: Int64 {
        guard hasSystemClock else { return clock.milliseconds }
        // As `Date` has it, without the way through it: each session asks several times a request.
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) &* 1000 &+ Int64(time.tv_nsec) / 1_000_000
    }
}

/// A clock that moves by steps, and tells of them.
protocol SteppingClock: WallClock {
    /// Calls back after each step until `remove` is called with the same owner.
    func onStep(_ owner: ObjectIdentifier, _ body: @escaping @Sendable () -> Void)
    /// Ends the calls.
    func remove(_ owner: ObjectIdentifier)
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
