import NIOConcurrencyHelpers

/// The open connections of a server.
final class ConnectionRegistry: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: HTTP1Connection] = [:]
        var isStopping = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = NIOLockedValueBox(State())

    var count: Int { state.withLockedValue { $0.connections.count } }

    /// False when the server stops: the connection is to be closed.
    func add(_ connection: HTTP1Connection) -> Bool {
        state.withLockedValue { state in
            guard !state.isStopping else { return false }
            state.connections[ObjectIdentifier(connection)] = connection
            return true
        }
    }

    func remove(_ connection: HTTP1Connection) {
        let waiters: [CheckedContinuation<Void, Never>] = state.withLockedValue { state in
            state.connections[ObjectIdentifier(connection)] = nil
            guard state.isStopping, state.connections.isEmpty else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Has every connection finish what it does, and refuses new ones.
    func stop() {
        state.withLockedValue { $0.isStopping = true }
        stopConnections()
    }

    /// Has every connection finish what it does.
    func stopConnections() {
        for connection in state.withLockedValue({ Array($0.connections.values) }) { connection.stop() }
    }

    /// Closes every connection.
    func stopNow() {
        for connection in state.withLockedValue({ Array($0.connections.values) }) { connection.stopNow() }
    }

    /// Lets those who wait go, although connections are left.
    func stopWaiting() {
        let waiters = state.withLockedValue { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when no connection is left after ``stop()``.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLockedValue { state in
                if !state.connections.isEmpty { state.waiters.append(continuation) }
                return state.connections.isEmpty
            }
            if isEmpty { continuation.resume() }
        }
    }
}
