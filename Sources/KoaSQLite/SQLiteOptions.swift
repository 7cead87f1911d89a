/// How a SQLite database is used; of ``SQLiteSessionStore`` and ``SQLiteRateLimitStore``.
///
/// ```swift
/// var options = SQLiteOptions()
/// options.survives = .powerLoss
/// options.sizeLimit = 1 << 30
/// ```
public struct SQLiteOptions: Sendable, Hashable {
    /// What a saving that was acknowledged survives.
    public enum Survival: Sendable, Hashable {
        /// The end of the process, however sudden; after a power loss the last savings may be missing, but the file is
        /// whole. SQLite's `synchronous = NORMAL`.
        case crash
        /// A power loss too: each saving waits for the disk, together with the others that wait. SQLite's
        /// `synchronous = FULL`.
        case powerLoss
    }

    /// What a saving that was acknowledged survives. Default ``Survival/crash``.
    public var survives: Survival = .crash

    /// How long a call may wait, for other calls and for other processes that have locked the database; then it throws.
    /// Default 5 s.
    public var timeout: Duration = .seconds(5)

    /// How many threads read beside the one that writes, each with a connection of its own. Default 2; from 0, by which
    /// the writing one reads as well, to 64.
    public var readers = 2

    /// How many calls may wait; one more throws at once. Default 10,000.
    public var waitingLimit = 10_000

    /// How many bytes the database may have; beyond that, what makes it grow throws. Default nil: as the disk has room.
    public var sizeLimit: Int?

    /// How often what is over is removed from the database. Default every 15 minutes, as long as something is saved; nil
    /// never.
    public var cleanupInterval: Duration? = .seconds(900)

    /// Makes the options; each defaults as its property says.
    public init() {}
}
