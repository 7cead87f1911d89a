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
        String(unsafeUninitializedCapacity: length) { buffer in
            write(secondsSince1970: flooredDivision(milliseconds, 1000), to: buffer)
            return length
        }
    }

    /// Writes a time as the 29 ASCII bytes of an IMF-fixdate.
    ///
    /// - Parameters:
    ///   - seconds: Seconds since 1970, clamped to the years 0 to 9999.
    ///   - buffer: Where to; it has the room.
    package static func write(secondsSince1970 seconds: Int64, to buffer: UnsafeMutableBufferPointer<UInt8>) {
        let seconds = min(max(seconds, representableSeconds.lowerBound), representableSeconds.upperBound)
        let days = flooredDivision(seconds, 86400)
        let time = Int(seconds - days * 86400)
        let date = CivilDate(daysSince1970: days)
        // What is not filled in below stays as it is here.
        put("---, -- --- ---- --:--:-- GMT", at: 0, of: buffer)
        put(weekdays[weekday(daysSince1970: days)], at: 0, of: buffer)
        put(date.day, at: 5, of: buffer)
        put(months[date.month - 1], at: 8, of: buffer)
        put(date.year / 100, at: 12, of: buffer)
        put(date.year % 100, at: 14, of: buffer)
        put(time / 3600, at: 17, of: buffer)
        put(time / 60 % 60, at: 20, of: buffer)
        put(time % 60, at: 23, of: buffer)
    }

    static let weekdays: [StaticString] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let months: [StaticString] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// 0 for Sunday to 6 for Saturday.
    private static func weekday(daysSince1970 days: Int64) -> Int {
        Int(((days + 4) % 7 + 7) % 7)
    }

    private static func put(_ text: StaticString, at start: Int, of buffer: UnsafeMutableBufferPointer<UInt8>) {
        for offset in 0..<text.utf8CodeUnitCount { buffer[start + offset] = text.utf8Start[offset] }
    }

    /// Two decimal digits.
    private static func put(_ number: Int, at start: Int, of buffer: UnsafeMutableBufferPointer<UInt8>) {
        buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10)
        buffer[start + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10)
    }

    /// Division that rounds towards negative infinity, for a positive divisor.
    static func flooredDivision(_ number: Int64, _ divisor: Int64) -> Int64 {
        let quotient = number / divisor
        return number % divisor < 0 ? quotient - 1 : quotient
    }
}
