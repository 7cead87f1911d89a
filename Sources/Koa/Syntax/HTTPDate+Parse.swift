extension HTTPDate {
    /// The longest text that can be a date; more is refused unread.
    private static let longestText = 64

    /// Reads a date.
    ///
    /// These forms are known, and nothing around them is forgiven:
    /// - the three of RFC 9110 §5.6.7: `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and
    ///   `Sun Nov  6 08:49:37 1994`. The name of the day has to be one, but is not compared with the date;
    /// - ISO 8601 as JavaScript's `Date.parse` reads it: `2013-09-13`, `2013-09-13T00:00Z`, `2013-09-13T00:00:00.123Z`
    ///   or with an offset such as `+02:00`. A time without an offset is UTC here.
    ///
    /// - Parameters:
    ///   - text: The field value.
    ///   - now: The present, in milliseconds since 1970, by which a two-digit year is placed: a date that would be more
    ///     than 50 years ahead is in the past century. The default is the start of 2026.
    /// - Returns: Milliseconds since 1970, or nil when the text is not a date.
    package static func parse(_ text: some StringProtocol, now: Int64 = 1_767_225_600_000) -> Int64? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(longestText)
        for byte in text.utf8 {
            guard bytes.count < longestText else { return nil }
            bytes.append(byte)
        }
        var reader = DateReader(bytes: bytes[...])
        guard let first = bytes.first else { return nil }
        return 0x30...0x39 ~= first ? reader.readISO8601() : reader.readHTTPDate(now: now)
    }
}

/// A cursor over the text of one date; each method takes what it names from the front, or fails.
private struct DateReader {
    var bytes: ArraySlice<UInt8>

    mutating func readHTTPDate(now: Int64) -> Int64? {
        guard let isWhole = readWeekday() else { return nil }
        if take(" ") { return isWhole ? nil : readAsctime() }
        guard take(","), take(" ") else { return nil }
        return isWhole ? readRFC850(now: now) : readIMFFixdate()
    }

    /// `06 Nov 1994 08:49:37 GMT`, after the name of the day.
    private mutating func readIMFFixdate() -> Int64? {
        guard let day = readNumber(digits: 2), take(" "), let month = readMonth(), take(" "),
            let year = readNumber(digits: 4), take(" "), let seconds = readTime(), endsInGMT
        else { return nil }
        return milliseconds(year: year, month: month, day: day, seconds: seconds)
    }

    /// `06-Nov-94 08:49:37 GMT`, after the name of the day.
    private mutating func readRFC850(now: Int64) -> Int64? {
        guard let day = readNumber(digits: 2), take("-"), let month = readMonth(), take("-"),
            let shortYear = readNumber(digits: 2), take(" "), let seconds = readTime(), endsInGMT
        else { return nil }
        let today = min(
            max(HTTPDate.flooredDivision(now, 1000), HTTPDate.representableSeconds.lowerBound),
            HTTPDate.representableSeconds.upperBound
        )
        let limit = CivilDate(daysSince1970: HTTPDate.flooredDivision(today, 86400)).year + 50
        // The latest year of these two digits that is at most 50 years ahead; the date itself decides at the limit.
        var year = limit - ((limit - shortYear) % 100 + 100) % 100
        if year == limit {
            let (later, overflow) = now.addingReportingOverflow(50 * 31_556_952_000)
            if let time = milliseconds(year: year, month: month, day: day, seconds: seconds), !overflow, time > later {
                year -= 100
            }
        }
        return milliseconds(year: year, month: month, day: day, seconds: seconds)
    }

    /// `Nov  6 08:49:37 1994`, after the name of the day.
    private mutating func readAsctime() -> Int64? {
        guard let month = readMonth(), take(" ") else { return nil }
        let isPadded = take(" ")
        guard let day = readNumber(digits: isPadded ? 1 : 2), take(" "), let seconds = readTime(), take(" "),
            let year = readNumber(digits: 4), bytes.isEmpty
        else { return nil }
        return milliseconds(year: year, month: month, day: day, seconds: seconds)
    }

