import Foundation
import Testing

@testable import Koa

@Suite("CookieOptions")
struct CookieOptionsTests {
    @Test("defaults")
    func defaults() {
        let options = CookieOptions()
        #expect(options.maxAge == nil)
        #expect(options.expires == nil)
        #expect(options.path == "/")
        #expect(options.domain == nil)
        #expect(options.secure == nil)
        #expect(options.httpOnly)
        #expect(options.sameSite == .unset)
        #expect(options.priority == nil)
        #expect(!options.partitioned)
        #expect(options.signed == nil)
        #expect(!options.overwrite)
    }

    @Test("sets each property")
    func properties() {
        let options = CookieOptions(
            maxAge: .hours(1), expires: .distantFuture, path: "/a", domain: "b", secure: true, httpOnly: false,
            sameSite: .none, priority: .low, partitioned: true, signed: false, overwrite: true
        )
        #expect(options.maxAge == .seconds(3_600))
        #expect(options.expires == .distantFuture)
        #expect(options.path == "/a")
        #expect(options.domain == "b")
        #expect(options.secure == true)
        #expect(!options.httpOnly)
        #expect(options.sameSite == .none)
        #expect(options.priority == .low)
        #expect(options.partitioned)
        #expect(options.signed == false)
        #expect(options.overwrite)
    }

    @Test("sameSite: .none is the attribute's value and not its absence")
    func sameSiteNone() {
        #expect(CookieOptions(sameSite: .none).sameSite.word == "none")
        #expect(CookieOptions(sameSite: .none) != CookieOptions())
    }

    static let sameSites: [(String, CookieOptions.SameSite)] = [
        ("strict", .strict), ("STRICT", .strict), ("Lax", .lax), ("none", .none),
    ]

    @Test("sameSite by its word, whatever its case", arguments: sameSites)
    func sameSite(_ word: String, _ expected: CookieOptions.SameSite) throws {
        #expect(try CookieOptions.SameSite(word) == expected)
    }

    @Test("sameSite by another word is invalid", arguments: ["foo", "", "lax; secure", "true"])
    func invalidSameSite(_ word: String) {
        let error = #expect(throws: CookieError.self) { try CookieOptions.SameSite(word) }
        #expect(error?.code == .invalidSameSite)
        #expect(error?.message == "option sameSite is invalid")
    }

    static let priorities: [(String, CookieOptions.Priority)] = [
        ("low", .low), ("medium", .medium), ("high", .high), ("HIGH", .high),
    ]

    @Test("priority by its word, whatever its case", arguments: priorities)
    func priority(_ word: String, _ expected: CookieOptions.Priority) throws {
        #expect(try CookieOptions.Priority(word) == expected)
    }

    @Test("priority by another word is invalid", arguments: ["foo", "", "low; secure"])
    func invalidPriority(_ word: String) {
        let error = #expect(throws: CookieError.self) { try CookieOptions.Priority(word) }
        #expect(error?.code == .invalidPriority)
        #expect(error?.message == "option priority is invalid")
    }
}

@Suite("Durations in minutes, hours and days")
struct DurationUnitsTests {
    @Test("are so many seconds")
    func seconds() {
        #expect(Duration.minutes(20) == .seconds(1_200))
        #expect(Duration.hours(8) == .seconds(28_800))
        #expect(Duration.days(1) == .seconds(86_400))
        #expect(Duration.days(-1) == .seconds(-86_400))
        #expect(Duration.days(0) == .zero)
    }

    @Test("saturate", arguments: [Duration.minutes, Duration.hours, Duration.days])
    func saturate(_ unit: @Sendable (Int) -> Duration) {
        #expect(unit(.max) == .seconds(Int64.max))
        #expect(unit(.min) == .seconds(Int64.min))
    }

    static let millisecondsCases: [(Duration, Int64)] = [
        (.zero, 0),
        (.milliseconds(1_234), 1_234),
        (.microseconds(1_999), 1),
        (.milliseconds(-1_500), -1_500),
        (.microseconds(-1_999), -1),
        (.seconds(Int64.max / 1_000), Int64.max / 1_000 * 1_000),
        (.seconds(Int64.max), .max),
        (.seconds(Int64.min), .min),
    ]

    @Test("in milliseconds", arguments: millisecondsCases)
    func milliseconds(_ duration: Duration, _ expected: Int64) {
        #expect(duration.saturatedMilliseconds == expected)
    }

    @Test("in milliseconds at the very end of the range")
    func edges() {
        let last = Duration.seconds(Int64.max / 1_000)
        #expect((last + .milliseconds(807)).saturatedMilliseconds == .max)
        #expect((last + .milliseconds(808)).saturatedMilliseconds == .max)
        #expect((last + .milliseconds(806)).saturatedMilliseconds == .max - 1)
    }
}
