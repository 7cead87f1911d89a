#if SQLite
    import NIOConcurrencyHelpers
    import NIOCore
    import NIOPosix

    /// Threads that take calls from one queue, each with a connection.
    final class SQLiteWorkers: Sendable {
        /// A connection on its way from one thread to the next, which has it to itself; nil until it is opened.
        struct Seat: @unchecked Sendable {
            let number: Int
            var connection: SQLiteConnection?
        }

        private struct State {
            var waiting: [SQLiteJob] = []
            /// Those that no thread has.
            var seats: [Seat]
            /// The event loops that are about to have threads take calls; nil for other threads.
            var starters: [ObjectIdentifier?] = []
            /// The calls that threads have taken, by seat.
            var taken: [[SQLiteJob]]
            /// Whether somebody looks after calls that take too long.
            var isWatched = false
            var isShutDown = false
            var whenIdle: CheckedContinuation<Void, Never>?
        }

        private let state: NIOLockedValueBox<State>
        private let pool: NIOThreadPool
        private let path: String
        private let count: Int
        private let waitingLimit: Int
        private let batchLimit: Int
        private let watchInterval: TimeAmount
        private let open: @Sendable () throws -> SQLiteConnection
        private let run: @Sendable ([SQLiteJob], SQLiteConnection) -> Void

        /// - Parameters:
        ///   - connections: one for each thread; nil for those that are opened when they are needed.
        ///   - batchLimit: how many calls a thread takes at a time at most.
        ///   - open: opens a connection, on its thread.
        ///   - run: runs calls that were taken together, and tells their callers.
        init(
            _ connections: sending [SQLiteConnection?], path: String, waitingLimit: Int, batchLimit: Int,
            timeout: TimeAmount,
            open: @escaping @Sendable () throws -> SQLiteConnection,
            run: @escaping @Sendable ([SQLiteJob], SQLiteConnection) -> Void
        ) {
            let seats = connections.enumerated().map { Seat(number: $0.offset, connection: $0.element) }
            state = NIOLockedValueBox(State(seats: seats, taken: seats.map { _ in [] }))
            count = seats.count
            pool = NIOThreadPool(numberOfThreads: seats.count)
            watchInterval = .nanoseconds(min(timeout.nanoseconds / 4 + 1_000_000, 1_000_000_000))
            self.path = path
            self.waitingLimit = waitingLimit
            self.batchLimit = batchLimit
            self.open = open
            self.run = run
            pool.start()
        }

        deinit {
            close()
        }

        /// Has a call wait for a thread.
        ///
        /// - Returns: why it is refused.
        func add(_ job: SQLiteJob) -> SQLiteError? {
            let current = MultiThreadedEventLoopGroup.currentEventLoop
            let starter = current.map { ObjectIdentifier($0) }
            let (starts, watches): (Bool, Bool)
            do {
                (starts, watches) = try state.withLockedValue { state in
                    if state.isShutDown { throw SQLiteError.shutDown(path) }
                    // A thread without work takes one at least.
                    if state.waiting.count >= waitingLimit + state.seats.count {
                        throw SQLiteError.overloaded(path, waitingLimit)
                    }
                    state.waiting.append(job)
                    defer { state.isWatched = true }
                    // That another loop is about to start threads doesn't count: it may be busy for long.
                    let starts = !state.seats.isEmpty && !state.starters.contains(starter)
                    if starts { state.starters.append(starter) }
                    return (starts, !state.isWatched)
                }
            } catch {
                return error as? SQLiteError ?? .shutDown(path)
            }
            if starts { begin(starter, on: current) }
            if watches { watch() }
            return nil
        }

        /// How many calls wait for a thread.
        var waiting: Int { state.withLockedValue { $0.waiting.count } }

        /// Whether no thread has work, or is about to.
        var isIdle: Bool { state.withLockedValue { $0.seats.count == count && $0.waiting.isEmpty } }

        /// Whether further calls are refused.
        var isShutDown: Bool { state.withLockedValue { $0.isShutDown } }

        /// Has threads take calls: from an event loop when its round is over, so that the calls of all requests of the round
        /// go together.
        private func begin(_ starter: ObjectIdentifier?, on loop: (any EventLoop)?) {
            // A loop that shuts down still does what it was given.
            if let loop { loop.execute { self.start(starter) } } else { start(starter) }
        }

        private func start(_ starter: ObjectIdentifier?) {
            let seats = state.withLockedValue { state in
                state.starters.removeAll { $0 == starter }
                return self.seats(for: &state)
            }
            submit(seats)
        }

        /// Those of the idle threads that the waiting calls need.
        private func seats(for state: inout State) -> [Seat] {
            let wanted = min((state.waiting.count + batchLimit - 1) / batchLimit, state.seats.count)
            defer { state.seats.removeLast(wanted) }
            return state.seats.suffix(wanted)
        }

        private func submit(_ seats: [Seat]) {
            for seat in seats { pool.submit { _ in self.work(seat) } }
        }

        /// Takes calls as long as some wait.
        private func work(_ seat: Seat) {
            var seat = seat
            while true {
                var jobs = take(&seat)
                if jobs.isEmpty { return }
                let now = NIODeadline.now()
                jobs.removeAll { job in
                    if job.deadline <= now { job.fail(SQLiteError.timedOut(path)) }
                    return job.isDone
                }
                guard let first = jobs.first else { continue }
                do {
                    let connection = try seat.connection ?? open()
                    connection.deadline = first.deadline
                    run(jobs, connection)
                    seat.connection = connection.isBroken ? nil : connection
                } catch {
                    for job in jobs { job.fail(error) }
                }
            }
        }

        /// The calls that wait; none when the seat was given back.
        private func take(_ seat: inout Seat) -> [SQLiteJob] {
            state.withLockedValue { state in
                guard !state.waiting.isEmpty else {
                    state.taken[seat.number] = []
                    state.seats.append(seat)
                    seat.connection = nil
                    if state.seats.count == count {
                        state.whenIdle?.resume()
                        state.whenIdle = nil
                    }
                    return []
                }
                let jobs: [SQLiteJob]
                if state.waiting.count <= batchLimit {
                    jobs = state.waiting
                    state.waiting = []
                } else {
                    jobs = Array(state.waiting.prefix(batchLimit))
                    state.waiting.removeFirst(batchLimit)
                }
                state.taken[seat.number] = jobs
                return jobs
            }
        }

        // MARK: Disks that don't answer

        /// Looks every now and then for calls that take too long, as long as threads have work.
        private func watch() {
            MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: watchInterval) { [weak self] in
                self?.abandonLate()
            }
        }

        /// Has the callers of calls that take too long wait no longer: a thread may be stuck in the system.
        private func abandonLate() {
            let now = NIODeadline.now()
            let (late, goesOn) = state.withLockedValue { state in
                let late = (state.taken.joined() + state.waiting).filter { $0.deadline <= now }
                state.waiting.removeAll { $0.deadline <= now }
                // Not by the seats: those are gone when the connections were closed.
                state.isWatched = !state.waiting.isEmpty || state.taken.contains { !$0.isEmpty }
                return (late, state.isWatched)
            }
            for job in late { job.abandon(SQLiteError.timedOut(path)) }
            if goesOn { watch() }
        }

        /// Refuses further calls, ends those that wait, and closes the connections.
        func shutDown() async {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                let seats = state.withLockedValue { state in
                    let isFirst = !state.isShutDown
                    state.isShutDown = true
                    // What was accepted is done, also where it would only have begun at the end of a round.
                    let seats = self.seats(for: &state)
                    if isFirst, state.seats.count < count {
                        state.whenIdle = continuation
                    } else {
                        continuation.resume()
                    }
                    return seats
                }
                submit(seats)
            }
            await withCheckedContinuation { continuation in
                close { continuation.resume() }
            }
        }

        /// Closes the connections on a thread of the pool: that writes to the disk. Then ends the threads.
        private func close(_ whenDone: @escaping @Sendable () -> Void = {}) {
            let seats = state.withLockedValue { state in
                defer { state.seats = [] }
                return NIOLockedValueBox(state.seats)
            }
            let pool = pool
            pool.submit { _ in
                seats.withLockedValue { $0 = [] }
                // A pool that was stopped before calls back as well.
                pool.shutdownGracefully { _ in whenDone() }
            }
        }
    }
#endif
