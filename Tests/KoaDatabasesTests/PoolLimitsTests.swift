import KoaDatabases
import KoaSession
import NIOConcurrencyHelpers
import Testing

@Suite struct PoolLimitsTests {
    let database = FakeDatabase()
    let gate = Gate()

    @Test func aCallBeyondThoseThatMayWaitFailsAtOnce() async throws {
        let pool = ConnectionPool(database, PoolLimits(size: 1, waiting: 2))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [gate] in try await pool.run { _, _ in gate.pass() } }
            await gate.arrived(1)
            for _ in 1...2 { group.addTask { _ = try await pool.query() } }
            await pool.waits(for: 2)
            #expect(await code { try await pool.query() } == .storeUnavailable)
            gate.open()
            try await group.waitForAll()
        }
        await pool.shutDown()
    }

    @Test(.timeLimit(.minutes(1)))
    func allCallsFailWithinTheTimeoutWhenEveryThreadIsStuck() async throws {
        let timeout: Duration = .milliseconds(200)
        let pool = ConnectionPool(database, PoolLimits(size: 2, timeout: timeout))
        let start = ContinuousClock.now
        await withTaskGroup(of: SessionError.Code?.self) { group in
            for _ in 1...2 { group.addTask { [gate] in await code { try await pool.run { _, _ in gate.pass() } } } }
            await gate.arrived(2)
            for _ in 1...5 { group.addTask { await code { try await pool.query() } } }
            for await code in group { #expect(code == .storeUnavailable) }
        }
        let duration = ContinuousClock.now - start
        // No more than 5 s above it, for machines that are busy.
        #expect(duration >= timeout && duration < .seconds(5))
        #expect(pool.busyCount == 2)

        gate.open()
        await pool.rests()
        #expect(try await pool.query() > 0, "it works again when the threads are back")
        await pool.shutDown()
    }

    @Test func aCallThatExpiredWhileItWaitedIsNeverMade() async throws {
        let pool = ConnectionPool(database, PoolLimits(size: 1, timeout: .milliseconds(50)))
        async let stuck = code { [gate] in try await pool.run { _, _ in gate.pass() } }
        await gate.arrived(1)
        #expect(await code { try await pool.query() } == .storeUnavailable)
        #expect(await stuck == .storeUnavailable)
        gate.open()
        await pool.rests()
        #expect(database.counts.calls == 0)
        await pool.shutDown()
    }

    @Test func aCallWhoseConnectionOpensTooLateIsNeverMade() async throws {
        let pool = ConnectionPool<FakeConnection>("The fake", limits: PoolLimits(size: 1, timeout: .milliseconds(50))) {
            [database, gate] _ in
            gate.pass()
            return try database.connect()
        }
        #expect(await code { try await pool.query() } == .storeUnavailable)
        gate.open()
        await pool.rests()
        #expect(database.counts.calls == 0)
        #expect(pool.idleCount == 1)
        await pool.shutDown()
    }

    @Test func aTimeoutBeyondAllBoundsIsAYear() {
        #expect(PoolLimits(timeout: .seconds(Int64.max)).timeout == .seconds(365 * 86_400))
    }

    @Test func aBodyGetsTheDeadline() async throws {
        let pool = ConnectionPool(database, PoolLimits(timeout: .seconds(60)))
        let before = ContinuousClock.now
        let deadline = try await pool.run { _, deadline in deadline }
        #expect(deadline >= before + .seconds(60) && deadline <= .now + .seconds(60))
        await pool.shutDown()
    }

    @Test func aWaitingCallThatIsCancelledEndsAtOnceAndIsNeverMade() async throws {
        let pool = ConnectionPool(database, PoolLimits(size: 1))
        async let running: Void = pool.run { [gate] _, _ in gate.pass() }
        await gate.arrived(1)
        let waiting = Task { try await pool.query() }
        await pool.waits(for: 1)
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(pool.waitingCount == 0)
        gate.open()
        try await running
        #expect(database.counts.calls == 0)
        await pool.shutDown()
    }

    @Test func aTaskThatIsCancelledAlreadyDoesntWait() async throws {
        let pool = ConnectionPool(database, PoolLimits(size: 1))
        async let running: Void = pool.run { [gate] _, _ in gate.pass() }
        await gate.arrived(1)
        let cancelled = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await pool.query()
        }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        gate.open()
        try await running
        await pool.shutDown()
    }
}

@Suite struct PoolShutDownTests {
    let database = FakeDatabase()
    let gate = Gate()

    @Test func idleConnectionsAreClosedAndCallsRefused() async throws {
        let pool = ConnectionPool(database)
        _ = try await pool.query()
        await pool.shutDown()
        #expect(database.counts.closed == 1)
        #expect(await code { try await pool.query() } == .storeUnavailable)
        await pool.shutDown()
    }

    @Test func itWaitsForWhatRunsAndFailsWhatWaits() async throws {
        let pool = ConnectionPool(database, PoolLimits(size: 1))
        async let running = pool.run { [gate] _, _ in
            gate.pass()
            return 7
        }
        await gate.arrived(1)
        async let waiting = code { try await pool.query() }
        await pool.waits(for: 1)
        async let end: Void = pool.shutDown()
        #expect(await waiting == .storeUnavailable)
        #expect(database.counts.closed == 0)
        gate.open()
        #expect(try await running == 7)
        await end
        #expect(database.counts == FakeDatabase.Counts(opened: 1, closed: 1, calls: 0))
    }

    @Test(.timeLimit(.minutes(1)))
    func itDoesntWaitForAThreadThatIsStuck() async throws {
        let pool = ConnectionPool(database, PoolLimits(size: 1, timeout: .milliseconds(50)))
        let stuck = await code { [gate] in try await pool.run { _, _ in gate.pass() } }
        #expect(stuck == .storeUnavailable)
        await pool.shutDown()
        #expect(database.counts.closed == 0)
        gate.open()
        await pool.rests()
        while database.counts.closed == 0 { await Task.yield() }
    }

    @Test(.timeLimit(.minutes(1)))
    func aPoolThatIsDroppedClosesItsConnections() async throws {
        do {
            let pool = ConnectionPool(database)
            _ = try await pool.query()
        }
        while database.counts.closed == 0 { await Task.yield() }
    }

    @Test func aPoolThatWasNeverUsedCanBeDroppedAndShutDown() async {
        _ = ConnectionPool(database)
        await ConnectionPool(database).shutDown()
        #expect(database.counts.opened == 0)
    }
}

/// Notes numbers from any thread.
final class Recorder: Sendable {
    private let box = NIOLockedValueBox<[Int]>([])

    var values: [Int] { box.withLockedValue { $0 } }
    func add(_ value: Int) { box.withLockedValue { $0.append(value) } }
}
