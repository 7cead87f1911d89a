public import Koa

/// Lets pages of other origins use an application; made by
/// ``cors(origin:allowMethods:allowHeaders:exposeHeaders:maxAge:credentials:secureContext:privateNetworkAccess:keepHeadersOnError:)``.
///
/// ```swift
/// let crossOrigin: CORS = cors()
/// app.use(crossOrigin)
/// ```
public struct CORS: MiddlewareProtocol {
    let origin: CORSOrigin
    let allowMethods: String
    let allowHeaders: String
    let exposeHeaders: String
    let maxAge: Duration?
    let credentials: CORSCredentials
    let secureContext: Bool
    let privateNetworkAccess: Bool
    let keepHeadersOnError: Bool

    /// The function that runs.
    public var middleware: Middleware {
        // Serving with less than what was asked for is no answer where nobody has looked at the setup.
        if let problem { return { _, _ in throw problem } }
        return { ctx, next in
            ctx.vary("Origin")
            // No cache keeps an answer to OPTIONS, and the recorded errors to it have no Vary.
            guard keepHeadersOnError, ctx.method != .options else { return try await serve(ctx, next) }
            // Also where the origin is none of ours: a cache would give others that error.
            ctx.keepOnError("Vary")
            do {
                try await serve(ctx, next)
            } catch let error as HTTPError where error.headers.has("Vary") {
                throw error.varyingByOrigin()
            }
        }
    }

    /// - Throws: ``KoaError`` `.invalidSetup` for credentials with the origins `*` and `null`, and for an origin that is none.
    public func prepare(for app: Application) throws {
        if let problem { throw problem }
    }

    private var problem: KoaError? {
        if let problem = origin.problem { return KoaError(.invalidSetup, "cors(): \(problem)") }
        if case .any = origin.kind, !credentials.areRefused {
            return KoaError(
                .invalidSetup,
                "cors(): credentials for all origins would let every site act for its visitors; "
                    + "name the origins: cors(origin: [\"https://example.com\"], credentials: true)")
        }
        if origin.includesNull, !credentials.areRefused {
            return KoaError(
                .invalidSetup,
                "cors(): \"null\" is the origin of every sandboxed frame, which any site can make: "
                    + "it can't have credentials")
        }
        if let maxAge, maxAge < .zero { return KoaError(.invalidSetup, "cors(): maxAge can't be \(maxAge)") }
        return nil
    }

    private nonisolated(nonsending) func serve(_ ctx: Context, _ next: Next) async throws {
        guard let allowed = try await origin.value(ctx) else { return try await next() }
        // A browser refuses credentials with a star, and so does this.
        let hasCredentials = allowed == "*" ? false : try await credentials.areAllowed(ctx)
        guard ctx.method == .options else {
            return try await answer(ctx, next, allowed, hasCredentials)
        }
        guard !ctx.get("Access-Control-Request-Method").isEmpty else { return try await next() }
        preflight(ctx, allowed, hasCredentials)
    }

    private nonisolated(nonsending) func answer(
        _ ctx: Context,
        _ next: Next,
        _ allowed: String,
        _ hasCredentials: Bool
    ) async throws {
        allow(ctx, allowed, hasCredentials)
        if !exposeHeaders.isEmpty { ctx.set("Access-Control-Expose-Headers", exposeHeaders) }
        isolate(ctx)
        if keepHeadersOnError {
            ctx.keepOnError(
                "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Expose-Headers")
            if secureContext { ctx.keepOnError("Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy") }
        }
        try await next()
    }

    private func preflight(_ ctx: Context, _ allowed: String, _ hasCredentials: Bool) {
        allow(ctx, allowed, hasCredentials)
        if let maxAge { ctx.set("Access-Control-Max-Age", maxAge.components.seconds) }
        if privateNetworkAccess, !ctx.get("Access-Control-Request-Private-Network").isEmpty {
            ctx.set("Access-Control-Allow-Private-Network", "true")
        }
        if !allowMethods.isEmpty { ctx.set("Access-Control-Allow-Methods", allowMethods) }
        isolate(ctx)
        let headers = allowHeaders.isEmpty ? ctx.get("Access-Control-Request-Headers") : allowHeaders
        if !headers.isEmpty { ctx.set("Access-Control-Allow-Headers", headers) }
        ctx.status = .noContent
    }

    private func allow(_ ctx: Context, _ origin: String, _ hasCredentials: Bool) {
        ctx.set("Access-Control-Allow-Origin", origin)
        if hasCredentials { ctx.set("Access-Control-Allow-Credentials", "true") }
    }

    private func isolate(_ ctx: Context) {
        guard secureContext else { return }
        ctx.set("Cross-Origin-Opener-Policy", "same-origin")
        ctx.set("Cross-Origin-Embedder-Policy", "require-corp")
    }
}

extension HTTPError {
    /// The same error with Origin added to its Vary.
    fileprivate func varyingByOrigin() -> HTTPError {
        var headers = headers
        headers.set("Vary", (try? Vary.append(["Origin"], to: headers["Vary"] ?? "")) ?? "Origin")
        return with(headers: headers)
    }
}

/// Lets pages of other origins use the application, by the headers of cross-origin resource sharing (CORS).
///
/// ```swift
/// app.use(cors())
/// app.use(cors(origin: ["https://example.com"], maxAge: .seconds(3600), credentials: true))
/// ```
///
/// A preflight (OPTIONS with Access-Control-Request-Method) of an origin that may read is answered with 204 and goes no
/// further. Any other request goes on; its response gets the headers, but not those of other origins, preflights among
/// them, nor those to OPTIONS without Access-Control-Request-Method. All responses get `Vary: Origin`.
///
/// CORS doesn't protect the application: it lets browsers' pages read what they couldn't, and refuses nothing. Against
/// forged requests there is ``csrf(store:trustedOrigins:excludedMethods:readsQuery:formToken:isExempt:)``.
///
/// - Parameters:
///   - origin: whose pages may read responses. Default all, `*`.
///   - allowMethods: methods that a preflight allows. Default `GET`, `HEAD`, `PUT`, `POST`, `DELETE` and `PATCH`; none
///     leaves the header out.
///   - allowHeaders: request headers that a preflight allows. Default those that it asks for.
///   - exposeHeaders: response headers that a page may read beside the usual ones. Default none.
///   - maxAge: how long a browser may keep a preflight's answer, in whole seconds. Default none: 5 seconds in most.
///   - credentials: whether pages may send cookies. Default false; not possible with all origins, nor with `null`, which any
///     site's sandboxed frame has: an error when the application starts.
///   - secureContext: adds Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy, which isolate the page. Default
///     false.
///   - privateNetworkAccess: whether a preflight allows pages of public sites a server in a private network. Default
///     false.
///   - keepHeadersOnError: whether error responses have the headers too, and `Vary: Origin`. Default true.
public func cors(
    origin: CORSOrigin = .any,
    allowMethods: [String] = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"],
    allowHeaders: [String] = [],
    exposeHeaders: [String] = [],
    maxAge: Duration? = nil,
    credentials: CORSCredentials = false,
    secureContext: Bool = false,
    privateNetworkAccess: Bool = false,
    keepHeadersOnError: Bool = true
) -> CORS {
    CORS(
        origin: origin, allowMethods: allowMethods.joined(separator: ","),
        allowHeaders: allowHeaders.joined(separator: ","), exposeHeaders: exposeHeaders.joined(separator: ","),
        maxAge: maxAge, credentials: credentials, secureContext: secureContext,
        privateNetworkAccess: privateNetworkAccess, keepHeadersOnError: keepHeadersOnError)
}
