import Foundation
import Testing

@testable import Koa

@Suite("Waiting by an application's clock", .timeLimit(.minutes(10)))
struct ClockSleepTests {
    @Test("ends when a clock that steps was moved on far enough, and not before")
    func steps() async throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 0))
        let isOver = Shared(false)
        let waiting = Task {
            try await clock.sleep(for: .seconds(10))
            isOver.value = true
        }
        clock.advance(by: .seconds(9))
        for _ in 0..<100 { await Task.yield() }
        #expect(!isOver.value)
        // By steps, since it counts from when it began.
        while !isOver.value {
            clock.advance(by: .seconds(1))
            await Task.yield()
        }
        try await waiting.value
        #expect(clock.uptime >= .seconds(10))
    }

    @Test("throws when the task is cancelled", arguments: [true, false])
    func cancelled(isManual: Bool) async {
        let clock: any WallClock = isManual ? ManualClock(Date(timeIntervalSince1970: 0)) : SystemClock()
        let waiting = Task { try await clock.sleep(for: .seconds(1000)) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }

    @Test("is over at once for no time", arguments: [Duration.zero, .seconds(-1)])
    func zero(duration: Duration) async throws {
        try await ManualClock(Date(timeIntervalSince1970: 0)).sleep(for: duration)
        try await SystemClock().sleep(for: duration)
    }
}
