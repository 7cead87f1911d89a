#if SQLite
    import KoaMiddleware

    /// The statements of a ``SQLiteRateLimitStore``.
    struct SQLiteRateLimitQueries: Sendable {
        private let make: String
        private let load: SQLiteQuery
        private let save: SQLiteQuery
        /// As of ``SQLiteSessionQueries``.
        let countExpired: SQLiteQuery
        let removeExpired: SQLiteQuery

        init(_ table: String) {
            let table = table.sqlName
            make = """
                CREATE TABLE IF NOT EXISTS \(table) (id text PRIMARY KEY NOT NULL, expires integer NOT NULL, \
                start real NOT NULL, current integer NOT NULL, previous integer NOT NULL)
                """
            load = SQLiteQuery("SELECT start, current, previous FROM \(table) WHERE id = ?1")
            save = SQLiteQuery(
                """
                INSERT INTO \(table) (id, expires, start, current, previous) VALUES (?1, ?2, ?3, ?4, ?5) \
                ON CONFLICT (id) DO UPDATE SET expires = excluded.expires, start = excluded.start, \
                current = excluded.current, previous = excluded.previous
                """)
            (countExpired, removeExpired) = SQLiteQuery.cleanup(of: table)
        }

        /// Makes the table, and tries each statement on it: one of other columns is found now.
        func setUp(_ connection: SQLiteConnection) throws {
            try connection.execute(make)
            for query in [load, save, countExpired, removeExpired] { try connection.prepare(query) }
        }

        /// The window of a key; nil when there is none, or what is there is none.
        func window(_ id: String, _ connection: SQLiteConnection) throws -> SlidingWindow? {
            try connection.run(load) { row in
                try row.bind(id, at: 1)
                guard try row.step(), let start = row.double(at: 0), start.isFinite, let current = row.integer(at: 1),
                    let previous = row.integer(at: 2), Self.counts.contains(current), Self.counts.contains(previous)
                else { return nil }
                return SlidingWindow(start: start, current: Int(current), previous: Int(previous))
            }
        }

        private static let counts: ClosedRange<Int64> = 0...(1 << 40)

        /// Puts a window in the place of that before it.
        func save(
            _ window: SlidingWindow, _ id: String, _ policy: RateLimitPolicy, _ connection: SQLiteConnection
        ) throws {
            // By then the window that runs has become the one before, and that has ended.
            let end = (window.start + 2 * policy.window.seconds) * 1000
            try connection.run(save) { row in
                try row.bind(id, at: 1)
                try row.bind(Int64(min(end.rounded(.up), 1e15)), at: 2)
                try row.bind(window.start, at: 3)
                try row.bind(Int64(window.current), at: 4)
                try row.bind(Int64(window.previous), at: 5)
                _ = try row.step()
            }
        }
    }
#endif
