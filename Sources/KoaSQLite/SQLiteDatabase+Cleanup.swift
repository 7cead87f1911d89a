#if SQLite
    extension SQLiteQuery {
        /// So many rows are looked at in a step: the connection that writes isn't kept for long.
        private static let rowsTogether = 1000

        /// What removes the rows of a table whose `expires` is over.
        ///
        /// - Parameter table: as SQL has it.
        static func cleanup(of table: String) -> (count: SQLiteQuery, remove: SQLiteQuery) {
            (
                count: SQLiteQuery(
                    """
                    SELECT max(rowid), sum(expires <= ?2) FROM \
                    (SELECT rowid, expires FROM \(table) WHERE rowid > ?1 ORDER BY rowid LIMIT \(rowsTogether))
                    """),
                remove: SQLiteQuery("DELETE FROM \(table) WHERE rowid > ?1 AND rowid <= ?2 AND expires <= ?3")
            )
        }
    }

    extension SQLiteDatabase {
        /// Removes rows that are over, a thousand at a time: looked for by a connection that reads, and removed where
        /// there are some.
        ///
        /// - Parameters:
        ///   - now: in the unit of the table.
        ///   - count: by the row before those that are looked at and the time: the last of them, and how many are over.
        ///   - remove: by the row before the first, the last row and the time.
        /// - Returns: how many they were.
        nonisolated(nonsending) func removeExpired(
            at now: Int64, count: SQLiteQuery, remove: SQLiteQuery
        ) async throws -> Int {
            var removed = 0
            var start = Int64.min
            while true {
                try Task.checkCancellation()
                let found: (last: Int64, expired: Int64)? = try await read { [start] connection in
                    try connection.run(count) { row in
                        try row.bind(start, at: 1)
                        try row.bind(now, at: 2)
                        guard try row.step(), let last = row.integer(at: 0) else { return nil }
                        return (last, row.integer(at: 1) ?? 0)
                    }
                }
                guard let found else { return removed }
                if found.expired > 0 {
                    removed += try await write { [start] connection in
                        try connection.run(remove) { row in
                            try row.bind(start, at: 1)
                            try row.bind(found.last, at: 2)
                            try row.bind(now, at: 3)
                            _ = try row.step()
                            return connection.changes
                        }
                    }
                }
                start = found.last
            }
        }
    }
#endif
