/// The dates of HTTP header fields.
///
/// Times are milliseconds since 1970-01-01T00:00:00Z, as JavaScript's `Date` counts them, and are written with a
/// resolution of one second. Nothing here reads a clock.
package enum HTTPDate {
    /// The instants that have a four-digit year: 0000-01-01T00:00:00Z through 9999-12-31T23:59:59Z, in seconds.
    static let representableSeconds: ClosedRange<Int64> = -62_167_219_200...253_402_300_799

    /// The fixed length of the form that ``format(milliseconds:)`` writes, in bytes.
    package static let length = 29

    /// Writes a time as an IMF-fixdate (RFC 9110 §5.6.7): `Fri, 13 Sep 2013 00:00:00 GMT`.
    ///
    /// - Parameter milliseconds: Milliseconds since 1970; the fraction of a second is dropped towards the past. Times
    ///   outside the years 0 to 9999 are clamped to the nearest one inside.
    package static func format(milliseconds: Int64) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        write(secondsSince1970: flooredDivision(milliseconds, 1000), into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends a time as the 29 ASCII bytes of an IMF-fixdate.
    ///
    /// - Parameters:
    ///   - seconds: Seconds since 1970, clamped to the years 0 to 9999.
    ///   - bytes: Where to append.
    package static func write(secondsSince1970 seconds: Int64, into bytes: inout [UInt8]) {
        let seconds = min(max(seconds, representableSeconds.lowerBound), representableSeconds.upperBound)
        let days = flooredDivision(seconds, 86400)
        let time = seconds - days * 86400
        let date = CivilDate(daysSince1970: days)
        bytes.append(contentsOf: weekdays[weekday(daysSince1970: days)].utf8)
        bytes.append(contentsOf: ", ".utf8)
        append(date.day, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: months[date.month - 1].utf8)
        bytes.append(UInt8(ascii: " "))
        append(date.year, digits: 4, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        append(Int(time / 3600), digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(Int(time / 60 % 60), digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(Int(time % 60), digits: 2, to: &bytes)
        bytes.append(contentsOf: " GMT".utf8)
    }

    static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// 0 for Sunday to 6 for Saturday.
    private static func weekday(daysSince1970 days: Int64) -> Int {
        Int(((days + 4) % 7 + 7) % 7)
    }

    /// Appends the last `digits` decimal digits of a number that is not negative.
    private static func append(_ number: Int, digits: Int, to bytes: inout [UInt8]) {
        var unit = digits == 4 ? 1000 : 10
        while unit > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / unit % 10))
            unit /= 10
        }
    }

    /// Division that rounds towards negative infinity, for a positive divisor.
    static func flooredDivision(_ number: Int64, _ divisor: Int64) -> Int64 {
        let quotient = number / divisor
        return number % divisor < 0 ? quotient - 1 : quotient
    }
}
