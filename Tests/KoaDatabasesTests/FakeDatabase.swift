import KoaDatabases
import KoaSession
import NIOConcurrencyHelpers

/// A database whose connections are opened, cut and counted by the test.
final class FakeDatabase: Sendable {
    struct Counts: Equatable {
        var opened = 0
        var closed = 0
        var calls = 0
    }

    private struct State {
        var counts = Counts()
        var isDown = false
        /// Connections up to this number are cut.
        var cut = 0
        /// Whether a cut connection is seen only when it is used.
        var hidesCuts = false
    }

    private let state = NIOLockedValueBox(State())

    var counts: Counts { state.withLockedValue { $0.counts } }

    func setDown(_ isDown: Bool) { state.withLockedValue { $0.isDown = isDown } }

    /// Cuts the connections that are open.
    func cut(hidden: Bool) {
        state.withLockedValue {
            $0.cut = $0.counts.opened
            $0.hidesCuts = hidden
        }
    }

    func connect() throws -> FakeConnection {
        try state.withLockedValue { state in
            if state.isDown { throw SessionError(.storeUnavailable, "The fake is down.") }
            state.counts.opened += 1
            return FakeConnection(self, number: state.counts.opened)
        }
    }

    fileprivate func isCut(_ number: Int) -> Bool { state.withLockedValue { number <= $0.cut } }
    fileprivate func looksAlive(_ number: Int) -> Bool { state.withLockedValue { number > $0.cut || $0.hidesCuts } }
    fileprivate func countCall() { state.withLockedValue { $0.counts.calls += 1 } }
    fileprivate func countClosed() { state.withLockedValue { $0.counts.closed += 1 } }
}

/// What a cut connection throws.
struct CutOff: Error {}

final class FakeConnection: BlockingConnection {
    let number: Int
    private let database: FakeDatabase
    var isBroken = false

    init(_ database: FakeDatabase, number: Int) {
        self.database = database
        self.number = number
    }

    func isAlive(after idle: Duration, until deadline: Deadline) -> Bool { database.looksAlive(number) }
    func close() { database.countClosed() }

    /// Answers its number.
    func query() throws -> Int {
        database.countCall()
        if database.isCut(number) {
            isBroken = true
            throw CutOff()
        }
        return number
    }
}

/// Blocks threads until the test opens it.
final class Gate: Sendable {
    private let lock = ConditionLock(value: 0)
    private let arrivals = AsyncStream.makeStream(of: Void.self)

    /// Blocks the thread.
    func pass() {
        arrivals.continuation.yield()
        lock.lock(whenValue: 1)
        lock.unlock()
    }

    func open() {
        lock.lock()
        lock.unlock(withValue: 1)
    }

    /// Waits until so many threads have come.
    func arrived(_ count: Int) async {
        var iterator = arrivals.stream.makeAsyncIterator()
        for _ in 0..<count { await iterator.next() }
    }
}

extension ConnectionPool where Connection == FakeConnection {
    convenience init(_ database: FakeDatabase, _ limits: PoolLimits = PoolLimits()) {
        self.init("The fake", limits: limits) { _ in try database.connect() }
    }

    func query(retrying: Bool = false) async throws -> Int {
        try await run(retrying: retrying) { connection, _ in try connection.query() }
    }

    /// Waits until so many calls wait for a connection.
    func waits(for count: Int) async {
        while waitingCount < count { await Task.yield() }
    }

    /// Waits until no thread is at work.
    func rests() async {
        while busyCount > 0 { await Task.yield() }
    }
}

/// The code of the ``SessionError`` that a call throws.
func code(of body: () async throws -> some Any) async -> SessionError.Code? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? SessionError)?.code
    }
}
