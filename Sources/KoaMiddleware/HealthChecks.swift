import Koa
import NIOConcurrencyHelpers

/// The checks of ``health(liveness:readiness:checks:within:)``, each of which runs once at a time.
///
/// They run in tasks of their own, so that one that doesn't heed its cancellation delays no answer: whoever asks waits for
/// its end, or for the limit.
final class HealthChecks: Sendable {
    typealias Check = @Sendable () async throws -> Void
    private typealias Outcome = Result<Void, any Error>

    /// A check that runs, and those who wait for it.
    private struct Run {
        var task: Task<Void, Never>?
        var waiting: [Int: AsyncStream<Outcome>.Continuation] = [:]
    }

    private struct State {
        var runs: [String: Run] = [:]
        var lastWaiter = 0
    }

    private let checks: [String: Check]
    private let limit: Duration
    private let state = NIOLockedValueBox(State())

    init(_ checks: [String: Check], within limit: Duration) {
        self.checks = checks
        self.limit = limit
    }

    /// The checks that threw, or took too long.
    func failures(clock: any WallClock) async -> [String: any Error] {
        guard !checks.isEmpty else { return [:] }
        let waits = checks.map { name, check in join(name, check) }
        let timer = Task {
            try await clock.sleep(for: limit)
            for wait in waits { wait.continuation.yield(.failure(TimedOut())) }
        }
        defer { timer.cancel() }
        var failures: [String: any Error] = [:]
        for wait in waits {
            var outcomes = wait.outcomes.makeAsyncIterator()
            // There is none when who asked is cancelled.
            if case .failure(let error) = await outcomes.next() ?? .failure(CancellationError()) {
                failures[wait.name] = error
            }
            leave(wait)
        }
        return failures
    }

    private struct Wait: Sendable {
        let name: String
        let number: Int
        let outcomes: AsyncStream<Outcome>
        let continuation: AsyncStream<Outcome>.Continuation
    }

    /// Waits for a check, which is started unless it runs.
    private func join(_ name: String, _ check: @escaping Check) -> Wait {
        let (outcomes, continuation) = AsyncStream.makeStream(of: Outcome.self, bufferingPolicy: .bufferingOldest(1))
        return state.withLockedValue { state in
            state.lastWaiter += 1
            if state.runs[name] == nil {
                // Not in the request's task: what that has at hand would live as long as the check.
                state.runs[name] = Run(task: .detached { [self] in end(name, await Self.outcome(of: check)) })
            }
            state.runs[name]?.waiting[state.lastWaiter] = continuation
            return Wait(name: name, number: state.lastWaiter, outcomes: outcomes, continuation: continuation)
        }
    }

    private static func outcome(of check: Check) async -> Outcome {
        do {
            return .success(try await check())
        } catch {
            return .failure(error)
        }
    }

    private func end(_ name: String, _ outcome: Outcome) {
        let run = state.withLockedValue { $0.runs.removeValue(forKey: name) }
        for continuation in run?.waiting.values ?? [:].values { continuation.yield(outcome) }
    }

    /// Waits no longer; a check that still runs is cancelled.
    private func leave(_ wait: Wait) {
        let task = state.withLockedValue { state -> Task<Void, Never>? in
            guard state.runs[wait.name]?.waiting.removeValue(forKey: wait.number) != nil else { return nil }
            return state.runs[wait.name]?.task
        }
        task?.cancel()
    }
}
