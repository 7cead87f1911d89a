#if SQLite
    import Koa
    import NIOCore

    extension SQLiteDatabase {
        /// Runs calls that read: several share a transaction, which saves them its locks. Those that are done at about the
        /// same time are told together.
        static func read(_ jobs: [SQLiteJob], _ connection: SQLiteConnection) {
            if jobs.count > 1 { try? connection.beginTransaction() }
            var untold = jobs.startIndex
            var told = NIODeadline.now()
            for (position, job) in jobs.enumerated() {
                if !job.isDone {
                    connection.deadline = job.deadline
                    do { try job.run(connection) } catch { job.note(error) }
                }
                let now = NIODeadline.now()
                // None waits for a slow one behind it.
                guard position + 1 == jobs.count || now - told > .milliseconds(1) else { continue }
                if position + 1 == jobs.count { connection.rollbackTransaction() }
                finish(jobs[untold...position])
                untold = position + 1
                told = now
            }
        }

        /// Runs calls that write, in one transaction, and tells their callers when it is committed.
        static func write(_ jobs: [SQLiteJob], _ connection: SQLiteConnection) {
            let jobs = begin(jobs, connection)
            guard !jobs.isEmpty else { return }
            do {
                for job in jobs where !job.isDone { try job.run(connection) }
                try connection.commitTransaction()
            } catch {
                connection.rollbackTransaction()
                guard jobs.count > 1, !connection.isBroken else {
                    for job in jobs { job.fail(error) }
                    return
                }
                // What one of them met took the others' work away: each by itself meets its own.
                for job in jobs { write([job], connection) }
                return
            }
            finish(jobs)
        }

        private static func finish(_ jobs: some Sequence<SQLiteJob>) {
            WakeGathering.gather {
                for job in jobs { job.finish() }
            }
        }

        /// Begins a transaction.
        ///
        /// - Returns: the calls that it is for; the others know that they failed, such as those whose time was over before
        ///   another process gave the lock back.
        private static func begin(_ jobs: [SQLiteJob], _ connection: SQLiteConnection) -> [SQLiteJob] {
            var jobs = jobs
            while let first = jobs.first {
                connection.deadline = first.deadline
                do {
                    try connection.beginTransaction()
                    return jobs
                } catch {
                    let now = NIODeadline.now()
                    let isLocked = error.code == .busy
                    for job in jobs where !isLocked || job.deadline <= now { job.fail(error) }
                    jobs.removeAll { $0.isDone }
                    if first === jobs.first {
                        first.fail(error)
                        jobs.removeFirst()
                    }
                }
            }
            return []
        }
    }
#endif
