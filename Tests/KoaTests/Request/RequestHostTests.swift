import Testing

@testable import Koa

@Suite("ctx.host")
struct RequestHostTests {
    private func host(_ headers: Headers, proxy: TrustedProxies = .none, target: String = "/") -> String {
        madeContext(.get, target, headers: headers, app: Application(proxy: proxy)).host
    }

    @Test("is the Host field with its port, empty without one")
    func reads() {
        #expect(host(["Host": "foo.com:3000"]) == "foo.com:3000")
        #expect(host([:]) == "")
        #expect(host(["Host": ""]) == "")
    }

    @Test("doesn't take a field named like HTTP/2's pseudo-field for the host")
    func pseudoField() {
        #expect(host([":authority": "foo.com:3000", "Host": "bar.com:8000"]) == "bar.com:8000")
    }

    @Test("believes X-Forwarded-Host from a trusted proxy alone, and there the first of a list")
    func forwarded() {
        let headers: Headers = ["X-Forwarded-Host": "bar.com, baz.com", "Host": "foo.com"]
        #expect(host(headers) == "foo.com")
        #expect(host(headers, proxy: true) == "bar.com")
        #expect(host(["X-Forwarded-Host": "", "Host": "foo.com"], proxy: true) == "foo.com")
    }

    @Test(
        "drops user information, as a URL's",
        arguments: [
            ("evil.com:fake@legitimate.com", "legitimate.com"), ("user@example.com", "example.com"),
            ("user:pass@example.com:8080", "example.com:8080"), ("a@b@example.com", "example.com"),
            ("user@", ""), ("user@/", ""), ("user@[invalid", ""), ("@", ""), ("a@b c", ""),
        ]
    )
    func userInformation(value: String, expected: String) {
        #expect(host(["Host": value]) == expected)
        #expect(host(["X-Forwarded-Host": value + ", other.com", "Host": "foo.com"], proxy: true) == expected)
    }

    @Test(
        "is empty for hostile values",
        arguments: [
            "a b", "a/b", "a\\b", "a?b", "a#b", "<script>", "foo.com\u{0}", "foo.com:port", "foo.com:99999", ":80",
            "[::1", "::1", "[::1]x", "h\u{E9}llo", "a\"b", "foo.com:80:80", String(repeating: "[", count: 1000),
        ]
    )
    func hostile(value: String) {
        #expect(host(["Host": value]) == "")
        #expect(host(["Host": value, "X-Forwarded-Host": "ok.com"], proxy: true) == "ok.com")
    }

    @Test(
        "is the authority of an absolute-form target, not Host",
        arguments: ["http://real.com:81/x", "HTTPS://real.com:81"])
    func absoluteForm(target: String) {
        #expect(host(["Host": "foo.com"], target: target) == "real.com:81")
        #expect(host(["Host": "foo.com", "X-Forwarded-Host": "bar.com"], target: target) == "real.com:81")
        #expect(host(["Host": "foo.com", "X-Forwarded-Host": "bar.com"], proxy: true, target: target) == "bar.com")
    }

    @Test("follows headers that a middleware set")
    func followsSetHeaders() {
        let ctx = madeContext(headers: ["Host": "foo.com"])
        ctx.request.headers["Host"] = "bar.com"
        #expect(ctx.host == "bar.com")
    }
}
