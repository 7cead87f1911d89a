/// The hosts whose requests a router takes: one, several, or those that a regular expression finds.
///
/// ```swift
/// Router(host: "api.example.com")
/// Router(host: ["a.example.com", "b.example.com:8080"])
/// Router(host: .matching(/^[^.]+\.example\.com$/))
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

    /// No name is longer (RFC 1035 section 2.3.4), nor a port with its colon: what an expression does with longer ones is up
    /// to the client.
    private static let longestHost = 253 + 6

    /// The hosts in which the expression is found: begin and end it with `^` and `$` for the whole, the port among it.
    ///
    /// A host of more than 259 bytes, which no name and port have, isn't taken.
    /// The expression runs for one request at a time.
    public static func matching<Output>(_ expression: sending Regex<Output>) -> HostRule {
        let shared = SharedExpression(Regex<AnyRegexOutput>(expression))
        return HostRule { host in
            host.utf8.count <= longestHost && shared.withLock { (try? $0.firstMatch(in: host)) != nil }
        }
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
