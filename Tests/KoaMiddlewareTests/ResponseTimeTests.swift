import Foundation
import KoaMiddleware
import KoaTesting
import Testing

@Suite("responseTime")
struct ResponseTimeTests {
    private func time(
        _ duration: Duration, header: String = "X-Response-Time", precise: Bool = false, fails: Bool = false
    ) async throws -> String? {
        let clock = ManualClock(Date(timeIntervalSince1970: 0))
        let app = Application(silent: true, clock: clock)
        app.use(responseTime(header: header, precise: precise))
        app.use { ctx in
            clock.advance(by: duration)
            if fails { throw HTTPError(.teapot) }
            ctx.body = "x"
        }
        return try await app.test.get("/").get(header)
    }

    @Test(
        "says whole milliseconds",
        arguments: [
            (Duration.zero, "0ms"), (.milliseconds(12), "12ms"), (.microseconds(1500), "2ms"),
            (.seconds(61), "61000ms"),
        ])
    func whole(duration: Duration, text: String) async throws {
        #expect(try await time(duration) == text)
    }

    @Test(
        "says fractions if asked",
        arguments: [
            (Duration.nanoseconds(1_500_000), "1.5ms"), (.milliseconds(3), "3ms"),
            (.nanoseconds(12_345_678), "12.345678ms"),
        ])
    func precise(duration: Duration, text: String) async throws {
        #expect(try await time(duration, precise: true) == text)
    }

    @Test("takes another header")
    func header() async throws {
        #expect(try await time(.milliseconds(1), header: "X-Time") == "1ms")
    }

    @Test("stands in error responses, too")
    func errors() async throws {
        #expect(try await time(.milliseconds(7), fails: true) == "7ms")
    }

    @Test("leaves a head that is out alone")
    func sent() async throws {
        let app = Application()
        app.use(responseTime())
        app.use { ctx in
            ctx.status = 200
            ctx.flushHeaders()
        }
        #expect(try await app.test.get("/").get("X-Response-Time") == nil)
    }
}

extension Status {
    fileprivate static var teapot: Status { 418 }
}
