#if SQLite
    import NIOConcurrencyHelpers
    import NIOCore
    import NIOPosix

    /// Threads that take calls from one queue, each with a connection.
    final class SQLiteWorkers: Sendable {
        /// A connection on its way from one thread to the next, which has it to itself; nil until it is opened.
        struct Seat: @unchecked Sendable {
            var connection: SQLiteConnection?
        }

        private struct State {
            var waiting: [SQLiteJob] = []
            /// Those that no thread has.
            var seats: [Seat]
            var isShutDown = false
            var whenIdle: CheckedContinuation<Void, Never>?
        }

        private let state: NIOLockedValueBox<State>
        private let pool: NIOThreadPool
        private let path: String
        private let count: Int
        private let waitingLimit: Int
        private let batchLimit: Int
        private let open: @Sendable () throws -> SQLiteConnection
        private let run: @Sendable ([SQLiteJob], SQLiteConnection) -> Void

        /// - Parameters:
        ///   - seats: one for each thread.
        ///   - batchLimit: how many calls a thread takes at a time at most.
        ///   - open: opens a connection, on its thread.
        ///   - run: runs calls that were taken together, and tells their callers.
        init(
            _ seats: [Seat], path: String, waitingLimit: Int, batchLimit: Int,
            open: @escaping @Sendable () throws -> SQLiteConnection,
            run: @escaping @Sendable ([SQLiteJob], SQLiteConnection) -> Void
        ) {
            state = NIOLockedValueBox(State(seats: seats))
            count = seats.count
            pool = NIOThreadPool(numberOfThreads: seats.count)
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
            let seat: Seat?
            do {
                seat = try state.withLockedValue { state in
                    if state.isShutDown { throw SQLiteError.shutDown(path) }
                    if state.waiting.count >= waitingLimit { throw SQLiteError.overloaded(path, waitingLimit) }
                    state.waiting.append(job)
                    return state.seats.popLast()
                }
            } catch let error as SQLiteError {
                return error
            } catch {
                return nil
            }
            if let seat { pool.submit { _ in self.work(seat) } }
            return nil
        }

        /// How many calls wait for a thread.
        var waiting: Int { state.withLockedValue { $0.waiting.count } }

        /// Whether no thread has work.
        var isIdle: Bool { state.withLockedValue { $0.seats.count == count } }

        /// Whether further calls are refused.
        var isShutDown: Bool { state.withLockedValue { $0.isShutDown } }

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
                return jobs
            }
        }

        /// Refuses further calls, ends those that wait, and closes the connections.
        func shutDown() async {
            await withCheckedContinuation { continuation in
                state.withLockedValue { state in
                    let isFirst = !state.isShutDown
                    state.isShutDown = true
                    if isFirst, state.seats.count < count { state.whenIdle = continuation } else { continuation.resume() }
                }
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
