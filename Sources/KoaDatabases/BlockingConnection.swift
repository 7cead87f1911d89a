/// The moment at which a call to a database is given up.
package typealias Deadline = ContinuousClock.Instant

/// A connection of a client library that blocks its thread while it waits.
///
/// A ``ConnectionPool`` uses it on one thread at a time, which needn't always be the same.
package protocol BlockingConnection: AnyObject, SendableMetatype {
    /// Whether it was cut, or is in an unknown state: it is then closed instead of used again. Asked after each call.
    var isBroken: Bool { get }

    /// Whether it still works after it was idle for so long. Asked before each call but the first, so it has to be cheap:
    /// see ``SocketCheck``.
    func isAlive(after idle: Duration, until deadline: Deadline) -> Bool

    /// Closes it. Called once, after which it isn't used again.
    func close()
}

extension BlockingConnection {
    /// After how long its server is asked whether it is still there, which costs a round trip: a firewall may have forgotten
    /// the connection by then.
    package static var longIdle: Duration { .seconds(30) }

    /// When that question is given up: where a firewall drops it silently, most of the call's time is left to open another.
    package static func pingDeadline(before deadline: Deadline) -> Deadline { min(deadline, .now + .seconds(1)) }
}
