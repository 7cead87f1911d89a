/// The statements of a table of sessions.
struct SessionStatements: Sendable {
    let create, load, replace, insert, removeOver, update, touch, destroy, findExpired, removeExpired: String

    /// - Parameter table: its name, with the database's before a dot if it is in another one.
    init(table: String) {
        let name = table.split(separator: ".", omittingEmptySubsequences: false).map { part in
            "`" + part.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
        }.joined(separator: ".")
        // Case and trailing spaces count, also where the column's collation ignores them; the first comparison finds the row
        // by its key.
        let isID = "id = ? AND CAST(CONVERT(id USING utf8mb4) AS BINARY) = ?"
        // The key is of bytes, since texts are compared without their trailing spaces.
        create = """
            CREATE TABLE IF NOT EXISTS \(name) (id VARBINARY(255) NOT NULL PRIMARY KEY, expires BIGINT, data MEDIUMTEXT, \
            KEY expires (expires)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
            """
        load = "SELECT data, expires FROM \(name) WHERE \(isID) AND expires > ?"
        // The key too is replaced, where it was another's in the eyes of the column's collation.
        replace = """
            INSERT INTO \(name) (id, expires, data) VALUES (?, ?, ?) \
            ON DUPLICATE KEY UPDATE id = VALUES(id), expires = VALUES(expires), data = VALUES(data)
            """
        insert = "INSERT INTO \(name) (id, expires, data) VALUES (?, ?, ?)"
        removeOver = "DELETE FROM \(name) WHERE id = ? AND (expires <= ? OR expires IS NULL)"
        update = """
            UPDATE \(name) SET expires = ?, data = ? WHERE \(isID) AND expires > ? \
            AND CAST(CONVERT(data USING utf8mb4) AS BINARY) = ?
            """
        touch = "UPDATE \(name) SET expires = ? WHERE \(isID) AND expires > ?"
        destroy = "DELETE FROM \(name) WHERE \(isID)"
        // Two steps: deleting by the time alone locks all rows where it has no index, and else the space between them.
        findExpired = "SELECT id FROM \(name) WHERE expires <= ? LIMIT 500"
        removeExpired = "DELETE FROM \(name) WHERE id = ? AND expires <= ?"
    }
}
