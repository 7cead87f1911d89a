/// A value that a statement is given in place of `$1` and so on.
package enum PostgresValue: Sendable, Hashable {
    case integer(Int64)
    case text(String)
}

/// What a statement answers.
package struct PostgresResult: Sendable, Hashable {
    /// The rows, each column as the bytes of its text in UTF-8; nil for NULL.
    package var rows: [[[UInt8]?]] = []
    /// How many rows were inserted, updated or deleted.
    package var affected = 0
}
