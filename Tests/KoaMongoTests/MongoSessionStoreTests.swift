#if MongoDB
    import KoaMongo
    import KoaSession
    import StoreChecks
    import Testing

    @Suite(.enabled(if: MongoServer.isThere, "scripts/lib/databases/mongo.sh hasn't started a server"))
    struct MongoSessionStoreTests {
        @Test(arguments: StoreCheck.all) func holds(_ check: StoreCheck) async throws {
            try await MongoServer.withStore { store in try await check.run(StoreUnderTest(store)) }
        }
    }
#endif
