import Foundation
import NIOCore
import Testing

@testable import Koa

@Suite("Dates in JSON")
struct JSONDateTests {
    private static func coding(_ dates: JSONCoding.DateStrategy) -> JSONCoding {
        var coding = JSONCoding()
        coding.dates = dates
        return coding
    }

    private static func text(_ date: Date, _ dates: JSONCoding.DateStrategy) throws -> String {
        String(buffer: try coding(dates).encode(date))
    }

    private static func date(_ text: String, _ dates: JSONCoding.DateStrategy = .iso8601) throws -> Date {
        try coding(dates).decode(Date.self, from: ByteBuffer(string: text))
    }

    /// Seconds since 1970 and what `new Date(1000 * seconds).toJSON()` gives.
    private static let dates: [(seconds: Double, text: String)] = [
        (0, "1970-01-01T00:00:00.000Z"),
        (1_379_030_400, "2013-09-13T00:00:00.000Z"),
        (1_379_030_400.123, "2013-09-13T00:00:00.123Z"),
        (0.001, "1970-01-01T00:00:00.001Z"),
        (-0.001, "1969-12-31T23:59:59.999Z"),
        (-1, "1969-12-31T23:59:59.000Z"),
        (86_399.999, "1970-01-01T23:59:59.999Z"),
        (951_782_400, "2000-02-29T00:00:00.000Z"),
        (951_868_800, "2000-03-01T00:00:00.000Z"),
        (4_107_542_400, "2100-03-01T00:00:00.000Z"),
        (4_107_456_000, "2100-02-28T00:00:00.000Z"),
        (1_704_067_199.5, "2023-12-31T23:59:59.500Z"),
        (-2_208_988_800, "1900-01-01T00:00:00.000Z"),
        (-62_135_596_800, "0001-01-01T00:00:00.000Z"),
        (-62_167_219_200, "0000-01-01T00:00:00.000Z"),
        (-62_167_219_200.001, "-000001-12-31T23:59:59.999Z"),
        (253_402_300_799.999, "9999-12-31T23:59:59.999Z"),
        (253_402_300_800, "+010000-01-01T00:00:00.000Z"),
        (8_640_000_000_000, "+275760-09-13T00:00:00.000Z"),
        (-8_640_000_000_000, "-271821-04-20T00:00:00.000Z"),
    ]

    @Test("are written as JavaScript's toJSON and read back", arguments: dates)
    func javaScript(seconds: Double, text: String) throws {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(String(buffer: try JSONCoding.default.encode(date)) == "\"\(text)\"")
        #expect(String(buffer: try JSONCoding.default.encode(["at": [date]])) == #"{"at":["\#(text)"]}"#)
        let read = try Self.date("\"\(text)\"", .iso8601WithFractionalSeconds)
        #expect(abs(read.timeIntervalSince1970 - seconds) < 0.0005)
    }

    @Test("are null, or thrown, beyond JavaScript's range")
    func beyond() throws {
        for seconds in [8_640_000_000_001, -8_640_000_000_001, 1e300, .infinity, .nan] {
            let date = Date(timeIntervalSince1970: seconds)
            #expect(try Self.text(date, .iso8601WithFractionalSeconds) == "null")
            var coding = Self.coding(.iso8601)
            coding.nonFinite = .throw
            #expect(throws: EncodingError.self) { try coding.encode([date]) }
        }
    }

    @Test("are written as Foundation's without a fraction")
    func withoutFraction() throws {
        // Foundation's dates before 1582 are those of the Julian calendar.
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        var generator = SplitMix64(seed: 7)
        for _ in 0..<2000 {
            let date = Date(
                timeIntervalSince1970: Double(Int.random(in: -11_676_096_000..<253_402_300_800, using: &generator)))
            let theirs = String(decoding: try encoder.encode(date), as: UTF8.self)
            #expect(try Self.text(date, .iso8601) == theirs)
            #expect(try Self.date(theirs) == date)
        }
    }

    @Test("keep their milliseconds through any number of rounds")
    func rounds() throws {
        var generator = SplitMix64(seed: 8)
        for _ in 0..<2000 {
            let milliseconds = Int.random(in: -10_000_000_000_000...10_000_000_000_000, using: &generator)
            let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            let text = try Self.text(date, .iso8601WithFractionalSeconds)
            #expect(try Self.text(try Self.date(text), .iso8601WithFractionalSeconds) == text)
        }
    }

