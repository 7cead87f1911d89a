import DequeModule

/// Who waits and who has a connection: what a ``ConnectionPool`` keeps under its lock.
struct PoolState<Connection: BlockingConnection>: Sendable {
    private(set) var idle: [HeldConnection<Connection>] = []
    private(set) var waiting: Deque<PoolCall<Connection>> = []
    /// The calls that have a connection and whose callers still wait for the answer.
    private(set) var running: [Int: PoolCall<Connection>] = [:]
    /// How many threads are at work, those among them that have outlasted their call's deadline.
    private(set) var busy = 0
    private(set) var isShutDown = false
    /// Resumed when nothing runs any more after ``shutDown()``.
    var emptied: [CheckedContinuation<Void, Never>] = []
    /// Whether a task looks after the deadlines.
    var isWatched = false
    private var lastID = 0

    /// A name for the next call.
    mutating func nextID() -> Int {
        lastID += 1
        return lastID
    }

    /// Lets a call wait, if there is room for it.
    mutating func add(_ call: PoolCall<Connection>, limits: PoolLimits) -> PoolAdmission {
        if isShutDown { return .shutDown }
        if busy >= limits.size, waiting.count >= limits.waiting { return .full }
        waiting.append(call)
        return .admitted
    }

    /// The next call that may run, with an idle connection if there is one: the one that was used last, so that those that
    /// aren't needed stay idle.
    mutating func start(size: Int) -> (PoolCall<Connection>, HeldConnection<Connection>)? {
        guard busy < size, let call = waiting.popFirst() else { return nil }
        busy += 1
        running[call.id] = call
        return (call, idle.popLast() ?? HeldConnection())
    }

    /// Takes back a connection from a thread.
    ///
    /// - Returns: what is to be closed.
    mutating func finish(_ id: Int, _ held: HeldConnection<Connection>) -> HeldConnection<Connection>? {
        running[id] = nil
        busy -= 1
        guard held.connection != nil else { return nil }
        if isShutDown { return held }
        idle.append(held)
        return nil
    }

    /// Takes out a call that still waits.
    mutating func remove(_ id: Int) -> PoolCall<Connection>? {
        waiting.firstIndex { $0.id == id }.map { waiting.remove(at: $0) }
    }

    /// Takes out the calls whose deadline is over; those that run leave their threads behind.
    mutating func expire(at now: Deadline) -> (waited: [PoolCall<Connection>], ran: [PoolCall<Connection>]) {
        // All have the same timeout: the first to come is the first to expire.
        var waited: [PoolCall<Connection>] = []
        while let call = waiting.first, call.deadline <= now {
            waited.append(call)
            waiting.removeFirst()
        }
        let ran = running.values.filter { $0.deadline <= now }
        for call in ran { running[call.id] = nil }
        return (waited, ran)
    }

    /// When the next call expires.
    var nextDeadline: Deadline? {
        [waiting.first?.deadline, running.values.map(\.deadline).min()].compactMap(\.self).min()
    }

    /// Takes no more calls.
    ///
    /// - Returns: what waited, and what is to be closed.
    mutating func shutDown() -> (waited: [PoolCall<Connection>], idle: [HeldConnection<Connection>]) {
        isShutDown = true
        defer {
            waiting = []
            idle = []
        }
        return (Array(waiting), idle)
    }

    /// Those to tell that the pool is empty, if it is.
    mutating func takeEmptied() -> [CheckedContinuation<Void, Never>] {
        guard isShutDown, running.isEmpty else { return [] }
        defer { emptied = [] }
        return emptied
    }
}

/// What becomes of a call that comes to a ``ConnectionPool``.
enum PoolAdmission {
    case admitted, full, shutDown
}
