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
///
/// Its ``uptime`` moves by ``advance(by:)`` alone. A server whose application has this clock looks after its timeouts
/// whenever it is moved on.
public final class ManualClock: WallClock {
    private struct State {
        var date: Date
        var uptime = Duration.zero
        var listeners: [ObjectIdentifier: @Sendable () -> Void] = [:]
    }

    private let state: NIOLockedValueBox<State>

    /// A clock that shows this time.
    public init(_ date: Date) {
        state = NIOLockedValueBox(State(date: date))
    }

    /// The time it was set to; it may be set backwards.
    public var now: Date {
        get { state.withLockedValue { $0.date } }
        set { state.withLockedValue { $0.date = newValue } }
    }

    /// How far it was moved on in all.
    public var uptime: Duration { state.withLockedValue { $0.uptime } }

    /// Moves the time on.
    public func advance(by duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let listeners = state.withLockedValue { state in
            state.date.addTimeInterval(Double(seconds) + Double(attoseconds) / 1e18)
            state.uptime += max(.zero, duration)
            return Array(state.listeners.values)
        }
        for listener in listeners { listener() }
    }
}

extension ManualClock: SteppingClock {
    func onStep(_ owner: ObjectIdentifier, _ body: @escaping @Sendable () -> Void) {
        state.withLockedValue { $0.listeners[owner] = body }
    }

    func remove(_ owner: ObjectIdentifier) {
        state.withLockedValue { $0.listeners[owner] = nil }
    }
}
