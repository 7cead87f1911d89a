extension Duration {
    /// That many minutes, such as `.minutes(20)`; as many as a Duration of whole seconds can hold.
    public static func minutes(_ minutes: Int) -> Duration {
        seconds(of: minutes, each: 60)
    }

    /// That many hours, such as `.hours(8)`; as many as a Duration of whole seconds can hold.
    public static func hours(_ hours: Int) -> Duration {
        seconds(of: hours, each: 3_600)
    }

    /// That many days of 24 hours, such as `.days(1)`; as many as a Duration of whole seconds can hold.
    public static func days(_ days: Int) -> Duration {
        seconds(of: days, each: 86_400)
    }

    /// The whole milliseconds in it, cut towards zero, at most what an Int64 holds.
    package var saturatedMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
        let (sum, carry) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        guard !overflow, !carry else { return seconds < 0 ? .min : .max }
        return sum
    }

    private static func seconds(of count: Int, each seconds: Int64) -> Duration {
        let (total, overflow) = Int64(count).multipliedReportingOverflow(by: seconds)
        guard !overflow else { return .seconds(count < 0 ? Int64.min : Int64.max) }
        return .seconds(total)
    }
}
