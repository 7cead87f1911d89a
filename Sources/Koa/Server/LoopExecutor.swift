import DequeModule
import NIOConcurrencyHelpers
import NIOCore

/// Runs tasks on an event loop: a request's task stays on the thread that reads and writes its connection.
///
/// Jobs run with this executor as their task executor and no serial executor, so that calling from one nonisolated
/// function to another is no switch. Jobs from the loop's own thread go into a plain queue, without a lock.
final class LoopExecutor: TaskExecutor, @unchecked Sendable {
    let eventLoop: any EventLoop

    // Touched on the loop's thread only.
    private var ready: Deque<UnownedJob> = []
    private var isDraining = false
    private var isDrainScheduled = false
    private var batches = 0

    /// What another thread asks for.
    private enum Request {
        case job(UnownedJob)
        case work(@Sendable () -> Void)
    }

    private let remote = NIOLockedValueBox<[Request]>([])

    /// So many jobs run before the loop looks at its sockets again.
    private static let drainLimit = 256

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if eventLoop.inEventLoop {
            ready.append(job)
            scheduleDrain()
        } else {
            add(.job(job))
        }
    }

    /// Runs work on the loop, from another thread: before whatever that thread asks for next.
    func execute(_ work: @escaping @Sendable () -> Void) {
        add(.work(work))
    }

    private func add(_ request: Request) {
        let isFirst = remote.withLockedValue { requests in
            requests.append(request)
            return requests.count == 1
        }
        guard isFirst else { return }
        if let gathering = WakeGathering.current { gathering.executors.append(self) } else { wake() }
    }

    func wake() {
        eventLoop.execute { self.drainRemote() }
    }

    /// Runs code that may make tasks ready, then those tasks, without a round through the loop.
    func batch(_ body: () -> Void) {
        batches += 1
        body()
        batches -= 1
        if batches == 0 { drain() }
    }

    private func drain() {
        guard !isDraining else { return }
        isDraining = true
        var left = Self.drainLimit
        while left > 0, let job = ready.popFirst() {
            left -= 1
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
        isDraining = false
        scheduleDrain()
    }

    private func scheduleDrain() {
        guard !ready.isEmpty, !isDraining, !isDrainScheduled, batches == 0 else { return }
        isDrainScheduled = true
        eventLoop.execute {
            self.isDrainScheduled = false
            self.drain()
        }
    }

    private func drainRemote() {
        let requests = remote.withLockedValue { requests in
            let taken = requests
            requests.removeAll(keepingCapacity: true)
            return taken
        }
        batch {
            for request in requests {
                switch request {
                case .job(let job): ready.append(job)
                case .work(let work): work()
                }
            }
        }
    }
}
