import KoaTesting
import Testing

@testable import KoaMiddleware

@Suite("securityHeaders")
struct SecurityHeadersTests {
    private func response(
        _ headers: SecurityHeaders = SecurityHeaders(), _ handler: @escaping Handler = { $0.body = "x" }
    ) async throws -> TestResponse {
        let app = Application(silent: true)
        app.use(securityHeaders(headers))
        app.use(handler)
        return try await app.test.get("/")
    }

    private static let defaults: [String: String] = [
        "Content-Security-Policy":
            "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests",
        "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
        "Origin-Agent-Cluster": "?1", "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains", "X-Content-Type-Options": "nosniff",
        "X-DNS-Prefetch-Control": "off", "X-Download-Options": "noopen", "X-Frame-Options": "SAMEORIGIN",
        "X-Permitted-Cross-Domain-Policies": "none", "X-XSS-Protection": "0",
    ]

    @Test("are helmet's by default, on responses and errors")
    func standard() async throws {
        for response in [try await response(), try await response { _ in throw Boom() }] {
            for (name, value) in Self.defaults { #expect(response.get(name) == value) }
            #expect(response.get("Cross-Origin-Embedder-Policy") == nil)
            #expect(response.get("Permissions-Policy") == nil)
            #expect(response.get("X-Powered-By") == nil)
        }
    }

    @Test("are all options")
    func none() async throws {
        var headers = SecurityHeaders()
        headers.contentSecurityPolicy = nil
        headers.crossOriginOpenerPolicy = nil
        headers.crossOriginResourcePolicy = nil
        headers.originAgentCluster = false
        headers.referrerPolicy = []
        headers.strictTransportSecurity = nil
        headers.contentTypeOptions = false
        headers.dnsPrefetch = nil
        headers.downloadOptions = false
        headers.frameOptions = nil
        headers.permittedCrossDomainPolicies = nil
        headers.xssProtection = false
        let response = try await response(headers)
        for name in Self.defaults.keys { #expect(response.get(name) == nil) }
    }

    @Test("take other values")
    func others() async throws {
        var headers = SecurityHeaders()
        headers.crossOriginOpenerPolicy = "same-origin-allow-popups"
        headers.crossOriginEmbedderPolicy = "require-corp"
        headers.permissionsPolicy = "camera=()"
        headers.referrerPolicy = ["origin", "unsafe-url"]
        headers.strictTransportSecurity = .init(maxAge: .seconds(60), includesSubdomains: false, preload: true)
        headers.dnsPrefetch = true
        headers.frameOptions = .deny
        headers.permittedCrossDomainPolicies = "by-content-type"
        let response = try await response(headers)
        #expect(response.get("Cross-Origin-Opener-Policy") == "same-origin-allow-popups")
        #expect(response.get("Cross-Origin-Embedder-Policy") == "require-corp")
        #expect(response.get("Permissions-Policy") == "camera=()")
        #expect(response.get("Referrer-Policy") == "origin,unsafe-url")
        #expect(response.get("Strict-Transport-Security") == "max-age=60; preload")
        #expect(response.get("X-DNS-Prefetch-Control") == "on")
        #expect(response.get("X-Frame-Options") == "DENY")
        #expect(response.get("X-Permitted-Cross-Domain-Policies") == "by-content-type")
    }

    @Test("can be changed by a handler")
    func changed() async throws {
        let response = try await response { ctx in
            ctx.remove("X-Frame-Options")
            ctx.set("Referrer-Policy", "origin")
            ctx.body = "x"
        }
        #expect(response.get("X-Frame-Options") == nil)
        #expect(response.get("Referrer-Policy") == "origin")
    }

    @Test("policies are built by directive, and may only report")
    func policy() async throws {
        var policy = ContentSecurityPolicy()
        policy["default-src"] = ["'self'", "example.com"]
        policy["sandbox"] = []
        policy["img-src"] = ["*"]
        policy["img-src"] = nil
        policy["default-src"] = ["'none'"]
        #expect(policy["default-src"] == ["'none'"])
        #expect(policy["img-src"] == nil)
        var headers = SecurityHeaders()
        headers.contentSecurityPolicy = policy
        #expect(try await response(headers).get("Content-Security-Policy") == "default-src 'none';sandbox")
        headers.contentSecurityPolicy?.reportOnly = true
        let reporting = try await response(headers)
        #expect(reporting.get("Content-Security-Policy-Report-Only") == "default-src 'none';sandbox")
        #expect(reporting.get("Content-Security-Policy") == nil)
    }

    @Test("nonces are one a request, the same in header and state")
    func nonce() async throws {
        var headers = SecurityHeaders()
        headers.contentSecurityPolicy?["script-src"] = ["'self'", ContentSecurityPolicy.nonce]
        headers.contentSecurityPolicy?["style-src"] = [ContentSecurityPolicy.nonce]
        var seen: Set<String> = []
        for _ in 0..<10 {
            let response = try await response(headers) { $0.body = .text($0.state.cspNonce ?? "-") }
            let nonce = response.text
            #expect(nonce.utf8.count == 24)
            let policy = try #require(response.get("Content-Security-Policy"))
            #expect(policy.contains("script-src 'self' 'nonce-\(nonce)';"))
            #expect(policy.contains("style-src 'nonce-\(nonce)';"))
            #expect(!policy.contains("$"))
            seen.insert(nonce)
        }
        #expect(seen.count == 10)
        let without = try await response { $0.body = .text($0.state.cspNonce ?? "-") }
        #expect(without.text == "-")
    }

    @Test(
        "refuse a policy that says something else than was meant",
        arguments: [
            ("script-src", "self"), ("script-src", "unsafe-inline"), ("script-src", "nonce-abc"),
            ("script-src", "sha256-abc"), ("script-src", "'self' example.com"), ("script-src", "a;b"),
            ("script-src", "a,b"), ("script-src", ""), ("script-src", "a\nb"), ("script_src", "'self'"), ("", "*"),
            ("script src", "*"),
        ]
    )
    func invalid(directive: String, source: String) throws {
        var headers = SecurityHeaders()
        headers.contentSecurityPolicy?[directive] = [source]
        let app = Application()
        app.use(securityHeaders(headers))
        let error = #expect(throws: KoaError.self) { try app.prepare() }
        #expect(error?.code == .invalidSetup)
        #expect(error?.message.contains("SecurityHeadersTests.swift:") == true)
    }

    @Test("refuse an empty policy and a value that no header has")
    func invalidValues() throws {
        var empty = SecurityHeaders()
        empty.contentSecurityPolicy = ContentSecurityPolicy()
        var broken = SecurityHeaders()
        broken.permissionsPolicy = "a\r\nb"
        for headers in [empty, broken] {
            let app = Application()
            app.use(securityHeaders(headers))
            #expect(throws: KoaError.self) { try app.prepare() }
        }
        let good = Application()
        good.use(securityHeaders())
        #expect(throws: Never.self) { try good.prepare() }
    }
}
