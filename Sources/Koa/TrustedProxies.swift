/// Which proxies in front of the application are believed about the client's address, host and protocol.
///
/// ```swift
/// let app = Application(proxy: true)                      // Koa's app.proxy: believe whoever connects
/// app.proxy = .hops(1)                                    // exactly one proxy of mine in front
/// app.proxy = .ranges(["10.0.0.0/8", "::1/128"].compactMap(CIDR.init))
/// app.proxy = .hops(1).reading(.forwarded)                // RFC 7239 instead of X-Forwarded-*
/// ```
///
/// With `true` every address in the header is believed, so ``Request/ip`` is whatever the client wrote, unless
/// ``Application/maxIPsCount`` cuts the list: prefer hops or ranges.
public struct TrustedProxies: Sendable, Hashable, ExpressibleByBooleanLiteral {
    /// The headers that a proxy describes the client with. Only those of one kind are read, since a client can
    /// send the others through.
    public enum Source: Sendable, Hashable {
        /// X-Forwarded-For (or ``Application/proxyIPHeader``), X-Forwarded-Host and X-Forwarded-Proto.
        case xForwarded
        /// Forwarded (RFC 7239).
        case forwarded
    }

    enum Trust: Sendable, Hashable {
        case none, all
        case hops(Int)
        case ranges([CIDR])
    }

    let trust: Trust
    var source: Source = .xForwarded

    /// Nobody is believed; the default.
    public static let none = TrustedProxies(trust: .none)

    /// Whoever connects is believed, as by Koa's `app.proxy = true`.
    public static let all = TrustedProxies(trust: .all)

    /// The nearest `count` proxies are believed; what is left of them in the list is the client. 0 or less: none.
    public static func hops(_ count: Int) -> TrustedProxies {
        count > 0 ? TrustedProxies(trust: .hops(count)) : .none
    }

    /// Proxies with an address in one of the ranges are believed; the nearest address outside is the client.
    public static func ranges(_ ranges: [CIDR]) -> TrustedProxies {
        TrustedProxies(trust: .ranges(ranges))
    }

    /// `true` is ``all``, `false` is ``none``.
    public init(booleanLiteral value: Bool) {
        self = value ? .all : .none
    }

    init(trust: Trust) {
        self.trust = trust
    }

    /// The same proxies, read from other headers.
    public func reading(_ source: Source) -> TrustedProxies {
        var copy = self
        copy.source = source
        return copy
    }

    /// Whether the peer's forwarding headers count at all.
    ///
    /// - Parameter peer: asked for only where it counts, since making the text of an address takes its time.
    func trusts(peer: @autoclosure () -> String) -> Bool {
        switch trust {
        case .none: false
        case .all, .hops: true
        case .ranges(let ranges): Self.contains(ranges, peer())
        }
    }

    /// The believed part of the addresses in the header, client first; empty when there are none.
    func clientChain(_ forwarded: [String], peer: String) -> [String] {
        switch trust {
        case .none:
            return []
        case .all:
            return forwarded
        case .hops(let count):
            return forwarded.suffix(count)
        case .ranges(let ranges):
            guard Self.contains(ranges, peer) else { return [] }
            var chain: [String] = []
            for address in forwarded.reversed() {
                chain.append(address)
                if !Self.contains(ranges, address) { break }
            }
            return chain.reversed()
        }
    }

    /// How many items at the end of a list come from believed proxies.
    func trustedHops(_ forwarded: [String], peer: String) -> Int {
        switch trust {
        case .none: 0
        case .all: .max
        case .hops(let count): count
        case .ranges(let ranges):
            Self.contains(ranges, peer) ? max(1, clientChain(forwarded, peer: peer).count) : 0
        }
    }

    private static func contains(_ ranges: [CIDR], _ address: String) -> Bool {
        guard let address = IPAddress(address) else { return false }
        return ranges.contains { $0.contains(address) }
    }
}
