import Testing

@testable import Koa

@Suite("The civil calendar")
struct CivilDateTests {
    @Test("turns days into dates and back, over leap years and centuries")
    func roundTrip() {
        for days in stride(from: Int64(-719_528), through: 2_932_896, by: 97) {
            let date = CivilDate(daysSince1970: days)
            #expect(date.daysSince1970 == days)
            #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date)
        }
    }

    @Test("counts each day of 2023 to 2025 once")
    func consecutive() throws {
        var previous = CivilDate(daysSince1970: 19357)
        #expect(try previous == #require(CivilDate(year: 2022, month: 12, day: 31)))
        for days in Int64(19358)...20453 {
            let date = CivilDate(daysSince1970: days)
            if date.day != previous.day + 1 {
                #expect(date.day == 1)
                #expect(date.month == previous.month % 12 + 1)
                #expect(date.year == previous.year + (date.month == 1 ? 1 : 0))
            }
            previous = date
        }
        #expect(try previous == #require(CivilDate(year: 2025, month: 12, day: 31)))
    }

    static let impossible: [(Int, Int, Int)] = [
        (2023, 2, 29), (1900, 2, 29), (2024, 2, 30), (2024, 4, 31), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0),
        (2024, 1, 32), (-1, 1, 1), (10000, 1, 1), (2024, 1, -1),
    ]

    @Test("has no such day", arguments: impossible)
    func refuses(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test("knows its leap days", arguments: [0, 4, 400, 1600, 2000, 2024, 9996])
    func leapDays(year: Int) {
        #expect(CivilDate(year: year, month: 2, day: 29) != nil)
    }
}
