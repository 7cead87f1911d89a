public import Koa

/// Headers that make browsers careful, as helmet sets them: each with its default, and each an option.
///
/// ```swift
/// var headers = SecurityHeaders()
/// headers.frameOptions = .deny
/// headers.strictTransportSecurity = .init(maxAge: .seconds(63_072_000), preload: true)
/// headers.contentSecurityPolicy?["script-src"] = ["'self'", ContentSecurityPolicy.nonce]
/// app.use(securityHeaders(headers))
/// ```
public struct SecurityHeaders: Sendable {
    /// Content-Security-Policy; ``ContentSecurityPolicy/standard`` by default, nil for none.
    public var contentSecurityPolicy: ContentSecurityPolicy? = .standard
    /// Cross-Origin-Embedder-Policy, such as `require-corp`; none by default.
    public var crossOriginEmbedderPolicy: String?
    /// Cross-Origin-Opener-Policy; `same-origin` by default.
    public var crossOriginOpenerPolicy: String? = "same-origin"
    /// Cross-Origin-Resource-Policy; `same-origin` by default.
    public var crossOriginResourcePolicy: String? = "same-origin"
    /// Origin-Agent-Cluster: `?1`; true by default.
    public var originAgentCluster = true
    /// Permissions-Policy, such as `camera=(), microphone=()`; none by default.
    public var permissionsPolicy: String?
    /// Referrer-Policy, several in the order of fallback; `no-referrer` by default, none when empty.
    public var referrerPolicy = ["no-referrer"]
    /// Strict-Transport-Security; a year with subdomains by default. Browsers heed it over https alone.
    public var strictTransportSecurity: StrictTransportSecurity? = .init()
    /// X-Content-Type-Options: `nosniff`; true by default.
    public var contentTypeOptions = true
    /// Whether X-DNS-Prefetch-Control is `on` or `off`; `off` by default, nil for none.
    public var dnsPrefetch: Bool? = false
    /// X-Download-Options: `noopen`; true by default.
    public var downloadOptions = true
    /// X-Frame-Options; `SAMEORIGIN` by default, nil for none.
    public var frameOptions: FrameOptions? = .sameOrigin
    /// X-Permitted-Cross-Domain-Policies; `none` by default, nil for none.
    public var permittedCrossDomainPolicies: String? = "none"
    /// X-XSS-Protection: `0`, which turns off a filter of old browsers that made attacks possible; true by default.
    public var xssProtection = true

    /// The defaults.
    public init() {}

    /// Who may put a page into a frame, for browsers that don't know `frame-ancestors`.
    ///
    /// ```swift
    /// SecurityHeaders.FrameOptions.deny.rawValue  // "DENY"
    /// ```
    public enum FrameOptions: String, Sendable {
        /// Nobody.
        case deny = "DENY"
        /// Pages of the same origin.
        case sameOrigin = "SAMEORIGIN"
    }

    /// For how long a browser comes back by https only.
    ///
    /// ```swift
    /// SecurityHeaders.StrictTransportSecurity(maxAge: .seconds(3600), includesSubdomains: false)
    /// ```
    public struct StrictTransportSecurity: Sendable {
        /// In whole seconds; a year by default.
        public var maxAge: Duration
        /// Whether subdomains count; true by default.
        public var includesSubdomains: Bool
        /// Whether the site asks to be in the browsers' own lists; false by default.
        public var preload: Bool

        /// The defaults, or others.
        public init(maxAge: Duration = .seconds(31_536_000), includesSubdomains: Bool = true, preload: Bool = false) {
            self.maxAge = maxAge
            self.includesSubdomains = includesSubdomains
            self.preload = preload
        }

        var value: String {
            "max-age=\(max(0, maxAge.components.seconds))" + (includesSubdomains ? "; includeSubDomains" : "")
                + (preload ? "; preload" : "")
        }
    }

    /// The headers that are the same for each request.
    var fixed: [(name: String, value: String)] {
        let all: [(String, String?)] = [
            ("Cross-Origin-Embedder-Policy", crossOriginEmbedderPolicy),
            ("Cross-Origin-Opener-Policy", crossOriginOpenerPolicy),
            ("Cross-Origin-Resource-Policy", crossOriginResourcePolicy),
            ("Origin-Agent-Cluster", originAgentCluster ? "?1" : nil),
            ("Permissions-Policy", permissionsPolicy),
            ("Referrer-Policy", referrerPolicy.isEmpty ? nil : referrerPolicy.joined(separator: ",")),
            ("Strict-Transport-Security", strictTransportSecurity?.value),
            ("X-Content-Type-Options", contentTypeOptions ? "nosniff" : nil),
            ("X-DNS-Prefetch-Control", dnsPrefetch.map { $0 ? "on" : "off" }),
            ("X-Download-Options", downloadOptions ? "noopen" : nil),
            ("X-Frame-Options", frameOptions?.rawValue),
            ("X-Permitted-Cross-Domain-Policies", permittedCrossDomainPolicies),
            ("X-XSS-Protection", xssProtection ? "0" : nil),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }
}

/// Middleware that set ``SecurityHeaders``, as ``securityHeaders(_:fileID:line:)`` makes it.
///
/// ```swift
/// let careful: SecurityHeadersMiddleware = securityHeaders()
/// app.use(careful)
/// ```
public struct SecurityHeadersMiddleware: MiddlewareProtocol {
    let headers: SecurityHeaders
    let origin: String

    /// The function that runs.
    public var middleware: Middleware {
        let fixed = headers.fixed
        let policy = headers.contentSecurityPolicy?.rendered
        return { ctx, next in
            for (name, value) in fixed {
                ctx.set(name, value)
                ctx.keepOnError(name)
            }
            if let policy {
                ctx.set(policy.header, policy.value(for: ctx))
                ctx.keepOnError(policy.header)
            }
            try await next()
        }
    }

    /// - Throws: ``KoaError`` `.invalidSetup` for a value that no header can have, and a policy that says something else
    ///   than was meant.
    public func prepare(for app: Application) throws {
        if let problem = headers.contentSecurityPolicy?.problem {
            throw KoaError(.invalidSetup, "securityHeaders (\(origin)): \(problem)")
        }
        for (name, value) in headers.fixed where !Latin1.isFieldValue(value) || value.isEmpty {
            throw KoaError(.invalidSetup, "securityHeaders (\(origin)): \(name) can't be \(value.debugDescription)")
        }
    }
}

/// Sets headers that make browsers careful, as koa-helmet does; see ``SecurityHeaders`` for which.
///
/// ```swift
/// app.use(securityHeaders())
/// ```
///
/// They are set before the middleware behind, which may set others, and stay on error responses.
public func securityHeaders(
    _ headers: SecurityHeaders = SecurityHeaders(),
    fileID: StaticString = #fileID,
    line: UInt = #line
) -> SecurityHeadersMiddleware {
    SecurityHeadersMiddleware(headers: headers, origin: "\(fileID):\(line)")
}
