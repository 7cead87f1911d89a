import Koa

/// How long a session lasts from when it was saved last.
///
/// ```swift
/// app.use(session(.init(maxAge: .days(14))))
/// ctx.session.maxAge = .browserSession
/// ```
public struct SessionAge: Sendable, Hashable, CustomStringConvertible {
    /// In milliseconds; nil as long as the browser runs.
    let milliseconds: Int64?

    /// As long as the browser runs: the cookie has no date (`"session"` in the reference).
    public static let browserSession = SessionAge(milliseconds: nil)

    /// A time, cut to whole milliseconds; one that isn't positive counts as a millisecond.
    public init(_ duration: Duration) {
        self.init(milliseconds: max(duration.saturatedMilliseconds, 1))
    }

    init(milliseconds: Int64?) {
        // A century is beyond every cookie, and nothing added to it overflows.
        self.milliseconds = milliseconds.map { min($0, 3_155_760_000_000) }
    }

    /// The time; nil for ``browserSession``.
    public var duration: Duration? { milliseconds.map { .milliseconds($0) } }

    /// As `Duration` writes it: `86400.0 seconds`.
    public var description: String { duration.map { "\($0)" } ?? "as long as the browser runs" }

    /// So many milliseconds.
    public static func milliseconds(_ count: Int64) -> SessionAge { SessionAge(.milliseconds(count)) }

    /// So many seconds.
    public static func seconds(_ count: Int64) -> SessionAge { SessionAge(.seconds(count)) }

    /// So many minutes.
    public static func minutes(_ count: Int) -> SessionAge { SessionAge(Duration.minutes(count)) }

    /// So many hours.
    public static func hours(_ count: Int) -> SessionAge { SessionAge(Duration.hours(count)) }

    /// So many days of 24 hours.
    public static func days(_ count: Int) -> SessionAge { SessionAge(Duration.days(count)) }
}
