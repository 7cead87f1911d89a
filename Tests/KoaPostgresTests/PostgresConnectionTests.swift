#if PostgreSQL
    import DatabaseTesting
    import KoaPostgres
    import KoaSession
    import Testing

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    @Suite(.enabled(if: PostgresServer.isThere))
    struct PostgresConnectionTests {
        /// The first column of the first row, as text.
        private func first(_ options: PostgresOptions, _ sql: String, _ values: [PostgresValue] = []) async throws
            -> String?
        {
            let database = PostgresDatabase(options)
            let row = try await database.run(retrying: true) { try $0.run(sql, values, until: $1).rows[0] }
            await database.shutDown()
            return row[0].map { String(decoding: $0, as: UTF8.self) }
        }

        private func cipher(_ tls: PostgresOptions.TLS, host: String = "127.0.0.1") async throws -> String? {
            var options = PostgresServer.options
            (options.host, options.tls) = (host, tls)
            return try await first(options, "SELECT cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        }

        @Test(arguments: [
            PostgresValue.integer(.min), .integer(.max), .integer(0), .text(""), .text("it's \"\\ % 🐉"),
            .text(String(repeating: "é", count: 100_000)),
        ])
        func aValueComesBackAsItIs(_ value: PostgresValue) async throws {
            let text =
                switch value {
                case .integer(let integer): "\(integer)"
                case .text(let text): text
                }
            #expect(try await first(PostgresServer.options, "SELECT $1", [value]) == text)
        }

        @Test func nullAndSeveralRowsAreTold() async throws {
            let database = PostgresDatabase(PostgresServer.options)
            let rows = try await database.run(retrying: true) {
                try $0.run("SELECT 1, NULL, '' UNION ALL SELECT 2, 'b', NULL", until: $1).rows
            }
            #expect(rows == [[Array("1".utf8), nil, []], [Array("2".utf8), Array("b".utf8), nil]])
            await database.shutDown()
        }

        @Test func aTextWithNULIsRefusedAndNotShortened() async throws {
            let database = PostgresDatabase(PostgresServer.options)
            await #expect(throws: PostgresError.self) {
                try await database.run(retrying: true) { try $0.run("SELECT $1", [.text("a\u{0}b")], until: $1) }
            }
            // And the connection goes on.
            let rows = try await database.run(retrying: false) { try $0.run("SELECT $1", [.text("a")], until: $1).rows }
            #expect(rows == [[Array("a".utf8)]])
            await database.shutDown()
        }

        @Test func aLargeValueIsSentInPieces() async throws {
            let text = String(repeating: "0123456789", count: 3_000_000)
            #expect(try await first(PostgresServer.options, "SELECT length($1)", [.text(text)]) == "30000000")
        }

        @Test func itSpeaksUTF8() async throws {
            #expect(try await first(PostgresServer.options, "SHOW client_encoding") == "UTF8")
        }

        @Test func theServersSocketIsUsed() async throws {
            var options = PostgresServer.options
            (options.host, options.user) = (PostgresServer.socketDirectory, "postgres")
            #expect(try await first(options, "SELECT inet_client_addr()") == nil)
        }

        @Test(arguments: [-1, 0, 65_536, Int.min, Int.max])
        func whatIsNoPortIsRefused(_ port: Int) async throws {
            var options = PostgresServer.options
            options.port = port
            let store = PostgresSessionStore(options)
            let error = await sessionError { try await store.load("a", at: Date()) }
            #expect(error?.code == .storeUnavailable)
            #expect((error?.cause as? PostgresError)?.message.contains("port") == true)
            await store.shutDown()
        }

        @Test(arguments: [Duration.seconds(12_884_902), .seconds(Int64.max) + .milliseconds(1)])
        func timesOfAnyLengthAreWaited(_ time: Duration) async throws {
            var options = PostgresServer.options
            (options.timeout, options.connectTimeout) = (time, time)
            #expect(try await first(options, "SELECT 1 FROM pg_sleep(0.1)") == "1")
        }

        @Test func withoutTLSNothingIsEncrypted() async throws {
            #expect(try await cipher(.off) == nil)
        }

        @Test(arguments: [PostgresOptions.TLS.unverified, .verified(authorities: PostgresServer.authorities)])
        func withTLSTheConnectionIsEncrypted(_ tls: PostgresOptions.TLS) async throws {
            #expect(try await cipher(tls)?.isEmpty == false)
        }

        @Test func aCertificateOfAnUnknownAuthorityIsRefused() async throws {
            await #expect(throws: PostgresError.self) { try await cipher(.verified()) }
        }

        @Test func aCertificateOfAnotherNameIsRefused() async throws {
            await #expect(throws: PostgresError.self) {
                try await cipher(.verified(authorities: PostgresServer.authorities), host: "localhost")
            }
        }

        @Test func descriptionsDontTellThePassword() {
            let options = PostgresServer.options
            #expect("\(options)" == "koa@127.0.0.1:\(options.port)/koa")
        }
    }
#endif
