#if MySQL
    import CKoaMySQL

    /// A statement that a connection has prepared.
    final class MySQLStatement {
        private let statement: UnsafeMutablePointer<MYSQL_STMT>

        init(_ sql: String, on connection: UnsafeMutablePointer<MYSQL>) throws {
            guard let statement = mysql_stmt_init(connection) else { throw MySQLError(connection) }
            self.statement = statement
            var sql = sql
            guard sql.withUTF8({ mysql_stmt_prepare(statement, $0.baseAddress, UInt($0.count)) }) == 0 else {
                throw error
            }
        }

        deinit { mysql_stmt_close(statement) }

        private var error: MySQLError {
            MySQLError(
                code: Int(mysql_stmt_errno(statement)),
                message: mysql_stmt_error(statement).map { String(cString: $0) } ?? "unknown")
        }

        /// Executes it.
        func execute(_ values: [MySQLValue]) throws -> MySQLResult {
            precondition(mysql_stmt_param_count(statement) == values.count, "as many values as there are `?`")
            let parameters = MySQLParameters(values)
            try withExtendedLifetime(parameters) {
                var bindings = parameters.bindings
                guard mysql_stmt_bind_param(statement, &bindings) == 0, mysql_stmt_execute(statement) == 0 else {
                    throw error
                }
            }
            let columns = Int(mysql_stmt_field_count(statement))
            guard columns > 0 else { return MySQLResult(affected: Int(clamping: mysql_stmt_affected_rows(statement))) }
            defer { mysql_stmt_free_result(statement) }
            return try MySQLResult(rows: rows(columns))
        }

        private func rows(_ columns: Int) throws -> [[[UInt8]?]] {
            // Bound to no space, so that fetching tells how much each column needs.
            let lengths = UnsafeMutablePointer<UInt>.allocate(capacity: columns)
            let nulls = UnsafeMutablePointer<my_bool>.allocate(capacity: columns)
            lengths.initialize(repeating: 0, count: columns)
            nulls.initialize(repeating: 0, count: columns)
            defer {
                lengths.deallocate()
                nulls.deallocate()
            }
            var bindings = (0..<columns).map { column in
                var binding = MYSQL_BIND()
                binding.buffer_type = MYSQL_TYPE_STRING
                binding.length = lengths + column
                binding.is_null = nulls + column
                return binding
            }
            guard mysql_stmt_bind_result(statement, &bindings) == 0, mysql_stmt_store_result(statement) == 0 else {
                throw error
            }
            var rows: [[[UInt8]?]] = []
            while true {
                switch mysql_stmt_fetch(statement) {
                case 0, MYSQL_DATA_TRUNCATED:
                    rows.append(
                        try (0..<columns).map { try nulls[$0] != 0 ? nil : column($0, length: Int(lengths[$0])) })
                case MYSQL_NO_DATA:
                    return rows
                default:
                    throw error
                }
            }
        }

        private func column(_ number: Int, length: Int) throws -> [UInt8] {
            try [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
                var (needed, isNull): (UInt, my_bool) = (0, 0)
                try withUnsafeMutablePointer(to: &needed) { needed in
                    try withUnsafeMutablePointer(to: &isNull) { isNull in
                        var binding = MYSQL_BIND()
                        binding.buffer_type = MYSQL_TYPE_STRING
                        binding.buffer = UnsafeMutableRawPointer(buffer.baseAddress)
                        binding.buffer_length = UInt(length)
                        binding.length = needed
                        binding.is_null = isNull
                        guard mysql_stmt_fetch_column(statement, &binding, UInt32(number), 0) == 0 else { throw error }
                    }
                }
                count = length
            }
        }
    }

    extension MySQLError {
        /// What a connection says that has just failed.
        init(_ connection: UnsafeMutablePointer<MYSQL>) {
            self.init(
                code: Int(mysql_errno(connection)),
                message: mysql_error(connection).map { String(cString: $0) } ?? "unknown")
        }
    }
#endif
