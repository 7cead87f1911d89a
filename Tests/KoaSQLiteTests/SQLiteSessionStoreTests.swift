#if SQLite
    import KoaSQLite
    import StoreChecks
    import Testing

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    @Suite struct SQLiteSessionStoreTests {
        @Test(arguments: StoreCheck.all) func holdsInMemory(_ check: StoreCheck) async throws {
            try await check.run(StoreUnderTest(SQLiteSessionStore(path: ":memory:")))
        }

        @Test(arguments: StoreCheck.all) func holdsInAFile(_ check: StoreCheck) async throws {
            try await withFolder { folder in
                try await check.run(StoreUnderTest(SQLiteSessionStore(path: folder + "/sessions.db")))
            }
        }
    }

    func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = "/tmp/koa-sqlite-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }
#endif
