#if MongoDB
    import Foundation
    import KoaMongo

    /// The server that `start_mongo` of scripts/lib/databases/mongo.sh has started.
    enum MongoServer {
        /// Its connection string.
        static let url = ProcessInfo.processInfo.environment["KOA_TEST_MONGO"] ?? ""
        static var isThere: Bool { !url.isEmpty }

        /// Options for a collection that no other test uses.
        static func options() -> MongoOptions {
            MongoOptions(url, collection: "sessions-" + UUID().uuidString)
        }

        /// Hands over a store on a collection of its own, and shuts it down.
        static func withStore<Result>(
            _ options: MongoOptions = options(), _ body: (MongoSessionStore) async throws -> Result
        ) async throws -> Result {
            let store = try MongoSessionStore(options)
            do {
                let result = try await body(store)
                await store.shutDown()
                return result
            } catch {
                await store.shutDown()
                throw error
            }
        }
    }
#endif
