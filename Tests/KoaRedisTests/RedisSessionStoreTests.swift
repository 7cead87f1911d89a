#if Redis
    import KoaRedis
    import StoreChecks
    import Testing

    @Suite(.enabled(if: TestRedis.isThere)) struct RedisSessionStoreTests {
        @Test(arguments: StoreCheck.all) func holds(_ check: StoreCheck) async throws {
            try await check.run(StoreUnderTest(RedisSessionStore(TestRedis.client)))
        }
    }
#endif
