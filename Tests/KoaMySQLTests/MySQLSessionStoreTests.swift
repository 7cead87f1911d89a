#if MySQL
    import KoaMySQL
    import StoreChecks
    import Testing

    @Suite(.enabled(if: MySQLServer.address != nil))
    struct MySQLSessionStoreTests {
        @Test(arguments: StoreCheck.all)
        func holds(_ check: StoreCheck) async throws {
            let store = MySQLSessionStore(MySQLServer.options)
            try await check.run(StoreUnderTest(store))
            await store.shutDown()
        }
    }
#endif
