import KoaTesting
import Testing

@testable import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("The application's clock")
struct ManualClockTests {
    @Test("a manual clock stands still until it is set or moved on, also backwards")
    func standsStill() {
        let clock = ManualClock(Date(timeIntervalSince1970: 1000))
        #expect(clock.now == Date(timeIntervalSince1970: 1000))
        clock.advance(by: .seconds(90))
        #expect(clock.now == Date(timeIntervalSince1970: 1090))
        clock.advance(by: .milliseconds(-500))
        #expect(clock.now == Date(timeIntervalSince1970: 1089.5))
        clock.now = Date(timeIntervalSince1970: 0)
        #expect(clock.now == Date(timeIntervalSince1970: 0))
    }

    static let instants: [(Double, Int64)] = [
        (0, 0), (1.5, 1500), (1.0009, 1000), (-0.5, -500), (1_700_000_000.123, 1_700_000_000_123),
        (.infinity, 0), (.nan, 0), (1e300, 0),
    ]

    @Test("its milliseconds are whole, rounded down; 0 for a date that has none", arguments: instants)
    func milliseconds(seconds: Double, expected: Int64) {
        #expect(ManualClock(Date(timeIntervalSince1970: seconds)).milliseconds == expected)
    }

    @Test("the application has the clock that it was given")
    func given() {
        let clock = ManualClock(Date(timeIntervalSince1970: 5))
        #expect(Application(clock: clock).clock.now == Date(timeIntervalSince1970: 5))
        #expect(Application().clock is SystemClock)
    }

    @Test("the machine's clock goes on")
    func system() {
        let clock = SystemClock()
        let before = Date()
        let now = clock.now
        #expect(before <= now && now <= Date())
    }

    @Test("a cookie's expiry counts from it")
    func cookies() async throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 0))
        let app = Application(clock: clock)
        app.use { ctx in
            ctx.cookies.set("a", "1", .init(maxAge: .seconds(60)))
            ctx.body = "x"
        }
        #expect(
            try await app.test.get("/").get("Set-Cookie")?.contains("expires=Thu, 01 Jan 1970 00:01:00 GMT") == true)
        clock.advance(by: .seconds(24 * 3600))
        #expect(
            try await app.test.get("/").get("Set-Cookie")?.contains("expires=Fri, 02 Jan 1970 00:01:00 GMT") == true)
    }
}
