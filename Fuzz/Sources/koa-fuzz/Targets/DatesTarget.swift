@testable import Koa

/// Dates of fields: what is read can be written and read again; and every number of milliseconds is a date.
func fuzzDates(_ input: Input) {
    for line in input.lines.prefix(4) {
        if let time = HTTPDate.parse(line) { check(time) }
        if let date = JSONDate.date(from: line), let text = JSONDate.text(of: date, withFraction: true) {
            expect(
                JSONDate.date(from: text).flatMap { JSONDate.text(of: $0, withFraction: true) } == text, "not \(text)")
        }
    }
    let number = input.bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    let time = Int64(bitPattern: number)
    check(time)
    // The present places years of two digits; it may be any.
    _ = HTTPDate.parse("Sunday, 06-Nov-94 08:49:37 GMT", now: time)
    let day = time % 3_000_000
    expect(CivilDate(daysSince1970: day).daysSince1970 == day, "\(day) is another day")
}

private func check(_ time: Int64) {
    let text = HTTPDate.format(milliseconds: time)
    expect(text.utf8.count == HTTPDate.length, "a date of another length: \(text)")
    guard let again = HTTPDate.parse(text) else { fatalError("\(text) can't be read") }
    expect(HTTPDate.format(milliseconds: again) == text, "\(text) reads as another date")
    let seconds = HTTPDate.flooredDivision(time, 1000)
    if HTTPDate.representableSeconds.contains(seconds) { expect(again == seconds * 1000, "\(text) isn't \(time)") }
}
