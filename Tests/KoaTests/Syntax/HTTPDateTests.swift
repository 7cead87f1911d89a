import Testing

@testable import Koa

@Suite("HTTP dates, written")
struct HTTPDateFormatTests {
    static let dates: [(Int64, String)] = [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (1_379_030_400_000, "Fri, 13 Sep 2013 00:00:00 GMT"),
        (1_709_210_096_789, "Thu, 29 Feb 2024 12:34:56 GMT"),
        (946_684_799_000, "Fri, 31 Dec 1999 23:59:59 GMT"),
        (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (4_107_542_400_000, "Mon, 01 Mar 2100 00:00:00 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (-1000, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (-2_208_988_800_000, "Mon, 01 Jan 1900 00:00:00 GMT"),
        (-62_167_219_200_000, "Sat, 01 Jan 0000 00:00:00 GMT"),
        (-62_135_596_800_000, "Mon, 01 Jan 0001 00:00:00 GMT"),
        (253_402_300_799_999, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ]

    @Test("writes an IMF-fixdate, dropping the fraction towards the past", arguments: dates)
    func formats(milliseconds: Int64, text: String) {
        #expect(HTTPDate.format(milliseconds: milliseconds) == text)
    }

    @Test("clamps what has no four-digit year")
    func clamps() {
        #expect(HTTPDate.format(milliseconds: .max) == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(HTTPDate.format(milliseconds: 253_402_300_800_000) == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(HTTPDate.format(milliseconds: .min) == "Sat, 01 Jan 0000 00:00:00 GMT")
        #expect(HTTPDate.format(milliseconds: -62_167_219_200_001) == "Sat, 01 Jan 0000 00:00:00 GMT")
    }

    @Test("fills exactly its length of bytes", arguments: [Int64.min, -1, 0, 1_379_030_400, .max])
    func fills(seconds: Int64) {
        var bytes = [UInt8](repeating: 0, count: HTTPDate.length + 1)
        bytes.withUnsafeMutableBufferPointer { HTTPDate.write(secondsSince1970: seconds, to: $0) }
        #expect(bytes.last == 0)
        #expect(bytes.dropLast().suffix(4).elementsEqual(" GMT".utf8))
        #expect(!bytes.dropLast().contains(UInt8(ascii: "-")))
    }

    @Test("names the days in their order")
    func weekdays() {
        let names = (0..<8).map { HTTPDate.format(milliseconds: $0 * 86_400_000).prefix(3) }
        #expect(names == ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed", "Thu"])
        let earlier = (1..<8).map { HTTPDate.format(milliseconds: -$0 * 86_400_000).prefix(3) }
        #expect(earlier == ["Wed", "Tue", "Mon", "Sun", "Sat", "Fri", "Thu"])
    }
}

@Suite("HTTP dates, read")
struct HTTPDateParseTests {
    static let same: Int64 = 784_111_777_000

    @Test(
        "reads the three forms of RFC 9110",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
        ]
    )
    func httpDates(text: String) {
        #expect(HTTPDate.parse(text) == Self.same)
    }

    static let others: [(String, Int64)] = [
        ("Fri, 13 Sep 2013 00:00:00 GMT", 1_379_030_400_000),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Wed, 31 Dec 1969 23:59:59 GMT", -1000),
        ("Thu, 29 Feb 2024 12:34:56 GMT", 1_709_210_096_000),
        ("Sat, 01 Jan 0000 00:00:00 GMT", -62_167_219_200_000),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799_000),
        ("Mon, 06 Nov 1994 08:49:37 GMT", same),
        ("Tue Nov 16 08:49:37 1994", same + 10 * 86_400_000),
        ("Fri, 30 Jun 2015 23:59:60 GMT", 1_435_708_800_000),
        ("Tuesday, 29-Feb-00 00:00:00 GMT", 951_782_400_000),
        ("Wednesday, 06-Nov-94 08:49:37 GMT", same),
        ("Thursday, 06-Nov-94 08:49:37 GMT", same),
        ("Saturday, 06-Nov-94 08:49:37 GMT", same),
    ]

    @Test("reads dates of every kind", arguments: others)
    func reads(text: String, milliseconds: Int64) {
        #expect(HTTPDate.parse(text) == milliseconds)
    }

    static let iso: [(String, Int64)] = [
        ("2013-09-13T00:00:00Z", 1_379_030_400_000),
        ("2013-09-13T00:00:00.000Z", 1_379_030_400_000),
        ("2024-02-29T12:34:56.789Z", 1_709_210_096_789),
        ("2024-02-29T12:34:56.7Z", 1_709_210_096_700),
        ("2024-02-29T12:34:56.789999999999Z", 1_709_210_096_789),
        ("1999-12-31T23:59:59Z", 946_684_799_000),
        ("2013-09-13", 1_379_030_400_000),
        ("2013-09", 1_377_993_600_000),
        ("2013", 1_356_998_400_000),
        ("2013-09-13T00:00Z", 1_379_030_400_000),
        ("2013-09-13T00:00", 1_379_030_400_000),
        ("2013-09-13T00:00:00", 1_379_030_400_000),
        ("2013-09-13T02:00:00+02:00", 1_379_030_400_000),
        ("2013-09-12T18:30:00-05:30", 1_379_030_400_000),
        ("2013-09-12T24:00:00Z", 1_379_030_400_000),
        ("1969-12-31T23:59:59.999Z", -1),
    ]

    @Test("reads ISO 8601 as JavaScript does", arguments: iso)
    func isoDates(text: String, milliseconds: Int64) {
        #expect(HTTPDate.parse(text) == milliseconds)
    }

    @Test(
        "refuses what is not one of the forms",
        arguments: [
            "", " ", "garbage", "0", "Sun", "Sun,", "Sunday", "Sun, ", "Sun ",
            "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 GMT ",
            " Sun, 06 Nov 1994 08:49:37 GMT", "sun, 06 nov 1994 08:49:37 gmt", "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun,  06 Nov 1994 08:49:37 GMT", "Sun, 06-Nov-1994 08:49:37 GMT", "Sunday, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 94 08:49:37 GMT", "Sun, 06 Xxx 1994 08:49:37 GMT", "Xxx, 06 Nov 1994 08:49:37 GMT",
            "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 29 Feb 2023 00:00:00 GMT",
            "Sun, 29 Feb 1900 00:00:00 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
            "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
            "Sun Nov 6 08:49:37 1994", "Sun Nov  6 08:49:37 94", "Sunday Nov  6 08:49:37 1994",
            "Sun Nov  6 08:49:37 1994 GMT", "Sun, +6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov -994 08:49:37 GMT",
            "Sun, ٠٦ Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT\0", "Sun, 06 Nov 1994 08:49:37\u{A0}GMT",
        ]
    )
    func refuses(text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }

    @Test(
        "refuses malformed ISO 8601",
        arguments: [
            "201", "20130", "2013-", "2013-9", "2013-13", "2013-00", "2013-09-", "2013-09-31", "2013-09-13T",
            "2013-09-13T00", "2013-09-13T00:", "2013-09-13T00:00:", "2013-09-13T00:00:00.", "2013-09-13T00:00:00.Z",
            "2013-09-13T24:00:01Z", "2013-09-13T24:01Z", "2013-09-13T25:00Z", "2013-09-13T00:60Z",
            "2013-09-13T00:00:60Z", "2013-09-13t00:00:00Z", "2013-09-13T00:00:00z", "2013-09-13 00:00:00",
            "2013-09-13T00:00:00+0200", "2013-09-13T00:00:00+02", "2013-09-13T00:00:00+24:00",
            "2013-09-13T00:00:00+00:60", "2013-09-13T00:00:00ZZ", "2013-09-13Z", "2013T00:00Zx", "-2013-09-13",
        ]
    )
    func refusesISO(text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }

    static let now: Int64 = 1_767_225_600_000
    static let twoDigitYears: [(String, Int64, String)] = [
        ("Sunday, 01-Jan-26 00:00:00 GMT", now, "Thu, 01 Jan 2026 00:00:00 GMT"),
        ("Sunday, 01-Jan-75 00:00:00 GMT", now, "Tue, 01 Jan 2075 00:00:00 GMT"),
        ("Sunday, 31-Dec-76 00:00:00 GMT", now, "Fri, 31 Dec 1976 00:00:00 GMT"),
        ("Sunday, 01-Jan-77 00:00:00 GMT", now, "Sat, 01 Jan 1977 00:00:00 GMT"),
        ("Sunday, 01-Jan-99 00:00:00 GMT", now, "Fri, 01 Jan 1999 00:00:00 GMT"),
        ("Sunday, 01-Jan-20 00:00:00 GMT", 784_111_777_000, "Wed, 01 Jan 2020 00:00:00 GMT"),
        ("Sunday, 01-Jan-50 00:00:00 GMT", 784_111_777_000, "Sun, 01 Jan 1950 00:00:00 GMT"),
    ]

    @Test("places a two-digit year at most 50 years ahead", arguments: twoDigitYears)
    func shortYears(text: String, now: Int64, expected: String) throws {
        let time = try #require(HTTPDate.parse(text, now: now))
        #expect(HTTPDate.format(milliseconds: time) == expected)
    }

    @Test("takes any present, however far away")
    func anyPresent() throws {
        let text = "Sunday, 06-Nov-94 08:49:37 GMT"
        #expect(HTTPDate.parse(text, now: .min) == nil)
        #expect(HTTPDate.parse(text, now: Self.same) == Self.same)
        let last = try #require(HTTPDate.parse(text, now: .max))
        #expect(HTTPDate.format(milliseconds: last).contains(" Nov 9994 "))
        let epoch = try #require(HTTPDate.parse(text, now: 0))
        #expect(HTTPDate.format(milliseconds: epoch).contains(" Nov 1994 "))
        let earlier = try #require(HTTPDate.parse(text, now: -1_000_000_000_000))
        #expect(HTTPDate.format(milliseconds: earlier).contains(" Nov 1894 "))
    }

    @Test(
        "gives back what it wrote",
        arguments: Array(stride(from: Int64(-62_167_219_200), through: 253_402_300_799, by: 3_155_759_999)))
    func roundTrip(seconds: Int64) {
        #expect(HTTPDate.parse(HTTPDate.format(milliseconds: seconds * 1000)) == seconds * 1000)
    }

    @Test("reads no more than it needs of a hostile text")
    func hostile() {
        #expect(HTTPDate.parse(String(repeating: "0", count: 65536)) == nil)
        #expect(HTTPDate.parse(String(repeating: "Sun, ", count: 13000)) == nil)
        #expect(HTTPDate.parse("2013-09-13T00:00:00." + String(repeating: "9", count: 65536) + "Z") == nil)
        #expect(HTTPDate.parse(String(repeating: "\0", count: 65536)) == nil)
        #expect(HTTPDate.parse(String(decoding: [0xED, 0xA0, 0x80, 0xFF], as: UTF8.self)) == nil)
    }

    @Test("reads a part of a text")
    func substring() {
        let header = "last-modified: Sun, 06 Nov 1994 08:49:37 GMT"
        #expect(HTTPDate.parse(header.dropFirst(15)) == Self.same)
    }
}
