/// The statements of a table of sessions.
struct SessionStatements: Sendable {
    let create: [String]
    let load, replace, insert, update, touch, destroy, removeExpired: String

    /// - Parameter table: its name, with the schema's before a dot if it isn't in the search path.
    init(table: String) {
        func quoted(_ name: some StringProtocol) -> String {
            "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }
        let parts = table.split(separator: ".", omittingEmptySubsequences: false)
        let name = parts.map { quoted($0) }.joined(separator: ".")
        create = [
            """
            CREATE TABLE IF NOT EXISTS \(name) (id text COLLATE "C" PRIMARY KEY, expires bigint NOT NULL, \
            data text NOT NULL, version bigint NOT NULL)
            """,
            "CREATE INDEX IF NOT EXISTS \(quoted("\(parts.last ?? "")_expires")) ON \(name) (expires)",
        ]
        load = "SELECT data, expires, version FROM \(name) WHERE id = $1 AND expires > $2"
        replace = """
            INSERT INTO \(name) AS old (id, expires, data, version) VALUES ($1, $2, $3, $4) ON CONFLICT (id) \
            DO UPDATE SET expires = excluded.expires, data = excluded.data, version = excluded.version
            """
        insert = "\(replace) WHERE old.expires <= $5"
        update = """
            UPDATE \(name) SET expires = $2, data = $3, version = $4 WHERE id = $1 AND expires > $5 AND version = $6
            """
        touch = "UPDATE \(name) SET expires = $2 WHERE id = $1 AND expires > $3"
        destroy = "DELETE FROM \(name) WHERE id = $1"
        // In portions, and around what others are about to save.
        removeExpired = """
            DELETE FROM \(name) WHERE id IN \
            (SELECT id FROM \(name) WHERE expires <= $1 LIMIT 1000 FOR UPDATE SKIP LOCKED)
            """
    }
}
