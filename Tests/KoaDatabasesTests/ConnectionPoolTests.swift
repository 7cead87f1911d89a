import KoaDatabases
import KoaSession
import Testing

@Suite struct ConnectionPoolTests {
    let database = FakeDatabase()

    @Test func nothingIsOpenedBeforeItIsNeeded() async throws {
        let pool = ConnectionPool(database)
        #expect(database.counts.opened == 0)
        #expect(try await pool.query() == 1)
        await pool.shutDown()
    }

    @Test func callsOneAfterTheOtherShareAConnection() async throws {
        let pool = ConnectionPool(database)
        for _ in 1...20 { #expect(try await pool.query() == 1) }
        #expect(database.counts == FakeDatabase.Counts(opened: 1, closed: 0, calls: 20))
        await pool.shutDown()
    }

    @Test func callsAtATimeHaveAConnectionEach() async throws {
        let pool = ConnectionPool(database, PoolLimits(size: 3))
        let gate = Gate()
        let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...3 {
                group.addTask {
                    try await pool.run { connection, _ in
                        gate.pass()
                        return connection.number
                    }
                }
            }
            await gate.arrived(3)
            gate.open()
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(numbers == [1, 2, 3])
        await pool.shutDown()
    }

    @Test func moreCallsThanConnectionsWaitAndAreAllAnswered() async throws {
        let pool = ConnectionPool(database, PoolLimits(size: 2))
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...200 { group.addTask { try await pool.query() } }
            return try await group.reduce(into: 0) { count, _ in count += 1 }
        }
        #expect(count == 200)
        #expect(database.counts.opened <= 2)
        #expect(database.counts.calls == 200)
        await pool.shutDown()
    }

    @Test func callsWaitInTheirOrder() async throws {
        let pool = ConnectionPool(database, PoolLimits(size: 1))
        let (gate, order) = (Gate(), Recorder())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run { _, _ in gate.pass() } }
            await gate.arrived(1)
            for number in 1...5 {
                group.addTask { try await pool.run { _, _ in order.add(number) } }
                await pool.waits(for: number)
            }
            gate.open()
            try await group.waitForAll()
        }
        #expect(order.values == [1, 2, 3, 4, 5])
        await pool.shutDown()
    }

    @Test func whatACallThrowsIsThrownAndTheConnectionKept() async throws {
        struct Refused: Error {}
        let pool = ConnectionPool(database)
        await #expect(throws: Refused.self) { try await pool.run { _, _ in throw Refused() } }
        #expect(try await pool.query() == 1)
        await pool.shutDown()
    }

    @Test func theConnectionIsBackBeforeTheCallerGoesOn() async throws {
        let pool = ConnectionPool(database, PoolLimits(size: 1, waiting: 0))
        for _ in 1...500 { _ = try await pool.query() }
        #expect(database.counts.opened == 1)
        await pool.shutDown()
    }
}

@Suite struct BrokenConnectionTests {
    let database = FakeDatabase()

    @Test func aBrokenConnectionIsClosedAndReplacedByTheNextCall() async throws {
        let pool = ConnectionPool(database)
        _ = try await pool.query()
        database.cut(hidden: true)
        await #expect(throws: CutOff.self) { try await pool.query() }
        #expect(database.counts.closed == 1)
        #expect(try await pool.query() == 2)
        await pool.shutDown()
    }

    @Test func anIdleConnectionThatWasCutIsReplacedBeforeItIsUsed() async throws {
        let pool = ConnectionPool(database)
        _ = try await pool.query()
        database.cut(hidden: false)
        #expect(try await pool.query() == 2)
        #expect(database.counts == FakeDatabase.Counts(opened: 2, closed: 1, calls: 2))
        await pool.shutDown()
    }

    @Test func aCallThatMayBeMadeTwiceIsTriedOnANewConnection() async throws {
        let pool = ConnectionPool(database)
        _ = try await pool.query()
        database.cut(hidden: true)
        #expect(try await pool.query(retrying: true) == 2)
        await pool.shutDown()
    }

    @Test func aCallIsntMadeAThirdTime() async throws {
        let pool = ConnectionPool(database)
        _ = try await pool.query()
        await #expect(throws: CutOff.self) {
            try await pool.run(retrying: true) { [database] connection, _ in
                database.cut(hidden: true)
                return try connection.query()
            }
        }
        #expect(database.counts == FakeDatabase.Counts(opened: 2, closed: 2, calls: 3))
        await pool.shutDown()
    }

    @Test func aCallOnANewConnectionIsntRepeated() async throws {
        let pool = ConnectionPool(database)
        await #expect(throws: CutOff.self) {
            try await pool.run(retrying: true) { [database] connection, _ in
                database.cut(hidden: true)
                return try connection.query()
            }
        }
        #expect(database.counts.calls == 1)
        await pool.shutDown()
    }

    @Test func aDatabaseThatIsDownFailsEachCallUntilItIsBack() async throws {
        let pool = ConnectionPool(database)
        database.setDown(true)
        for _ in 1...20 { #expect(await code { try await pool.query() } == .storeUnavailable) }
        database.setDown(false)
        #expect(try await pool.query() == 1)
        await pool.shutDown()
    }
}
