/// A value that a statement is given in place of a `?`.
package enum MySQLValue: Sendable, Hashable {
    case integer(Int64)
    case text(String)
}

/// What a statement answers.
package struct MySQLResult: Sendable, Hashable {
    /// The rows, each column as the bytes of its text in UTF-8; nil for NULL.
    package var rows: [[[UInt8]?]] = []
    /// How many rows an UPDATE found, or an INSERT or DELETE changed.
    package var affected = 0
}
