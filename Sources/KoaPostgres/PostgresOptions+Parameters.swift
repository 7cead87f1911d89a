#if PostgreSQL
    import CKoaPostgres
    import Koa

    extension PostgresOptions {
        /// The timeout as PostgreSQL's settings take it, in which 0 is none.
        var timeoutMilliseconds: Int32 { max(Int32(clamping: timeout.saturatedMilliseconds), 1) }

        /// libpq's names for them.
        var parameters: [(name: String, value: String)] {
            var parameters = [
                ("host", host), ("port", "\(port)"), ("user", user), ("password", password), ("dbname", database),
                ("client_encoding", "UTF8"), ("application_name", "koa"), ("gssencmode", "disable"),
                ("tcp_user_timeout", "\(timeoutMilliseconds)"),
            ]
            switch tls {
            case .off:
                parameters.append(("sslmode", "disable"))
            case .unverified:
                parameters.append(("sslmode", "require"))
            case .verified(let authorities):
                parameters.append(("sslmode", "verify-full"))
                if let authorities = authorities ?? (PQlibVersion() >= 160_000 ? "system" : nil) {
                    parameters.append(("sslrootcert", authorities))
                }
            }
            return parameters
        }
    }

    /// Calls with an array of C strings that ends with NULL.
    func withCStrings<Value>(
        _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) throws -> Value
    ) rethrows -> Value {
        var bytes: [CChar] = []
        var offsets: [Int] = []
        for string in strings {
            offsets.append(bytes.count)
            bytes += string.utf8CString
        }
        return try bytes.withUnsafeBufferPointer { buffer in
            let pointers = offsets.map { buffer.baseAddress?.advanced(by: $0) } + [nil]
            return try pointers.withUnsafeBufferPointer { pointers in
                guard let base = pointers.baseAddress else { preconditionFailure("it has the NULL at its end") }
                return try body(base)
            }
        }
    }
#endif
