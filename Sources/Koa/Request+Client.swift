extension Request {
    /// The addresses that the request came through, client first, as far as ``Application/proxy`` is believed.
    ///
    /// ``Application/maxIPsCount`` keeps the last ones, the nearest.
    public var ips: [String] {
        let proxy = app.proxy
        guard proxy.trusts(peer: peer) else { return [] }
        let chain = proxy.clientChain(forwardedAddresses, peer: peer)
        let limit = app.maxIPsCount
        return limit > 0 ? chain.suffix(limit) : chain
    }

    /// The client's address: the first of ``ips``, else the peer's. It is worked out once, and can be set.
    public var ip: String {
        get {
            if let known = ctx.incoming.ip { return known }
            let address = ips.first.flatMap { $0.isEmpty ? nil : $0 } ?? peer
            ctx.incoming.ip = address
            return address
        }
        nonmutating set { ctx.incoming.ip = newValue }
    }

    /// `https` on an encrypted connection or as a believed proxy says, else `http`.
    public var `protocol`: String {
        if ctx.transport.isSecure { return "https" }
        let proxy = app.proxy
        guard proxy.trusts(peer: peer) else { return "http" }
        switch proxy.source {
        case .xForwarded:
            return believedItem(field("x-forwarded-proto"), proxy)?.lowercased() == "https" ? "https" : "http"
        case .forwarded:
            return believedElement(proxy)?.proto?.lowercased() == "https" ? "https" : "http"
        }
    }

    /// Whether ``protocol`` is `https`.
    public var secure: Bool { ctx.transport.isSecure || self.protocol == "https" }

    /// The host and port that the client asked for: of a believed proxy's header, else the target's or Host's.
    /// `""` without one, or when it is invalid.
    public var host: String {
        let proxy = app.proxy
        var text: String?
        if proxy.trusts(peer: peer) {
            switch proxy.source {
            case .xForwarded: text = believedItem(field("x-forwarded-host"), proxy)
            case .forwarded: text = believedElement(proxy)?.host
            }
        }
        return HostHeader.host(of: text ?? targetHost ?? field("host") ?? "")
    }

    /// ``host`` without its port. An IPv6 address keeps its brackets, in its shortest form.
    public var hostname: String { HostHeader.hostname(of: host) }

    /// The labels of ``hostname`` left of the last ``Application/subdomainOffset`` ones, nearest first:
    /// `tobi.ferrets.example.com` gives `["ferrets", "tobi"]`. None for an IP address.
    public var subdomains: [String] {
        let name = hostname
        guard !name.hasPrefix("["), IPAddress(name) == nil else { return [] }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return Array(labels.reversed().dropFirst(max(0, app.subdomainOffset)))
    }

    /// RFC 9112 section 3.2.2: the authority of an absolute-form target counts, not Host.
    private var targetHost: String? {
        RequestTarget.isAbsolute(originalURL) ? RequestTarget(originalURL).authority.map(String.init) : nil
    }

    private var peer: String { ctx.transport.peerAddress ?? "" }

    private var forwardedAddresses: [String] {
        switch app.proxy.source {
        case .xForwarded:
            guard let value = field(app.proxyIPHeader), !value.isEmpty else { return [] }
            return value.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingSpaces() }
        case .forwarded:
            return forwardedElements.map(\.clientAddress)
        }
    }

    private var forwardedElements: [Forwarded.Element] {
        field("forwarded").flatMap { Forwarded.parse($0) } ?? []
    }

    /// The element that the outermost believed proxy wrote.
    private func believedElement(_ proxy: TrustedProxies) -> Forwarded.Element? {
        forwardedElements.suffix(proxy.trustedHops(forwardedAddresses, peer: peer)).first
    }

    /// The item of a list that the outermost believed proxy wrote, where inner ones add to what they got.
    private func believedItem(_ list: String?, _ proxy: TrustedProxies) -> String? {
        guard let list, !list.isEmpty else { return nil }
        let hops = proxy.trustedHops(forwardedAddresses, peer: peer)
        return list.split(separator: ",", omittingEmptySubsequences: false).suffix(hops).first?.trimmingSpaces()
    }
}

extension Substring {
    func trimmingSpaces() -> String {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
