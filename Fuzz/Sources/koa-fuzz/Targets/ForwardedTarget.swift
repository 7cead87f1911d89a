@testable import Koa

/// The Forwarded field, X-Forwarded-For, and whom of them an application believes. The first line is the field, the
/// second a peer.
func fuzzForwarded(_ input: Input) {
    let fields = input.fields
    let peer = fields.count > 1 ? fields[1] : "10.0.0.1"
    let elements = Forwarded.parse(fields[0])
    if let elements {
        expect(elements.count <= Forwarded.limit, "the limit is passed")
        for element in elements {
            let address = element.clientAddress
            expect(element.for?.address == nil || IPAddress(address) != nil, "no address: \(address)")
        }
    }
    if let node = Forwarded.Node(fields[0]), case .address(let address) = node.name {
        expect(node.address == address, "another address")
    }
    let hops = elements.map { $0.map(\.clientAddress) } ?? fields[0].split(separator: ",").map(String.init)
    let trusts: [TrustedProxies] = [.none, .all, .hops(1), .hops(3), .ranges(ranges)]
    for trust in trusts {
        let chain = trust.clientChain(hops, peer: peer)
        expect(chain == Array(hops.suffix(chain.count)), "a chain that isn't the list's end")
        expect(trust.trusts(peer: peer) || chain.isEmpty, "\(peer) isn't trusted, but believed")
        expect(trust.trustedHops(hops, peer: peer) >= chain.count || hops.isEmpty, "fewer hops than believed")
    }
}

private let ranges = ["10.0.0.0/8", "::1", "fd00::/8"].compactMap { CIDR($0) }
