/// The hosts whose requests a router takes: one, several, or those that a regular expression finds.
///
/// ```swift
/// Router(host: "api.example.com")
/// Router(host: ["a.example.com", "b.example.com:8080"])
/// Router(host: .matching(/.+\.example\.com/))
/// ```
///
/// Compared with ``Koa/Request/host``, which has the port. A request without a host is never taken.
public struct HostRule: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    private let isMatch: @Sendable (String) -> Bool

    private init(_ isMatch: @escaping @Sendable (String) -> Bool) {
        self.isMatch = isMatch
    }

    /// Exactly these hosts.
    public static func any(of hosts: [String]) -> HostRule {
        HostRule { host in hosts.contains(host) }
    }

    /// The hosts in which the expression is found.
    public static func matching<Output>(_ expression: Regex<Output>) -> HostRule {
        nonisolated(unsafe) let expression = expression
        return HostRule { host in (try? expression.firstMatch(in: host)) != nil }
    }

    /// Exactly this host.
    public init(stringLiteral host: String) {
        self = .any(of: [host])
    }

    /// Exactly these hosts.
    public init(arrayLiteral hosts: String...) {
        self = .any(of: hosts)
    }

    func allows(_ host: String) -> Bool {
        !host.isEmpty && isMatch(host)
    }
}
