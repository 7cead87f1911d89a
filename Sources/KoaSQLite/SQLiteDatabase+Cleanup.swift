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
                    SELECT max(id), sum(expires <= ?2) FROM \
                    (SELECT id, expires FROM \(table) WHERE id > ?1 ORDER BY id LIMIT \(rowsTogether))
                    """),
                remove: SQLiteQuery("DELETE FROM \(table) WHERE id > ?1 AND id <= ?2 AND expires <= ?3")
            )
        }
    }

    extension SQLiteDatabase {
        /// Removes rows that are over, a thousand at a time: looked for by a connection that reads, and removed where
        /// there are some.
        ///
        /// - Parameters:
        ///   - now: in the unit of the table.
        ///   - count: by the id before those that are looked at and the time: the last of them, and how many are over.
        ///   - remove: by the id before the first, the last id and the time.
        /// - Returns: how many they were.
        nonisolated(nonsending) func removeExpired(
            at now: Int64, count: SQLiteQuery, remove: SQLiteQuery
        ) async throws -> Int {
            var removed = 0
            // Ids as bytes: those of a damaged file may be no text.
            var start: [UInt8] = []
            while true {
                let found: (last: [UInt8], expired: Int64) = try await read { [start] connection in
                    try connection.run(count) { row in
                        try row.bind(start, at: 1)
                        try row.bind(now, at: 2)
                        guard try row.step() else { return ([], 0) }
                        return (row.withBytes(at: 0) { Array($0) }, row.integer(at: 1) ?? 0)
                    }
                }
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
                // In a damaged file the order may lead back to where it was.
                guard start.lexicographicallyPrecedes(found.last) else { return removed }
                start = found.last
            }
        }
    }
#endif
