#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Dates as RFC 3339 and JavaScript's `toJSON` write them.
package enum JSONDate {
    /// The farthest that a JavaScript date reaches from 1970, in milliseconds.
    private static let limit = 8.64e15
    private static let dayLength = 86_400_000

    /// `2013-09-13T00:00:00.000Z`, or without the milliseconds; `nil` beyond the years ±271821 that JavaScript has.
    ///
    /// A date is rounded to its millisecond, which undoes what `Double` did to it. A year outside 0–9999 has a sign and
    /// six digits.
    package static func text(of date: Date, withFraction: Bool) -> String? {
        let milliseconds = (date.timeIntervalSince1970 * 1000).rounded()
        guard milliseconds.magnitude <= limit, let time = Int(exactly: milliseconds) else { return nil }
        let (day, inDay) = flooredDivision(time, by: dayLength)
        let (year, month, dayOfMonth) = civil(day)
        let bytes = [UInt8](unsafeUninitializedCapacity: 32) { bytes, count in
            func put(_ character: Unicode.Scalar) {
                bytes[count] = UInt8(ascii: character)
                count += 1
            }
            func put(_ value: Int, digits: Int) {
                var rest = value
                for place in (0..<digits).reversed() {
                    bytes[count + place] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
                count += digits
            }
            if 0...9999 ~= year {
                put(year, digits: 4)
            } else {
                put(year < 0 ? "-" : "+")
                put(abs(year), digits: 6)
            }
            put("-")
            put(month, digits: 2)
            put("-")
            put(dayOfMonth, digits: 2)
            put("T")
            put(inDay / 3_600_000, digits: 2)
            put(":")
            put(inDay / 60_000 % 60, digits: 2)
            put(":")
            put(inDay / 1000 % 60, digits: 2)
            if withFraction {
                put(".")
                put(inDay % 1000, digits: 3)
            }
            put("Z")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads `2013-09-13T00:00:00Z` with an optional fraction and with `Z` or an offset such as `+02:00`.
    static func date(from text: String) -> Date? {
        var reader = Reader(rest: Substring(text).utf8)
        guard let year = reader.year(), reader.skip("-"), let month = reader.number(2, in: 1...12),
            reader.skip("-"), let day = reader.number(2, in: 1...length(of: month, in: year)), reader.skip("T", "t"),
            let hour = reader.number(2, in: 0...23), reader.skip(":"),
            let minute = reader.number(2, in: 0...59), reader.skip(":"),
            let second = reader.number(2, in: 0...59),
            let fraction = reader.fraction(), let offset = reader.offset(), reader.rest.isEmpty
        else { return nil }
        let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    private struct Reader {
        var rest: Substring.UTF8View

        mutating func skip(_ characters: Unicode.Scalar...) -> Bool {
            guard let first = rest.first, characters.contains(Unicode.Scalar(first)) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func number(_ digits: Int, in range: ClosedRange<Int>) -> Int? {
            guard rest.count >= digits else { return nil }
            var value = 0
            for _ in 0..<digits {
                guard let digit = digit() else { return nil }
                value = value * 10 + digit
            }
            return range ~= value ? value : nil
        }

        mutating func digit() -> Int? {
            guard let byte = rest.first, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            rest.removeFirst()
            return Int(byte - UInt8(ascii: "0"))
        }

        mutating func year() -> Int? {
            if skip("+") { return number(6, in: 0...275_760) }
            if skip("-") { return number(6, in: 1...271_821).map { -$0 } }
            return number(4, in: 0...9999)
        }

        mutating func fraction() -> Double? {
            guard skip(".") else { return 0 }
            var numerator = 0.0
            var denominator = 1.0
            while let digit = digit() {
                // Digits beyond these can't be told apart in a date.
                guard denominator < 1e15 else { continue }
                numerator = numerator * 10 + Double(digit)
                denominator *= 10
            }
            return denominator > 1 ? numerator / denominator : nil
        }

        /// The offset from UTC in seconds.
        mutating func offset() -> Int? {
            if skip("Z", "z") { return 0 }
            let sign: Int
            if skip("+") { sign = 1 } else if skip("-") { sign = -1 } else { return nil }
            guard let hours = number(2, in: 0...23), skip(":"), let minutes = number(2, in: 0...59) else { return nil }
            return sign * (hours * 3600 + minutes * 60)
        }
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func flooredDivision(_ value: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    // Years begin in March here, so that a leap day ends one, and 400 years, an era, have 146,097 days.

    /// The days from 1970-01-01 to a date of the Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let (era, yearOfEra) = flooredDivision(marchYear, by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The date that is `day` days after 1970-01-01.
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = flooredDivision(day + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
