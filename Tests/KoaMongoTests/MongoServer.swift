#if MongoDB
    import Foundation
    import KoaMongo
    import Testing

    /// The server that `start_mongo` of scripts/lib/databases/mongo.sh has started.
    enum MongoServer {
        /// Its connection string.
        static let url = ProcessInfo.processInfo.environment["KOA_TEST_MONGO"] ?? ""
        static var isThere: Bool { !url.isEmpty }
        static var port: Int { url.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

        /// Options for a collection that no other test uses.
        static func options(port: Int = port) -> MongoOptions {
            MongoOptions("mongodb://127.0.0.1:\(port)", collection: "sessions-" + UUID().uuidString)
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

        /// Runs Python with pymongo, MongoDB's own driver: `c` is the options' collection, `at(n)` the moment n seconds from
        /// `now`.
        ///
        /// - Returns: what it has printed.
        @discardableResult
        static func python(_ options: MongoOptions, now: Date = Date(), _ code: String) throws -> String {
            let prelude = """
                import bson, datetime, json, pymongo, re, sys
                from bson.int64 import Int64
                c = pymongo.MongoClient(sys.argv[1])[sys.argv[2]][sys.argv[3]]
                def at(seconds):
                    return datetime.datetime.fromtimestamp(float(sys.argv[4]) + seconds, datetime.timezone.utc)
                def milliseconds(date):
                    return round(date.replace(tzinfo=datetime.timezone.utc).timestamp() * 1000)

                """
            let process = Process()
            let output = Pipe()
            process.executableURL = URL(
                fileURLWithPath: ProcessInfo.processInfo.environment["KOA_TEST_MONGO_PYTHON"] ?? "/usr/bin/python3")
            process.arguments = [
                "-c", prelude + code, options.url, options.database, options.collection, "\(now.timeIntervalSince1970)",
            ]
            process.standardOutput = output
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            try #require(process.terminationStatus == 0, "pymongo has failed")
            return text.trimmingCharacters(in: .newlines)
        }
    }
#endif
