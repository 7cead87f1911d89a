public import Koa

/// What SQLite refuses, with a message that teaches the fix.
///
/// ```swift
/// do {
///     app.use(session(store: try SQLiteSessionStore(path: "sessions.db")))
/// } catch let error as SQLiteError where error.code == .cannotOpen {
///     print(error.message)
/// }
/// ```
public struct SQLiteError: Error, Sendable, CustomStringConvertible {
    /// SQLite's primary result code; those without a name here have their number.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The number in `sqlite3.h`.
        public let number: Int32

        init(_ number: Int32) {
            self.number = number & 0xFF
        }

        /// Another process has the database locked, for longer than the timeout.
        public static let busy = Code(5)
        /// Another connection of this process has a table locked.
        public static let locked = Code(6)
        /// The file, its folder or its disk can't be written.
        public static let readOnly = Code(8)
        /// A call was interrupted.
        public static let interrupted = Code(9)
        /// The disk failed.
        public static let io = Code(10)
        /// The file is damaged.
        public static let corrupt = Code(11)
        /// The disk is full, or the database as large as it may be.
        public static let full = Code(13)
        /// The file can't be opened.
        public static let cannotOpen = Code(14)
        /// The file is no database.
        public static let notADatabase = Code(26)
        /// The database was shut down.
        public static let misuse = Code(21)

        /// The number, as in `SQLITE_BUSY (5)` without the name.
        public var description: String { "SQLite's code \(number)" }
    }

    /// The kind of failure.
    public let code: Code
    /// What happened and how to mend it.
    public let message: String

    /// The message and the code.
    public var description: String { "\(message) (\(code))" }
}

extension SQLiteError: ErrorStatus {
    /// 503: without its database a request can't be served.
    public var status: Status { .serviceUnavailable }

    /// The message is for the log.
    public var expose: Bool { false }
}

extension SQLiteError {
    /// What SQLite's result of a call on a file means.
    init(_ result: Int32, _ detail: String, path: String) {
        let code = Code(result)
        self.init(code: code, message: Self.message(code, detail, "The database \(path.debugDescription)"))
    }

    private static func message(_ code: Code, _ detail: String, _ name: String) -> String {
        switch code {
        case .busy, .locked:
            "\(name) is locked by another process, and was for longer than the timeout."
        case .readOnly:
            "\(name) can't be written: \(detail). The process needs to be allowed to write the file and its folder."
        case .corrupt:
            "\(name) is damaged: \(detail). Stop the server and restore it from a backup, or move it away, along with the "
                + "files of its name that end in -wal and -shm; a new one is then made."
        case .full:
            "\(name) can't grow: the disk is full, or it is as large as its sizeLimit allows. Make room."
        case .cannotOpen:
            "\(name) can't be opened: \(detail). Its folder has to exist, and the process to be allowed to write there."
        case .notADatabase:
            "\(name) is no SQLite database, or is encrypted. Name another path, or move the file away."
        default:
            "\(name): \(detail)."
        }
    }

    static func timedOut(_ path: String) -> SQLiteError {
        SQLiteError(
            code: .busy,
            message:
                "The database \(path.debugDescription) didn't come to a call within the timeout: it is locked by another "
                + "process, its disk is slow, or too many calls wait.")
    }

    static func overloaded(_ path: String, _ limit: Int) -> SQLiteError {
        SQLiteError(
            code: .busy, message: "More than \(limit) calls wait for the database \(path.debugDescription).")
    }

    static func shutDown(_ path: String) -> SQLiteError {
        SQLiteError(code: .misuse, message: "The database \(path.debugDescription) was shut down.")
    }
}
