#if MySQL
    import DatabaseTesting
    import KoaMySQL
    import KoaSession
    import Testing

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    @Suite(.enabled(if: MySQLServer.isThere))
    struct MySQLConnectionTests {
        /// The first column of the first row, as text.
        private func first(_ options: MySQLOptions, _ sql: String, _ values: [MySQLValue] = []) async throws -> String?
        {
            let database = MySQLDatabase(options)
            let row = try await database.run(retrying: true) { try $0.run(sql, values).rows[0] }
            await database.shutDown()
            return row[0].map { String(decoding: $0, as: UTF8.self) }
        }

        private func cipher(_ tls: MySQLOptions.TLS, host: String = "127.0.0.1") async throws -> String? {
            var options = MySQLServer.options
            (options.host, options.tls) = (host, tls)
            return try await first(
                options,
                "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'Ssl_cipher'")
        }

        @Test(arguments: [
            MySQLValue.integer(.min), .integer(.max), .integer(0), .text(""), .text("it's \"\\ % \u{0} 🐉"),
            .text(String(repeating: "é", count: 100_000)),
        ])
        func aValueComesBackAsItIs(_ value: MySQLValue) async throws {
            let text =
                switch value {
                case .integer(let integer): "\(integer)"
                case .text(let text): text
                }
            #expect(try await first(MySQLServer.options, "SELECT ?", [value]) == text)
        }

        @Test func nullAndSeveralRowsAreTold() async throws {
            let database = MySQLDatabase(MySQLServer.options)
            let rows = try await database.run(retrying: true) {
                try $0.run("SELECT 1, NULL, '' UNION ALL SELECT 2, 'b', NULL").rows
            }
            #expect(rows == [[Array("1".utf8), nil, []], [Array("2".utf8), Array("b".utf8), nil]])
            await database.shutDown()
        }

        @Test func moreStatementsThanAreKeptAreExecuted() async throws {
            let database = MySQLDatabase(MySQLServer.options)
            let sum = try await database.run(retrying: true) { connection in
                try (1...450).reduce(0) { sum, number in
                    let rows = try connection.run("SELECT \(number % 225)").rows
                    return sum + (rows[0][0].flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0)
                }
            }
            #expect(sum == 225 * 224)
            await database.shutDown()
        }

        @Test func itIsStrictWhateverTheServerIs() async throws {
            #expect(try await first(MySQLServer.options, "SELECT @@sql_mode")?.contains("STRICT_ALL_TABLES") == true)
            #expect(try await first(MySQLServer.options, "SELECT @@character_set_client") == "utf8mb4")
        }

        @Test func theServersSocketIsUsed() async throws {
            var options = MySQLServer.options
            (options.host, options.port, options.socketPath) = ("unused.invalid", 1, MySQLServer.socketPath)
            #expect(try await first(options, "SELECT USER()") == "koa@localhost")
        }

        @Test(arguments: [-1, 0, 65_536, 1 << 32 + 3306, Int.min, Int.max])
        func whatIsNoPortIsRefused(_ port: Int) async throws {
            var options = MySQLServer.options
            options.port = port
            let error = await sessionError { try await first(options, "SELECT 1") }
            #expect(error?.code == .storeUnavailable)
            #expect(error?.message.contains("\(port) is no port") == true)
        }

        /// 12,884,902 s are 112 ms in the 32 bits of the library.
        @Test(arguments: [Duration.seconds(12_884_902), .seconds(Int64.max) + .milliseconds(1)])
        func timesOfAnyLengthAreWaited(_ time: Duration) async throws {
            var options = MySQLServer.options
            (options.timeout, options.connectTimeout) = (time, time)
            #expect(try await first(options, "SELECT SLEEP(0.5)") == "0")
        }

        @Test func aTimeThatIsOverFailsAtOnce() async throws {
            var options = MySQLServer.options
            (options.timeout, options.connectTimeout) = (.seconds(Int64.min), .seconds(Int64.min))
            #expect(await sessionError { try await first(options, "SELECT 1") }?.code == .storeUnavailable)
        }

        @Test func withoutTLSNothingIsEncrypted() async throws {
            #expect(try await cipher(.off) == "")
        }

        @Test(arguments: [MySQLOptions.TLS.unverified, .verified(authorities: MySQLServer.authorities)])
        func withTLSTheConnectionIsEncrypted(_ tls: MySQLOptions.TLS) async throws {
            #expect(try await cipher(tls)?.isEmpty == false)
        }

        @Test func aCertificateOfAnUnknownAuthorityIsRefused() async throws {
            await #expect(throws: MySQLError.self) { try await cipher(.verified()) }
        }

        @Test func aCertificateOfAnotherNameIsRefused() async throws {
            await #expect(throws: MySQLError.self) {
                try await cipher(.verified(authorities: MySQLServer.authorities), host: "localhost")
            }
        }

        @Test func descriptionsDontTellThePassword() {
            let options = MySQLServer.options
            #expect("\(options)" == "koa@127.0.0.1:\(options.port)/koa")
        }
    }
#endif