    private static let readable: [(text: String, seconds: Double)] = [
        ("2013-09-13T00:00:00Z", 1_379_030_400),
        ("2013-09-13T00:00:00.5Z", 1_379_030_400.5),
        ("2013-09-13T00:00:00.250000Z", 1_379_030_400.25),
        ("2013-09-13T00:00:00.12345678901234567890Z", 1_379_030_400.123456789),
        ("2013-09-13t00:00:00z", 1_379_030_400),
        ("2013-09-13T02:00:00+02:00", 1_379_030_400),
        ("2013-09-12T18:30:00-05:30", 1_379_030_400),
        ("2013-09-13T00:00:00+00:00", 1_379_030_400),
        ("2013-09-13T00:00:00-00:00", 1_379_030_400),
        ("2016-02-29T12:00:00.000Z", 1_456_747_200),
        ("2000-02-29T00:00:00Z", 951_782_400),
    ]

    @Test("are read with or without a fraction and with an offset", arguments: readable)
    func reads(text: String, seconds: Double) throws {
        for strategy in [JSONCoding.DateStrategy.iso8601, .iso8601WithFractionalSeconds] {
            #expect(abs(try Self.date("\"\(text)\"", strategy).timeIntervalSince1970 - seconds) < 1e-6)
        }
    }

    private static let unreadable = [
        "", "2013", "2013-09-13", "2013-09-13T00:00", "2013-09-13T00:00:00", "2013-09-13 00:00:00Z",
        "2013-9-13T00:00:00Z", "2013-13-01T00:00:00Z", "2013-00-01T00:00:00Z", "2013-01-00T00:00:00Z",
        "2013-01-32T00:00:00Z", "2013-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2013-04-31T00:00:00Z",
        "2013-09-13T24:00:00Z", "2013-09-13T00:60:00Z", "2013-09-13T00:00:60Z", "2013-09-13T00:00:00.Z",
        "2013-09-13T00:00:00.5", "2013-09-13T00:00:00+0200", "2013-09-13T00:00:00+2:00", "2013-09-13T00:00:00+24:00",
        "2013-09-13T00:00:00Zx", " 2013-09-13T00:00:00Z", "2013-09-13T00:00:00Z ", "13-09-13T00:00:00Z",
        "12013-09-13T00:00:00Z", "+2013-09-13T00:00:00Z", "-000000-01-01T00:00:00Z", "2013/09/13T00:00:00Z",
        "２013-09-13T00:00:00Z", "2013-09-1３T00:00:00Z", "-1-09-13T00:00:00Z", "Fri, 13 Sep 2013 00:00:00 GMT",
    ]

    @Test("are refused where they are none", arguments: unreadable)
    func refuses(text: String) {
        #expect(throws: DecodingError.self) { try Self.date("\"\(text)\"") }
    }

    @Test("are numbers of seconds or milliseconds")
    func numbers() throws {
        let date = Date(timeIntervalSince1970: 1_379_030_400.25)
        #expect(try Self.text(date, .secondsSince1970) == "1379030400.25")
        #expect(try Self.text(date, .millisecondsSince1970) == "1379030400250")
        #expect(try Self.date("1379030400.25", .secondsSince1970) == date)
        #expect(try Self.date("1379030400250", .millisecondsSince1970) == date)
        #expect(throws: DecodingError.self) { try Self.date(#""1379030400""#, .secondsSince1970) }
        #expect(throws: DecodingError.self) { try Self.date("1379030400", .iso8601) }
        #expect(throws: DecodingError.self) { try Self.date("null", .secondsSince1970) }
    }

    @Test("are what two functions make of them")
    func custom() throws {
        let strategy = JSONCoding.DateStrategy.custom { date, encoder in
            var container = encoder.unkeyedContainer()
            try container.encode("unix")
            try container.encode(Int(date.timeIntervalSince1970))
        } decode: { decoder in
            var container = try decoder.unkeyedContainer()
            _ = try container.decode(String.self)
            return Date(timeIntervalSince1970: Double(try container.decode(Int.self)))
        }
        let coding = Self.coding(strategy)
        let dates = ["a": Date(timeIntervalSince1970: 5)]
        let buffer = try coding.encode(dates)
        #expect(String(buffer: buffer) == #"{"a":["unix",5]}"#)
        #expect(try coding.decode([String: Date].self, from: buffer) == dates)
    }

    @Test("are read and left out as optional properties")
    func optional() throws {
        struct Event: Codable, Equatable {
            var at: Date?
            var seen: [Date]
        }
        let event = Event(at: nil, seen: [Date(timeIntervalSince1970: 1)])
        let buffer = try JSONCoding.default.encode(event)
        #expect(String(buffer: buffer) == #"{"seen":["1970-01-01T00:00:01.000Z"]}"#)
        #expect(try JSONCoding.default.decode(Event.self, from: buffer) == event)
    }
}