    mutating func readISO8601() -> Int64? {
        guard let year = readNumber(digits: 4) else { return nil }
        var (month, day) = (1, 1)
        if take("-") {
            guard let number = readNumber(digits: 2) else { return nil }
            month = number
            if take("-") {
                guard let number = readNumber(digits: 2) else { return nil }
                day = number
            }
        }
        guard !bytes.isEmpty else { return milliseconds(year: year, month: month, day: day, seconds: 0) }
        guard take("T"), let hour = readNumber(digits: 2), take(":"), let minute = readNumber(digits: 2) else {
            return nil
        }
        var (second, fraction) = (0, 0)
        if take(":") {
            guard let number = readNumber(digits: 2) else { return nil }
            second = number
            if take(".") {
                guard let number = readFraction() else { return nil }
                fraction = number
            }
        }
        guard hour < 24 || (hour == 24 && minute == 0 && second == 0 && fraction == 0), minute < 60, second < 60,
            let offset = readOffset(), bytes.isEmpty
        else { return nil }
        let seconds = hour * 3600 + minute * 60 + second - offset * 60
        return milliseconds(year: year, month: month, day: day, seconds: seconds).map { $0 + Int64(fraction) }
    }

    /// Milliseconds of a fraction of any length.
    private mutating func readFraction() -> Int? {
        var (value, unit, count) = (0, 100, 0)
        while let digit = readDigit() {
            value += digit * unit
            unit /= 10
            count += 1
        }
        return count > 0 ? value : nil
    }

    /// Minutes east of UTC; none written is 0.
    private mutating func readOffset() -> Int? {
        if bytes.isEmpty || take("Z") { return 0 }
        let isWest = take("-")
        guard isWest || take("+"), let hours = readNumber(digits: 2), take(":"), let minutes = readNumber(digits: 2),
            hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }

    /// Seconds since midnight of `08:49:37`. A leap second counts as the first of the next minute.
    private mutating func readTime() -> Int? {
        guard let hour = readNumber(digits: 2), take(":"), let minute = readNumber(digits: 2), take(":"),
            let second = readNumber(digits: 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// Whether the name of a day is there in full, or nil where there is none.
    private mutating func readWeekday() -> Bool? {
        guard let index = HTTPDate.weekdays.firstIndex(where: { $0.withUTF8Buffer { bytes.starts(with: $0) } }) else {
            return nil
        }
        bytes = bytes.dropFirst(3)
        let rest = ["day", "day", "sday", "nesday", "rsday", "day", "urday"][index]
        guard bytes.starts(with: rest.utf8) else { return false }
        bytes = bytes.dropFirst(rest.utf8.count)
        return true
    }

    /// 1 to 12.
    private mutating func readMonth() -> Int? {
        guard let index = HTTPDate.months.firstIndex(where: { $0.withUTF8Buffer { bytes.starts(with: $0) } }) else {
            return nil
        }
        bytes = bytes.dropFirst(3)
        return index + 1
    }

    /// Whether ` GMT` is all that is left.
    private var endsInGMT: Bool { bytes.elementsEqual(" GMT".utf8) }

    private mutating func readNumber(digits: Int) -> Int? {
        var number = 0
        for _ in 0..<digits {
            guard let digit = readDigit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    private mutating func readDigit() -> Int? {
        guard let byte = bytes.first, 0x30...0x39 ~= byte else { return nil }
        bytes = bytes.dropFirst()
        return Int(byte - 0x30)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard bytes.first == UInt8(ascii: character) else { return false }
        bytes = bytes.dropFirst()
        return true
    }

    private func milliseconds(year: Int, month: Int, day: Int, seconds: Int) -> Int64? {
        guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
        return (date.daysSince1970 * 86400 + Int64(seconds)) * 1000
    }
}
