#if Redis
    import Foundation

    @testable import KoaRedis

    /// The Redis of the tests: `KOA_TEST_REDIS` is its `host:port`, `KOA_TEST_REDIS_SOCKET` the path of its Unix socket.
    enum TestRedis {
        static let place: (host: String, port: Int)? = {
            let parts = ProcessInfo.processInfo.environment["KOA_TEST_REDIS"]?.split(separator: ":") ?? []
            guard parts.count == 2, let port = Int(parts[1]) else { return nil }
            return (String(parts[0]), port)
        }()

        static let socketPath = ProcessInfo.processInfo.environment["KOA_TEST_REDIS_SOCKET"]

        static var isThere: Bool { place != nil }

        static var options: RedisOptions {
            RedisOptions(host: place?.host ?? "127.0.0.1", port: place?.port ?? 6379)
        }

        /// One that the tests share.
        static let client = RedisClient(options)

        /// A key that no other test has.
        static func key(_ name: String = "test") -> String { "\(name)-\(UUID().uuidString)" }

        /// What Redis' own client prints.
        static func cli(_ arguments: String...) async throws -> String {
            let process = Process()
            let output = Pipe()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["redis-cli", "-h", options.host, "-p", "\(options.port)"] + arguments
            process.standardOutput = output
            process.standardError = output
            return try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread {
                    do {
                        try process.run()
                        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                        process.waitUntilExit()
                        continuation.resume(returning: text.trimmingCharacters(in: .newlines))
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
            }
        }
    }
#endif
