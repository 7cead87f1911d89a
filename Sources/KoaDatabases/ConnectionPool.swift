import KoaSession
import NIOConcurrencyHelpers
import NIOPosix

/// Runs the blocking calls of a database's client library on threads of its own, each with a connection to itself.
///
/// Connections are opened when they are needed, and thrown away when they break. A call is answered or fails within the
/// timeout, even when every thread is stuck: its thread is then left behind, and takes the next call when the library returns.
package final class ConnectionPool<Connection: BlockingConnection>: Sendable {
    /// The database's name, for messages.
    package let name: String
    let limits: PoolLimits
    let open: @Sendable (Deadline) throws -> Connection
    private let threads: NIOThreadPool
    private let state = NIOLockedValueBox(PoolState<Connection>())

    /// - Parameters:
    ///   - name: the database's name, for messages.
    ///   - open: opens a connection on the present thread, or throws a `SessionError` of `.storeUnavailable`.
    package init(
        _ name: String, limits: PoolLimits = PoolLimits(), open: @escaping @Sendable (Deadline) throws -> Connection
    ) {
        self.name = name
        self.limits = limits
        self.open = open
        self.threads = NIOThreadPool(numberOfThreads: limits.size)
    }

    deinit {
        // A thread at work retains the pool: nothing runs here.
        let idle = state.withLockedValue { $0.shutDown().idle }
        threads.submit { _ in for var held in idle { held.discard() } }
        threads.shutdownGracefully { _ in }
    }

    /// How many connections are idle.
    package var idleCount: Int { state.withLockedValue { $0.idle.count } }
    /// How many calls wait for a connection.
    package var waitingCount: Int { state.withLockedValue { $0.waiting.count } }
    /// How many threads are at work.
    package var busyCount: Int { state.withLockedValue { $0.busy } }

    /// Makes a call on a thread that has a connection.
    ///
    /// The task's cancellation ends it as long as it waits for a connection; what runs goes on to its end.
    ///
    /// - Parameters:
    ///   - retrying: whether a call that fails since an idle connection turns out to be broken may be made a second time,
    ///     on a new connection: for calls that do no harm when made twice.
    ///   - body: gets the connection, and the moment at which the caller stops waiting.
    /// - Throws: what the call throws, `CancellationError`, or `SessionError` of `.storeUnavailable`.
    package func run<Value: Sendable>(
        retrying: Bool = false, _ body: @escaping @Sendable (Connection, Deadline) throws -> Value
    ) async throws -> Value {
        let deadline = ContinuousClock.now + limits.timeout
        let id = state.withLockedValue { $0.nextID() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = PoolAnswer<Value>(continuation)
                submit(
                    PoolCall(
                        id: id, deadline: deadline,
                        perform: { held in
                            let result = Result { try self.perform(&held, deadline, retrying, body) }
                            return { answer.resume(with: result) }
                        },
                        fail: { answer.resume(with: .failure($0)) }))
                // The handler may have run before there was something to cancel.
                if Task.isCancelled { cancel(id) }
            }
        } onCancel: {
            cancel(id)
        }
    }

    /// Takes no more calls, lets those that wait fail and those that run end, and closes the connections.
    ///
    /// Returns within the timeout; a thread that is stuck beyond it closes its connection when it comes back.
    package func shutDown() async {
        let (waited, idle) = state.withLockedValue { $0.shutDown() }
        for call in waited { call.fail(unavailable("is shut down")) }
        await withCheckedContinuation { continuation in
            let emptied = state.withLockedValue { state in
                state.emptied.append(continuation)
                return state.takeEmptied()
            }
            for continuation in emptied { continuation.resume() }
        }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            // With all threads stuck, it is the end of the threads that closes them.
            if state.withLockedValue({ $0.busy >= limits.size || idle.isEmpty }) {
                threads.submit { _ in for var held in idle { held.discard() } }
                continuation.resume()
            } else {
                threads.submit { _ in
                    for var held in idle { held.discard() }
                    continuation.resume()
                }
            }
        }
        threads.shutdownGracefully { _ in }
    }
}

extension ConnectionPool {
    private func submit(_ call: PoolCall<Connection>) {
        let (admission, isWatched) = state.withLockedValue { state in
            let admission = state.add(call, limits: limits)
            defer { if admission == .admitted { state.isWatched = true } }
            return (admission, state.isWatched)
        }
        switch admission {
        case .admitted:
            startNext()
            if !isWatched { watchDeadlines() }
        case .shutDown:
            call.fail(unavailable("is shut down"))
        case .full:
            call.fail(
                unavailable(
                    "has \(limits.waiting) calls waiting for one of \(limits.size) connections already: look for what makes "
                        + "it slow, or raise poolSize"))
        }
    }

    private func perform<Value>(
        _ held: inout HeldConnection<Connection>, _ deadline: Deadline, _ retrying: Bool,
        _ body: (Connection, Deadline) throws -> Value
    ) throws -> Value {
        do {
            return try held.run(open, until: deadline, retrying: retrying, body)
        } catch is DeadlinePassed {
            throw late
        }
    }

    private func startNext() {
        guard let (call, held) = state.withLockedValue({ $0.start(size: limits.size) }) else { return }
        threads.start()
        threads.submit { _ in
            var held = held
            let answer = call.perform(&held)
            held.idleSince = .now
            self.finish(call.id, held)
            // The connection is back before the caller goes on, who may need it at once.
            answer()
        }
    }

    private func finish(_ id: Int, _ held: HeldConnection<Connection>) {
        let (closed, emptied) = state.withLockedValue { ($0.finish(id, held), $0.takeEmptied()) }
        if var closed { closed.discard() }
        for continuation in emptied { continuation.resume() }
        startNext()
    }

    private func cancel(_ id: Int) {
        state.withLockedValue { $0.remove(id) }?.fail(CancellationError())
    }

    /// One task for all deadlines, as long as there are any.
    private func watchDeadlines() {
        // Detached: it outlives the call that began it, whose task-local values it shouldn't keep.
        Task.detached { [weak self] in
            while let next = self?.expire() { try? await Task.sleep(until: next) }
        }
    }

    /// Ends the calls whose deadline is over.
    ///
    /// - Returns: when to look again.
    private func expire() -> Deadline? {
        let (waited, ran, emptied, next) = state.withLockedValue { state in
            let (waited, ran) = state.expire(at: .now)
            let next = state.nextDeadline
            state.isWatched = next != nil
            return (waited, ran, state.takeEmptied(), next)
        }
        for call in waited {
            call.fail(
                unavailable(
                    "had none of its \(limits.size) connections free for \(limits.timeout): look for what makes it slow, or "
                        + "raise poolSize"))
        }
        for call in ran { call.fail(late) }
        for continuation in emptied { continuation.resume() }
        return next
    }

    private var late: SessionError {
        unavailable("didn't answer within \(limits.timeout): check that it is up, and what makes it slow")
    }

    private func unavailable(_ what: String) -> SessionError {
        SessionError(.storeUnavailable, "\(name) \(what).")
    }
}
