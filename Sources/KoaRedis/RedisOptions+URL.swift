#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension RedisOptions {
    /// Reads a URL as hosters give it: `redis://user:password@host:6379/0`, or `unix:///run/redis.sock`.
    ///
    /// ```swift
    /// let redis = RedisClient(try RedisOptions(url: "redis://:s3cret@10.0.0.5/1"))
    /// ```
    ///
    /// What the URL leaves out has its default. User and password are percent-decoded.
    ///
    /// - Throws: ``RedisError`` `.invalidURL` for any other text, and for `rediss:`, since there is no TLS.
    public init(url: String) throws {
        // Its text isn't in the message: it has the password.
        let invalid = RedisError(
            .invalidURL,
            "The URL isn't one of Redis: write redis://user:password@host:6379/0 or unix:///run/redis.sock.")
        guard let parts = URLComponents(string: url), parts.query == nil, parts.fragment == nil else {
            throw invalid
        }
        switch parts.scheme?.lowercased() {
        case "redis":
            guard var host = parts.host, !host.isEmpty else { throw invalid }
            if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
            self.init(host: host, port: parts.port ?? 6379)
            let path = parts.path.drop { $0 == "/" }
            if !path.isEmpty {
                guard let number = Int(path), number >= 0 else { throw invalid }
                database = number
            }
        case "unix":
            guard parts.path.hasPrefix("/"), parts.host?.isEmpty ?? true else { throw invalid }
            self.init(socketPath: parts.path)
        case "rediss":
            throw RedisError(
                .invalidURL,
                "There is no TLS to Redis: use redis: over a private network, a Unix socket or a tunnel.")
        default: throw invalid
        }
        user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
        password = parts.password.flatMap { $0.isEmpty ? nil : $0 }
    }
}
