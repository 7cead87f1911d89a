import Testing

@testable import Koa

@Suite("app.proxy by hops")
struct TrustedHopsTests {
    private func via(_ forwarded: String, _ hops: Int) -> Context {
        madeContext(headers: ["X-Forwarded-For": forwarded], peer: "10.0.0.1", app: Application(proxy: .hops(hops)))
    }

    @Test(
        "takes the address that the outermost trusted proxy saw for the client's",
        arguments: [
            (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"), (2, "6.6.6.6, 1.1.1.1, 10.0.0.2", "1.1.1.1"), (2, "1.1.1.1", "1.1.1.1"),
            (3, "6.6.6.6, 1.1.1.1", "6.6.6.6"), (0, "1.1.1.1", "10.0.0.1"), (-1, "1.1.1.1", "10.0.0.1"),
            (1, "", "10.0.0.1"), (Int.max, "6.6.6.6, 1.1.1.1", "6.6.6.6"),
        ] as [(Int, String, String)]
    )
    func client(hops: Int, forwarded: String, ip: String) {
        #expect(via(forwarded, hops).ip == ip)
    }

    @Test("leaves out of ctx.ips what the client forged")
    func ips() {
        #expect(via("6.6.6.6, 1.1.1.1, 10.0.0.2", 2).ips == ["1.1.1.1", "10.0.0.2"])
    }

    @Test("takes the protocol and host of the outermost trusted proxy, when inner ones append")
    func protoAndHost() {
        let headers: Headers = [
            "Host": "inner", "X-Forwarded-For": "6.6.6.6, 1.1.1.1",
            "X-Forwarded-Proto": "https, http", "X-Forwarded-Host": "evil.com, outer.com",
        ]
        let one = madeContext(headers: headers, app: Application(proxy: .hops(1)))
        #expect(one.protocol == "http")
        #expect(one.host == "outer.com")
        let two = madeContext(headers: headers, app: Application(proxy: .hops(2)))
        #expect(two.protocol == "https")
        #expect(two.host == "evil.com")
        let all = madeContext(headers: headers, app: Application(proxy: true))
        #expect(all.protocol == "https")
        #expect(all.host == "evil.com")
    }

    @Test("believes the protocol and host also without an address")
    func withoutAddress() {
        let headers: Headers = ["Host": "inner", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "outer.com"]
        let ctx = madeContext(headers: headers, app: Application(proxy: .hops(1)))
        #expect(ctx.secure)
        #expect(ctx.host == "outer.com")
    }
}

@Suite("app.proxy by address ranges")
struct TrustedRangesTests {
    private static let ranges = ["10.0.0.0/8", "192.168.1.0/24", "fd00::/8", "::1/128"].compactMap { CIDR($0) }

    private func via(_ forwarded: String, peer: String?, _ more: Headers = [:]) -> Context {
        var headers: Headers = ["Host": "inner", "X-Forwarded-For": forwarded]
        headers.merge(more)
        return madeContext(headers: headers, peer: peer, app: Application(proxy: .ranges(Self.ranges)))
    }

    @Test("reads every range")
    func ranges() {
        #expect(Self.ranges.count == 4)
    }

    @Test(
        "takes the nearest address outside the ranges for the client's",
        arguments: [
            ("6.6.6.6, 1.1.1.1, 10.0.0.2", "10.0.0.1", "1.1.1.1"), ("1.1.1.1", "fd00::5", "1.1.1.1"),
            ("10.0.0.3, 10.0.0.2", "10.0.0.1", "10.0.0.3"), ("1.1.1.1", "11.0.0.1", "11.0.0.1"),
            ("1.1.1.1", "192.168.2.1", "192.168.2.1"), ("2001:db8::1, fd12::1", "::1", "2001:db8::1"),
            ("6.6.6.6, garbage, 10.0.0.2", "10.0.0.1", "garbage"), ("", "10.0.0.1", "10.0.0.1"),
        ]
    )
    func client(forwarded: String, peer: String, ip: String) {
        #expect(via(forwarded, peer: peer).ip == ip)
    }

    @Test("believes nothing of a peer without an address")
    func noPeer() {
        let ctx = via("1.1.1.1", peer: nil, ["X-Forwarded-Proto": "https", "X-Forwarded-Host": "outer.com"])
        #expect(ctx.ip == "")
        #expect(ctx.host == "inner")
        #expect(!ctx.secure)
    }

    @Test("takes the protocol and host from the outermost trusted proxy")
    func protoAndHost() {
        let more: Headers = ["X-Forwarded-Proto": "https, http", "X-Forwarded-Host": "evil.com, outer.com"]
        let ctx = via("6.6.6.6, 1.1.1.1", peer: "10.0.0.1", more)
        #expect(ctx.protocol == "http")
        #expect(ctx.host == "outer.com")
        let untrusted = via("6.6.6.6, 1.1.1.1", peer: "11.0.0.1", more)
        #expect(untrusted.protocol == "http")
        #expect(untrusted.host == "inner")
    }

    @Test("believes the protocol and host of a trusted peer also without an address")
    func withoutAddress() {
        for source in [TrustedProxies.Source.xForwarded, .forwarded] {
            let headers: Headers = [
                "Host": "inner", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "outer.com",
                "Forwarded": "proto=https;host=outer.com",
            ]
            let proxy = TrustedProxies.ranges(Self.ranges).reading(source)
            let ctx = madeContext(headers: headers, peer: "10.0.0.1", app: Application(proxy: proxy))
            #expect(ctx.secure)
            #expect(ctx.host == "outer.com")
        }
    }

    @Test("without ranges believes nobody")
    func noRanges() {
        let app = Application(proxy: .ranges([]))
        #expect(madeContext(headers: ["X-Forwarded-For": "1.1.1.1"], peer: "10.0.0.1", app: app).ip == "10.0.0.1")
    }
}
