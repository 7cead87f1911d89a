import KoaSession
import StoreChecks
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite struct MemorySessionStoreTests {
    @Test(arguments: StoreCheck.all) func holds(_ check: StoreCheck) async throws {
        try await check.run(StoreUnderTest(MemorySessionStore()))
    }

    @Test(
        arguments: StoreCheck.all.filter {
            $0.description != "ids with quotes, slashes, dots and all kinds of signs are kept apart"
        })
    func holdsWhileGenerationsChange(_ check: StoreCheck) async throws {
        try await check.run(StoreUnderTest(MemorySessionStore(capacity: 4)))
    }

    @Test func aSavingThatIsRefusedLeavesTheSessionInTheOldGeneration() async throws {
        let store = MemorySessionStore(capacity: 4)
        let (now, end) = (start, start.addingTimeInterval(60))
        _ = await store.save("a", ["n": 1], until: end, if: .always, at: now)
        for id in ["b", "c"] { _ = await store.save(id, [:], until: end, if: .always, at: now) }
        #expect(await store.save("a", ["n": 2], until: end, if: .absent, at: now) == .refused)
        #expect(await store.load("a", at: now)?.content == ["n": 1])
    }

    @Test func capacity() async {
        let store = MemorySessionStore(capacity: 10)
        let now = Date(timeIntervalSince1970: 1_700_000_000)
        let end = now.addingTimeInterval(60)
        _ = await store.save("kept", ["a": 1], until: end, if: .always, at: now)
        for number in 0..<1000 {
            _ = await store.save("\(number)", [:], until: end, if: .always, at: now)
            // What is used stays.
            _ = await store.load("kept", at: now)
            #expect(store.count <= 10)
        }
        #expect(await store.load("kept", at: now)?.content == ["a": 1])
        #expect(await store.load("1", at: now) == nil)
    }

    @Test func removesWhatIsOver() async {
        let store = MemorySessionStore()
        let now = Date(timeIntervalSince1970: 1_700_000_000)
        for number in 0..<10 {
            let end = now.addingTimeInterval(Double(number))
            _ = await store.save("\(number)", [:], until: end, if: .always, at: now)
        }
        #expect(await store.removeExpired(at: now.addingTimeInterval(5)) == 6)
        #expect(store.count == 4)
    }
}
