import Koa
import NIOCore
import NIOPosix

/// A moment by which something has to happen, so that no test hangs.
struct Deadline: Sendable {
    private let duration: Duration
    private let moment: NIODeadline

    init(_ duration: Duration) {
        self.duration = duration
        moment = .now() + TimeAmount(duration)
    }

    /// The result of a future, unless the deadline or the task's cancellation comes first.
    func wait<Value: Sendable>(
        for future: EventLoopFuture<Value>,
        _ what: @autoclosure @escaping @Sendable () -> String
    ) async throws -> Value {
        let promise = future.eventLoop.makePromise(of: Value.self)
        let duration = duration
        let timer = future.eventLoop.scheduleTask(deadline: moment) {
            promise.fail(TestError(.deadlineExceeded, "\(what()) took longer than \(duration)"))
        }
        defer { timer.cancel() }
        future.cascade(to: promise)
        return try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            promise.fail(CancellationError())
        }
    }

    /// The result of a task of its own, which is cancelled when the deadline or a cancellation comes first.
    func run<Value: Sendable>(
        _ what: String,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let promise = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Value.self)
        let task = promise.completeWithTask(work)
        do {
            return try await wait(for: promise.futureResult, what)
        } catch {
            task.cancel()
            throw error
        }
    }
}
