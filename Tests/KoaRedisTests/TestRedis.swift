#if Redis
    import KoaRedis

    #if canImport(FoundationEssentials)
        import FoundationEssentials
    #else
        import Foundation
    #endif

    /// The Redis of the tests: `KOA_TEST_REDIS` is its `host:port`.
    enum TestRedis {
        static let place: (host: String, port: Int)? = {
            let parts = ProcessInfo.processInfo.environment["KOA_TEST_REDIS"]?.split(separator: ":") ?? []
            guard parts.count == 2, let port = Int(parts[1]) else { return nil }
            return (String(parts[0]), port)
        }()

        static var isThere: Bool { place != nil }

        static var options: RedisOptions {
            RedisOptions(host: place?.host ?? "127.0.0.1", port: place?.port ?? 6379)
        }

        /// One that all tests share.
        static let client = RedisClient(options)
    }
#endif
