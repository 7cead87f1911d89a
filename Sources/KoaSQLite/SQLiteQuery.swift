#if SQLite
    /// An SQL statement, which each connection prepares once.
    ///
    /// Make it once and keep it: connections know it by its identity.
    package final class SQLiteQuery: Sendable {
        /// The statement.
        package let sql: String

        /// - Parameter sql: one statement.
        package init(_ sql: String) {
            self.sql = sql
        }
    }

    extension String {
        /// The text as a name in SQL.
        package var sqlName: String {
            "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
    }
#endif
