import Testing

@testable import Koa

@Suite("Forwarded (RFC 7239)")
struct RequestForwardedTests {
    private func proxied(_ forwarded: String, _ proxy: TrustedProxies, peer: String = "10.0.0.1") -> Context {
        madeContext(
            headers: ["Host": "inner", "Forwarded": forwarded],
            peer: peer,
            app: Application(proxy: proxy.reading(.forwarded))
        )
    }

    @Test("tells the client's address, host and protocol")
    func tellsAll() {
        let ctx = proxied("for=192.0.2.60;proto=https;host=outer.com;by=203.0.113.43", .hops(1))
        #expect(ctx.ip == "192.0.2.60")
        #expect(ctx.host == "outer.com")
        #expect(ctx.protocol == "https")
        #expect(ctx.href == "https://outer.com/")
    }

    @Test("isn't believed from a peer that isn't trusted")
    func untrusted() throws {
        let value = "for=192.0.2.60;proto=https;host=outer.com"
        let range = try #require(CIDR("10.0.0.0/8"))
        for ctx in [proxied(value, .none), proxied(value, .ranges([range]), peer: "11.0.0.1")] {
            #expect(ctx.ip == ctx.socket.remoteAddress)
            #expect(ctx.ips == [])
            #expect(ctx.host == "inner")
            #expect(ctx.protocol == "http")
        }
    }

    @Test("counts from the nearest proxy: what the client forged before it isn't read")
    func forged() {
        let value = "for=6.6.6.6;proto=https;host=evil.com, for=192.0.2.60;proto=http;host=outer.com"
        let one = proxied(value, .hops(1))
        #expect(one.ip == "192.0.2.60")
        #expect(one.ips == ["192.0.2.60"])
        #expect(one.host == "outer.com")
        #expect(one.protocol == "http")
        let two = proxied(value, .hops(2))
        #expect(two.ip == "6.6.6.6")
        #expect(two.host == "evil.com")
        let all = proxied(value, .all)
        #expect(all.ips == ["6.6.6.6", "192.0.2.60"])
        #expect(all.protocol == "https")
    }

    @Test("names IPv6 addresses, and hidden ones")
    func nodes() {
        #expect(proxied("For=\"[2001:db8:cafe::17]:4711\"", .hops(1)).ip == "2001:db8:cafe::17")
        #expect(proxied("for=_hidden", .hops(1)).ip == "unknown")
        #expect(proxied("for=unknown", .hops(1)).ip == "unknown")
    }

    @Test(
        "is ignored as a whole when it is malformed",
        arguments: ["for=x y;proto=https", "proto=https;proto=https", "for=\"1.2.3.4", "host=a/b;proto=https", ""])
    func malformed(value: String) {
        let ctx = proxied(value, .hops(1))
        #expect(ctx.ip == "10.0.0.1")
        #expect(ctx.host == "inner")
        #expect(ctx.protocol == "http")
    }
}

@Suite("The headers of proxies")
struct ForwardedFamilyTests {
    private let both: Headers = [
        "Host": "inner",
        "Forwarded": "for=1.1.1.1;proto=https;host=forwarded.com",
        "X-Forwarded-For": "2.2.2.2", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "x-forwarded.com",
    ]

    @Test("are those of X-Forwarded-* alone, unless the application says otherwise")
    func xForwarded() {
        let ctx = madeContext(headers: both, app: Application(proxy: .hops(1)))
        #expect(ctx.ip == "2.2.2.2")
        #expect(ctx.host == "x-forwarded.com")
        #expect(ctx.protocol == "http")
        let alone = madeContext(
            headers: ["Host": "inner", "Forwarded": both["Forwarded"] ?? ""], app: Application(proxy: true))
        #expect(alone.ip == "127.0.0.1")
        #expect(alone.host == "inner")
        #expect(alone.protocol == "http")
    }

    @Test("are those of Forwarded alone when the application says so")
    func forwarded() {
        let app = Application(proxy: .hops(1).reading(.forwarded))
        let ctx = madeContext(headers: both, app: app)
        #expect(ctx.ip == "1.1.1.1")
        #expect(ctx.host == "forwarded.com")
        #expect(ctx.protocol == "https")
        var headers = both
        headers["Forwarded"] = nil
        let alone = madeContext(headers: headers, app: app)
        #expect(alone.ip == "127.0.0.1")
        #expect(alone.host == "inner")
        #expect(alone.protocol == "http")
    }
}
