#if SQLite
    /// The statements of a ``SQLiteSessionStore``.
    struct SQLiteSessionQueries: Sendable {
        private let make: String
        /// By id and the present time.
        let load: SQLiteQuery
        /// By id, end, data and version.
        let save: SQLiteQuery
        /// By id, end, data, version and the present time.
        let create: SQLiteQuery
        /// By id, end, data, version, the present time and the version that is replaced.
        let replace: SQLiteQuery
        /// By id, end and the present time.
        let touch: SQLiteQuery
        /// By id.
        let destroy: SQLiteQuery
        /// By the row before those that are looked at and the present time: the last of them, and how many are over.
        let countExpired: SQLiteQuery
        /// By the row before the first, the last row and the present time.
        let removeExpired: SQLiteQuery

        init(_ table: String) {
            let table = table.sqlName
            make = """
                CREATE TABLE IF NOT EXISTS \(table) (id text PRIMARY KEY NOT NULL, expires integer NOT NULL, \
                data text NOT NULL, version integer NOT NULL)
                """
            // What is no number of this store's counts as over.
            let isOver = "(typeof(old.expires) <> 'integer' OR old.expires <= ?5)"
            let insert = "INSERT INTO \(table) AS old (id, expires, data, version) VALUES (?1, ?2, ?3, ?4)"
            let update = "SET expires = excluded.expires, data = excluded.data, version = excluded.version"
            load = SQLiteQuery("SELECT expires, version, data FROM \(table) WHERE id = ?1 AND expires > ?2")
            save = SQLiteQuery("\(insert) ON CONFLICT (id) DO UPDATE \(update)")
            create = SQLiteQuery(
                "\(insert) ON CONFLICT (id) DO UPDATE \(update) WHERE \(isOver)")
            replace = SQLiteQuery(
                """
                UPDATE \(table) SET expires = ?2, data = ?3, version = ?4 WHERE id = ?1 AND version = ?6 AND expires > ?5
                """)
            touch = SQLiteQuery("UPDATE \(table) SET expires = ?2 WHERE id = ?1 AND expires > ?3")
            destroy = SQLiteQuery("DELETE FROM \(table) WHERE id = ?1")
            (countExpired, removeExpired) = SQLiteQuery.cleanup(of: table)
        }

        /// Makes the table, and tries each statement on it: one of other columns is found now.
        func setUp(_ connection: SQLiteConnection) throws {
            try connection.execute(make)
            for query in [load, save, create, replace, touch, destroy, countExpired, removeExpired] {
                try connection.prepare(query)
            }
        }
    }
#endif
