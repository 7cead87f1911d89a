#if MySQL
    import CKoaMySQL

    extension MySQLOptions {
        /// Tells a connection before it connects.
        func apply(to connection: UnsafeMutablePointer<MYSQL>, connecting connectTimeout: Duration) {
            func set(_ option: mysql_option, _ value: UInt32) {
                var value = value
                mysql_options(connection, option, &value)
            }
            func set(_ option: mysql_option, on value: Bool) {
                var value: my_bool = value ? 1 : 0
                mysql_options(connection, option, &value)
            }
            set(MYSQL_OPT_CONNECT_TIMEOUT, connectTimeout.wholeSeconds)
            set(MYSQL_OPT_READ_TIMEOUT, timeout.wholeSeconds)
            set(MYSQL_OPT_WRITE_TIMEOUT, timeout.wholeSeconds)
            // `localhost` is a host: a socket has to be asked for.
            let kind = socketPath == nil ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET
            set(MYSQL_OPT_PROTOCOL, kind.rawValue)
            mysql_options(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4")
            // A server may otherwise ask for any file of this machine, and for the password in the clear.
            set(MYSQL_OPT_LOCAL_INFILE, 0)
            mysql_options(
                connection, MARIADB_OPT_RESTRICTED_AUTH,
                "mysql_native_password,caching_sha2_password,sha256_password,client_ed25519")
            switch tls {
            case .off:
                break
            case .unverified:
                set(MYSQL_OPT_SSL_ENFORCE, on: true)
                set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, on: false)
            case .verified(let authorities):
                set(MYSQL_OPT_SSL_ENFORCE, on: true)
                set(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, on: true)
                if let authorities { mysql_options(connection, MYSQL_OPT_SSL_CA, authorities) }
            }
        }
    }

    extension Duration {
        /// In seconds, rounded up: the library knows no smaller unit, and 0 stands for ever. Three weeks at most: it counts in
        /// milliseconds of 32 bits.
        var wholeSeconds: UInt32 {
            let (seconds, rest) = min(max(self, .zero), .seconds(2_000_000)).components
            return UInt32(clamping: max(seconds + (rest > 0 ? 1 : 0), 1))
        }
    }
#endif
