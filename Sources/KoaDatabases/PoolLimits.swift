/// What a ``ConnectionPool`` may take.
package struct PoolLimits: Sendable, Hashable {
    /// How many connections it has at most, and threads.
    package var size: Int
    /// How many calls wait for a connection at most; the next one fails at once.
    package var waiting: Int
    /// How long a call may take, the time among it that it waits for a connection and opens it.
    package var timeout: Duration

    /// - Parameters:
    ///   - size: at least 1. Default 8.
    ///   - waiting: default 1,024.
    ///   - timeout: default 5 seconds; at most a year.
    package init(size: Int = 8, waiting: Int = 1024, timeout: Duration = .seconds(5)) {
        self.size = max(size, 1)
        self.waiting = max(waiting, 0)
        // A bound, so that a moment can be said for every deadline.
        self.timeout = min(timeout, .seconds(365 * 86_400))
    }
}
