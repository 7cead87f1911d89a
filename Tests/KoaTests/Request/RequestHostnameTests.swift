import Testing

@testable import Koa

@Suite("ctx.hostname")
struct RequestHostnameTests {
    private func hostname(_ headers: Headers, proxy: TrustedProxies = .none) -> String {
        madeContext(headers: headers, app: Application(proxy: proxy)).hostname
    }

    @Test("is the host without its port, empty without a host")
    func withoutPort() {
        #expect(hostname(["Host": "foo.com:3000"]) == "foo.com")
        #expect(hostname(["Host": "foo.com"]) == "foo.com")
        #expect(hostname([:]) == "")
    }

    @Test(
        "keeps the brackets of an IPv6 address, in its shortest form",
        arguments: [
            ("[::1]", "[::1]"), ("[::1]:80", "[::1]"), ("[::1]:1337", "[::1]"),
            ("[2001:cdba:0000:0000:0000:0000:3257:9652]:1337", "[2001:cdba::3257:9652]"),
            ("[invalidIPv6]", ""), ("[::1", ""), ("[]", ""), ("[::1]:x", ""), ("[::1]]", ""),
        ]
    )
    func ipv6(host: String, expected: String) {
        #expect(hostname(["Host": host]) == expected)
    }

    @Test("believes X-Forwarded-Host from a trusted proxy alone")
    func forwarded() {
        let headers: Headers = ["X-Forwarded-Host": "bar.com:1, baz.com", "Host": "foo.com"]
        #expect(hostname(headers) == "foo.com")
        #expect(hostname(headers, proxy: true) == "bar.com")
    }

    @Test(
        "drops user information",
        arguments: [
            ("evil.com:fake@legitimate.com", "legitimate.com"), ("user@example.com", "example.com"),
            ("user:pass@example.com:8080", "example.com"),
        ]
    )
    func userInformation(host: String, expected: String) {
        #expect(hostname(["Host": host]) == expected)
        #expect(hostname(["X-Forwarded-Host": host, "Host": "foo.com"], proxy: true) == expected)
    }
}
