import KoaDatabases
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct CleanupScheduleTests {
    let start = Date(timeIntervalSince1970: 1_700_000_000)

    @Test func theFirstCallIsDueAndThenOneAnInterval() {
        let schedule = CleanupSchedule(every: .seconds(60))
        let due = [0, 0, 1, 59.9, 60, 60.1, 119, 121, 500, 559, 560].filter {
            schedule.isDue(at: start.addingTimeInterval($0))
        }
        #expect(due == [0, 60, 121, 500, 560])
    }

    @Test func withoutAnIntervalItIsNeverDue() {
        let schedule = CleanupSchedule(every: nil)
        #expect(!schedule.isDue(at: start) && !schedule.isDue(at: .distantFuture))
    }

    @Test func ofManyCallsAtATimeOneIsDue() async {
        let schedule = CleanupSchedule(every: .seconds(60))
        let count = await withTaskGroup(of: Bool.self) { group in
            for _ in 1...100 { group.addTask { schedule.isDue(at: start) } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(count == 1)
    }
}
