import Testing

@testable import Koa

@Suite("A rate meter")
struct RateMeterTests {
    /// The verdicts of a meter over windows of 10 seconds at 240 bytes a second.
    private func verdicts(_ steps: [(seconds: Int64, total: Int)], resettingAfter reset: Int? = nil) -> [Bool] {
        var meter = RateMeter()
        return steps.enumerated().map { index, step in
            defer { if index == reset { meter.reset(total: step.total) } }
            let elapsed = step.seconds * 1_000_000_000
            return meter.isTooSlow(after: elapsed, total: step.total, window: 10_000_000_000, rate: 240)
        }
    }

    @Test("judges only whole windows of waiting")
    func windows() {
        #expect(verdicts([(9, 0), (1, 2399)]) == [false, true])
        #expect(verdicts([(9, 0), (1, 2400)]) == [false, false])
        #expect(verdicts([(9, 0)]) == [false])
    }

    @Test("what moved in one window doesn't count in the next")
    func mark() {
        #expect(verdicts([(10, 2400), (10, 2400)]) == [false, true])
        #expect(verdicts([(10, 2400), (10, 4800)]) == [false, false])
    }

    @Test("a window that took longer asks for more")
    func longWindow() {
        #expect(verdicts([(9, 0), (9, 2400)]) == [false, true])
    }

    @Test("a reset begins a new window")
    func reset() {
        #expect(verdicts([(9, 100), (9, 100), (1, 2499)], resettingAfter: 0) == [false, false, true])
    }

    @Test("durations become nanoseconds without a trap")
    func durations() {
        #expect(Duration.milliseconds(1500).nanoseconds == 1_500_000_000)
        #expect(Duration.seconds(Int64.max).nanoseconds == .max)
        #expect(Duration.seconds(Int64.min).nanoseconds == .min)
    }
}
