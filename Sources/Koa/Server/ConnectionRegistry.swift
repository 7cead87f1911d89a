import NIOConcurrencyHelpers
import Synchronization

/// Counts the open connections of a server, on all its event loops, and tells when the last one is gone.
final class ConnectionRegistry: Sendable {
    /// What becomes of a new connection.
    enum Admission {
        case admitted
        /// There are too many: it is answered 503.
        case full
        /// There are too many even of those that are told so.
        case turnedAway
    }

    private struct State {
        var count = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = NIOLockedValueBox(State())
    private let capacity: Int
    /// With those that are only told that there is no room.
    private let limit: Int
    private let stopping = Atomic(false)
    private let cancelTime = Atomic(Int64.max)
    private let giveUpTime = Atomic(Int64.max)

    init(capacity: Int) {
        self.capacity = capacity
        let (limit, overflow) = capacity.addingReportingOverflow(max(16, capacity / 8))
        self.limit = overflow ? .max : limit
    }

    var count: Int { state.withLockedValue { $0.count } }

    /// Whether connections end with the request that they serve.
    var isStopping: Bool { stopping.load(ordering: .relaxed) }

    func stop() {
        stopping.store(true, ordering: .relaxed)
    }

    /// Counts a connection, if there is room for it.
    func admit() -> Admission {
        state.withLockedValue { state in
            guard state.count < limit else { return .turnedAway }
            state.count += 1
            return state.count > capacity ? .full : .admitted
        }
    }

    func leave() {
        let waiters: [CheckedContinuation<Void, Never>] = state.withLockedValue { state in
            state.count -= 1
            guard state.count == 0 else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    // MARK: The end

    /// When the connections that are left are closed, and when they are waited for no more, in the event loops' time; a
    /// later time changes nothing.
    func setDeadline(_ cancel: Int64, giveUp: Int64) {
        cancelTime.min(cancel, ordering: .relaxed)
        giveUpTime.min(giveUp, ordering: .relaxed)
    }

    func isPastDeadline(_ now: Int64) -> Bool { now >= cancelTime.load(ordering: .relaxed) }

    func isGivenUp(_ now: Int64) -> Bool { now >= giveUpTime.load(ordering: .relaxed) }

    /// Lets those who wait go, although connections are left.
    func stopWaiting() {
        let waiters = state.withLockedValue { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when no connection is left.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLockedValue { state in
                if state.count > 0 { state.waiters.append(continuation) }
                return state.count == 0
            }
            if isEmpty { continuation.resume() }
        }
    }
}
