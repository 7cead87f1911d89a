#if PostgreSQL
    import KoaPostgres
    import StoreChecks
    import Testing

    @Suite(.enabled(if: PostgresServer.address != nil))
    struct PostgresSessionStoreTests {
        @Test(arguments: StoreCheck.all)
        func holds(_ check: StoreCheck) async throws {
            let store = PostgresSessionStore(PostgresServer.options)
            try await check.run(StoreUnderTest(store))
            await store.shutDown()
        }
    }
#endif
