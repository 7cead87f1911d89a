#if SQLite
    import CKoaSQLite

    /// A prepared statement of one connection, on that connection's thread.
    package final class SQLiteStatement {
        private let handle: OpaquePointer
        private unowned let connection: SQLiteConnection
        /// Keeps the identity, by which the connection knows it, from being used again.
        private let query: SQLiteQuery

        init(_ query: SQLiteQuery, on connection: SQLiteConnection, _ database: OpaquePointer) throws(SQLiteError) {
            var handle: OpaquePointer?
            var sql = query.sql
            let result = sql.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    sqlite3_prepare_v3(
                        database, characters.baseAddress, Int32(clamping: characters.count),
                        UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
                }
            }
            guard result == SQLITE_OK, let handle else { throw connection.error(result) }
            self.handle = handle
            self.connection = connection
            self.query = query
        }

        deinit {
            sqlite3_finalize(handle)
        }

        /// Ends a run: locks are given back, and values dropped.
        func reset() {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }

        /// Goes on to the next row.
        ///
        /// - Returns: whether there is one.
        package func step() throws(SQLiteError) -> Bool {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: return true
            case SQLITE_DONE: return false
            case let result: throw connection.error(result)
            }
        }

        // MARK: Values

        /// Sets a parameter, counted from 1.
        package func bind(_ value: Int64, at index: Int32) throws(SQLiteError) {
            try check(sqlite3_bind_int64(handle, index, value))
        }

        /// Sets a parameter, counted from 1.
        package func bind(_ value: Double, at index: Int32) throws(SQLiteError) {
            try check(sqlite3_bind_double(handle, index, value))
        }

        /// Sets a parameter, counted from 1, to a copy of a text.
        package func bind(_ value: String, at index: Int32) throws(SQLiteError) {
            var value = value
            try check(
                value.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { characters in
                        koa_sqlite_bind_text(handle, index, characters.baseAddress, UInt64(characters.count))
                    }
                })
        }

        /// Sets a parameter, counted from 1, to a copy of bytes.
        package func bind(_ value: UnsafeRawBufferPointer, at index: Int32) throws(SQLiteError) {
            try check(koa_sqlite_bind_blob(handle, index, value.baseAddress, UInt64(value.count)))
        }

        /// Sets a parameter, counted from 1, to NULL.
        package func bindNull(at index: Int32) throws(SQLiteError) {
            try check(sqlite3_bind_null(handle, index))
        }

        private func check(_ result: Int32) throws(SQLiteError) {
            guard result == SQLITE_OK else { throw connection.error(result) }
        }

        // MARK: Columns

        /// A column of the row, counted from 0; nil unless it is an integer.
        package func integer(at column: Int32) -> Int64? {
            sqlite3_column_type(handle, column) == SQLITE_INTEGER ? sqlite3_column_int64(handle, column) : nil
        }

        /// A column of the row, counted from 0; nil unless it is a number.
        package func double(at column: Int32) -> Double? {
            switch sqlite3_column_type(handle, column) {
            case SQLITE_INTEGER, SQLITE_FLOAT: sqlite3_column_double(handle, column)
            default: nil
            }
        }

        /// A column of the row, counted from 0; nil unless it is a text. What is no UTF-8 is mended.
        package func text(at column: Int32) -> String? {
            guard sqlite3_column_type(handle, column) == SQLITE_TEXT else { return nil }
            return withBytes(at: column) { String(decoding: $0, as: UTF8.self) }
        }

        /// The bytes of a text or blob, counted from 0, which are valid within the closure; none for other columns.
        package func withBytes<Result, Failure: Error>(
            at column: Int32, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            switch sqlite3_column_type(handle, column) {
            case SQLITE_TEXT, SQLITE_BLOB:
                let start = sqlite3_column_blob(handle, column)
                let count = Int(sqlite3_column_bytes(handle, column))
                return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
            default:
                return try body(UnsafeRawBufferPointer(start: nil, count: 0))
            }
        }
    }
#endif
