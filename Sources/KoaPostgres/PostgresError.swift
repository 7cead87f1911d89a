/// What a PostgreSQL server or its client library refuses.
package struct PostgresError: Error, CustomStringConvertible {
    /// The five letters and digits of the error, as in PostgreSQL's reference.
    package let state: String
    /// What it says.
    package let message: String

    package var description: String { "PostgreSQL's error \(state): \(message)" }

    /// Whether the connection is of no more use.
    var breaksConnection: Bool {
        // Lost; shut down; read-only: after a failover the name stands for another server.
        state.hasPrefix("08") || state.hasPrefix("57P") || state == "25006"
    }

    /// Whether the server gave it up because of others, and nothing was changed.
    var isTransient: Bool { state == "40P01" || state == "40001" }

    static func lost(_ message: String) -> PostgresError { PostgresError(state: "08006", message: message) }

    static let undefinedTable = "42P01"
    static let untranslatable = "22P05"
    /// What creating a table says that another has just created.
    static let existing: Set<String> = ["23505", "42P07", "42710"]
}
