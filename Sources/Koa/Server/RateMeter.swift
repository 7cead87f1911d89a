/// Whether bytes move fast enough while someone waits for them.
struct RateMeter {
    /// How much of the window was spent waiting, in nanoseconds.
    private var waited: Int64 = 0
    /// The total at the window's start.
    private var mark = 0

    /// Takes note of waiting time.
    ///
    /// - Parameters:
    ///   - elapsed: the time waited since the last call, in nanoseconds.
    ///   - total: the bytes moved over the connection so far.
    ///   - window: in nanoseconds.
    ///   - rate: the fewest bytes a second.
    /// - Returns: true when a window has passed in which fewer bytes moved.
    mutating func isTooSlow(after elapsed: Int64, total: Int, window: Int64, rate: Int) -> Bool {
        waited += elapsed
        guard waited >= window else { return false }
        let isTooSlow = Double(total - mark) < Double(rate) * (Double(waited) / 1e9)
        waited = 0
        mark = total
        return isTooSlow
    }

    /// Begins anew.
    mutating func reset(total: Int) {
        waited = 0
        mark = total
    }
}
