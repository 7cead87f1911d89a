#if SQLite
    import NIOConcurrencyHelpers
    import NIOCore
    import NIOPosix
    import Testing

    @testable import KoaSQLite

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    @Suite("SQLiteDatabase", .timeLimit(.minutes(1)))
    struct SQLiteDatabaseTests {
        private struct Refusal: Error {}

        /// Options by which no call is late, however busy the machine is.
        private static let patient: SQLiteOptions = {
            var options = SQLiteOptions()
            options.timeout = .seconds(600)
            return options
        }()

        private func database(_ folder: String, _ options: SQLiteOptions = patient) throws -> SQLiteDatabase {
            try SQLiteDatabase(path: folder + "/test.db", options: options) { connection in
                try connection.execute("CREATE TABLE IF NOT EXISTS rows (name text PRIMARY KEY)")
            }
        }

        private static let insert = SQLiteQuery("INSERT INTO rows VALUES (?1)")

        private func insert(_ name: String, _ connection: SQLiteConnection) throws {
            try connection.run(Self.insert) { row in
                try row.bind(name, at: 1)
                _ = try row.step()
            }
        }

        private func names(_ database: SQLiteDatabase) async throws -> [String] {
            try await database.read { try $0.texts("SELECT name FROM rows ORDER BY name") }
        }

        @Test("what was written is read by those that read")
        func readsWhatWasWritten() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                for name in ["b", "a", "it's", "", "小龙"] { try await database.write { try insert(name, $0) } }
                #expect(try await names(database) == ["", "a", "b", "it's", "小龙"])
            }
        }

        @Test("what waits is written in one transaction, and nobody is told before it is committed")
        func groups() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                let gate = Gate()
                let blocking = await database.block(gate)
                let told = NIOLockedValueBox<[String]>([])
                let first = Task {
                    try await database.write { try insert("first", $0) }
                    told.withLockedValue { $0.append("first") }
                }
                await database.hasWaiting(1)
                let second = Task {
                    try await database.write { connection in
                        try insert("second", connection)
                        let here = try connection.texts("SELECT name FROM rows")
                        let there = try SQLiteConnection(other: folder + "/test.db").texts("SELECT name FROM rows")
                        return (here, there, told.withLockedValue { $0 })
                    }
                }
                await database.hasWaiting(2)
                gate.open()
                let seen = try await second.value
                try await first.value
                try await blocking.value
                #expect(seen.0 == ["first", "second"])
                #expect(seen.1.isEmpty)
                #expect(seen.2.isEmpty)
                #expect(told.withLockedValue { $0 } == ["first"])
                #expect(try await names(database) == ["first", "second"])
            }
        }

        /// Has an event loop call the database, and then be busy until the gate is opened.
        private func busyLoop(
            _ folder: String, _ body: (SQLiteDatabase) async throws -> Void
        ) async throws {
            guard #available(macOS 26, *) else { return }
            let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
            let database = try database(folder)
            let gate = Gate()
            let first = group.next().submit {
                let task = Task.immediate { try await database.write { try insert("first", $0) } }
                gate.pass()
                return task
            }
            await gate.isReached()
            #expect(database.waitingWrites == 1)
            try await body(database)
            gate.open()
            try await first.get().value
            try await group.shutdownGracefully()
        }

        @Test("a call goes on while the event loop of another one is busy, and takes that one along")
        func besideBusyLoop() async throws {
            try await withFolder { folder in
                try await busyLoop(folder) { database in
                    try await database.write { try insert("second", $0) }
                    #expect(try await names(database) == ["first", "second"])
                }
            }
        }

        @Test("shutting down does what an event loop was about to have done")
        func shutDownWithinRound() async throws {
            try await withFolder { folder in
                try await busyLoop(folder) { await $0.shutDown() }
                #expect(try await names(database(folder)) == ["first"])
            }
        }

        @Test("of calls in one transaction, what one throws takes back its own work alone")
        func savepoints() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                let gate = Gate()
                let blocking = await database.block(gate)
                let one = Task { try await database.write { try insert("one", $0) } }
                await database.hasWaiting(1)
                let two = Task {
                    try await database.write { connection in
                        try insert("two", connection)
                        throw Refusal()
                    }
                }
                await database.hasWaiting(2)
                let again = Task { try await database.write { try insert("one", $0) } }
                await database.hasWaiting(3)
                let three = Task { try await database.write { try insert("three", $0) } }
                await database.hasWaiting(4)
                gate.open()
                try await blocking.value
                try await one.value
                await #expect(throws: Refusal.self) { try await two.value }
                await #expect(throws: SQLiteError.self) { try await again.value }
                try await three.value
                #expect(try await names(database) == ["one", "three"])
            }
        }

        @Test("one that throws alone takes back its work")
        func rollback() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                await #expect(throws: Refusal.self) {
                    try await database.write { connection in
                        try insert("one", connection)
                        throw Refusal()
                    }
                }
                #expect(try await names(database) == [])
                try await database.write { try insert("one", $0) }
                #expect(try await names(database) == ["one"])
            }
        }

        @Test("one that finds the database full doesn't take the others with it")
        func full() async throws {
            try await withFolder { folder in
                var options = Self.patient
                options.sizeLimit = 64 * 1024
                let database = try database(folder, options)
                let gate = Gate()
                let blocking = await database.block(gate)
                let one = Task { try await database.write { try insert("one", $0) } }
                await database.hasWaiting(1)
                let large = Task { try await database.write { try insert(String(repeating: "x", count: 100_000), $0) } }
                await database.hasWaiting(2)
                let two = Task { try await database.write { try insert("two", $0) } }
                await database.hasWaiting(3)
                gate.open()
                try await blocking.value
                try await one.value
                try await two.value
                #expect(await sqliteCode { try await large.value } == .full)
                #expect(try await names(database) == ["one", "two"])
            }
        }

        @Test("one that ends the transaction by itself doesn't take the others with it")
        func lostTransaction() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                let gate = Gate()
                let blocking = await database.block(gate)
                let one = Task { try await database.write { try insert("one", $0) } }
                await database.hasWaiting(1)
                let bad = Task { try await database.write { try $0.execute("ROLLBACK; SELECT * FROM nowhere") } }
                await database.hasWaiting(2)
                let two = Task { try await database.write { try insert("two", $0) } }
                await database.hasWaiting(3)
                gate.open()
                try await blocking.value
                try await one.value
                try await two.value
                await #expect(throws: SQLiteError.self) { try await bad.value }
                #expect(try await names(database) == ["one", "two"])
            }
        }

        @Test("a lock of another process ends the wait when the timeout is over, and nothing else")
        func locked() async throws {
            try await withFolder { folder in
                var options = SQLiteOptions()
                options.timeout = .milliseconds(20)
                let database = try database(folder, options)
                let other = try SQLiteConnection(other: folder + "/test.db")
                try other.beginTransaction()
                #expect(await sqliteCode { try await database.write { try insert("one", $0) } } == .busy)
                // Those that read don't mind.
                #expect(try await names(database) == [])
                other.rollbackTransaction()
                try await database.write { try insert("two", $0) }
                #expect(try await names(database) == ["two"])
            }
        }

        @Test("a lock of another process that is given back in time is waited for")
        func waitsForLock() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                let other = try SQLiteConnection(other: folder + "/test.db")
                try other.beginTransaction()
                let waiting = Task { try await database.write { try insert("one", $0) } }
                while database.isIdle { await Task.yield() }
                await database.hasWaiting(0)
                try insert("other", other)
                try other.commitTransaction()
                try await waiting.value
                #expect(try await names(database) == ["one", "other"])
            }
        }

        @Test("a call that comes to a thread too late isn't begun")
        func late() async throws {
            try await withFolder { folder in
                var options = SQLiteOptions()
                options.timeout = .zero
                let database = try database(folder, options)
                #expect(await sqliteCode { try await database.write { try insert("one", $0) } } == .busy)
                #expect(await sqliteCode { _ = try await names(database) } == .busy)
                #expect(try SQLiteConnection(other: folder + "/test.db").texts("SELECT name FROM rows") == [])
            }
        }

        @Test(
            "while a thread is stuck, those that wait for it, and the one that it runs, are told when their time is over"
        )
        func stuck() async throws {
            try await withFolder { folder in
                var options = SQLiteOptions()
                options.timeout = .milliseconds(10)
                let database = try database(folder, options)
                let gate = Gate()
                let blocking = await database.block(gate)
                #expect(await sqliteCode { try await database.write { try insert("one", $0) } } == .busy)
                #expect(await sqliteCode { try await blocking.value } == .busy)
                gate.open()
                #expect(try SQLiteConnection(other: folder + "/test.db").texts("SELECT name FROM rows") == [])
            }
        }

        @Test("more than may wait are refused at once")
        func waitingLimit() async throws {
            try await withFolder { folder in
                var options = Self.patient
                options.waitingLimit = 2
                let database = try database(folder, options)
                let gate = Gate()
                let blocking = await database.block(gate)
                let one = Task { try await database.write { try insert("one", $0) } }
                await database.hasWaiting(1)
                let two = Task { try await database.write { try insert("two", $0) } }
                await database.hasWaiting(2)
                #expect(await sqliteCode { try await database.write { try insert("three", $0) } } == .busy)
                gate.open()
                try await blocking.value
                try await one.value
                try await two.value
                #expect(try await names(database) == ["one", "two"])
            }
        }

        @Test("where none may wait, a call of an idle database is made all the same")
        func noWaiting() async throws {
            try await withFolder { folder in
                var options = Self.patient
                options.waitingLimit = 0
                let database = try database(folder, options)
                try await database.write { try insert("one", $0) }
                let gate = Gate()
                let blocking = await database.block(gate)
                #expect(await sqliteCode { try await database.write { try insert("two", $0) } } == .busy)
                gate.open()
                try await blocking.value
                #expect(try await names(database) == ["one"])
            }
        }

        @Test("many that open a new file at a time all open it")
        func openingTogether() async throws {
            for _ in 0..<20 {
                try await withFolder { folder in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for _ in 0..<4 { group.addTask { _ = try database(folder, Self.patient) } }
                        try await group.waitForAll()
                    }
                }
            }
        }

        @Test("a call that is cancelled while it waits ends, and isn't begun")
        func cancellation() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                let gate = Gate()
                let blocking = await database.block(gate)
                let one = Task { try await database.write { try insert("one", $0) } }
                await database.hasWaiting(1)
                one.cancel()
                await #expect(throws: CancellationError.self) { try await one.value }
                gate.open()
                try await blocking.value
                #expect(try await names(database) == [])
            }
        }

        @Test("a call of a task that was cancelled before isn't begun")
        func cancelledBefore() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                let gate = Gate()
                let task = Task {
                    await gate.isReached()
                    try await database.write { try insert("one", $0) }
                }
                task.cancel()
                gate.open()
                gate.pass()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(try await names(database) == [])
            }
        }

        @Test("shutting down does what waits, closes the files and refuses what comes later")
        func shutDown() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                let gate = Gate()
                let blocking = await database.block(gate)
                let one = Task { try await database.write { try insert("one", $0) } }
                await database.hasWaiting(1)
                let ending = Task { await database.shutDown() }
                while !database.isShutDown { await Task.yield() }
                #expect(await sqliteCode { try await database.write { try insert("two", $0) } } == .misuse)
                gate.open()
                try await blocking.value
                try await one.value
                await ending.value
                #expect(await sqliteCode { _ = try await names(database) } == .misuse)
                // The last connection has put all into the one file.
                #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["test.db"])
                #expect(try SQLiteConnection(other: folder + "/test.db").texts("SELECT name FROM rows") == ["one"])
                await database.shutDown()
            }
        }

        @Test("many at a time are all done, each once")
        func many() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<500 {
                        group.addTask { try await database.write { try insert("\(number)", $0) } }
                        group.addTask { _ = try await names(database) }
                    }
                    try await group.waitForAll()
                }
                #expect(try await names(database) == (0..<500).map(String.init).sorted())
            }
        }

        @Test("statements that were made and dropped aren't taken for one another")
        func statements() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                for number in 0..<1000 {
                    let texts = try await database.read { try $0.texts("SELECT '\(number)'") }
                    #expect(texts == ["\(number)"])
                }
            }
        }

        @Test("those that read can't write")
        func readOnly() async throws {
            try await withFolder { folder in
                let database = try database(folder)
                #expect(await sqliteCode { try await database.read { try insert("one", $0) } } == .readOnly)
                #expect(try await names(database) == [])
            }
        }
    }
#endif
