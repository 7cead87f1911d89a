public import Koa

/// The origins whose pages may read responses; see
/// ``cors(origin:allowMethods:allowHeaders:exposeHeaders:maxAge:credentials:secureContext:privateNetworkAccess:keepHeadersOnError:)``.
///
/// ```swift
/// app.use(cors(origin: "https://example.com"))
/// app.use(cors(origin: ["https://example.com", "https://admin.example.com"], credentials: true))
/// app.use(cors(origin: .of { ctx in ctx.path == "/public" ? "*" : nil }))
/// ```
public struct CORSOrigin: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    enum Kind: Sendable {
        case any
        case one(String)
        case list([String])
        case chosen(@Sendable (Context) async throws -> String?)
    }

    let kind: Kind

    /// All origins: `*`.
    public static let any = CORSOrigin(kind: .any)

    /// One origin, which each response names, whoever asks; a browser lets other pages not read it.
    public static func one(_ origin: String) -> CORSOrigin {
        CORSOrigin(kind: origin == "*" ? .any : .one(origin))
    }

    /// Several: the one that asks is named, if it is among them, byte by byte; else there are no CORS headers.
    public static func list(_ origins: [String]) -> CORSOrigin {
        CORSOrigin(kind: .list(origins))
    }

    /// What a closure says for each request: an origin, `*`, or nil for no CORS headers.
    ///
    /// Never answer with the request's Origin unless it is known: with credentials that lets every site act for the user.
    public static func of(_ choose: @escaping @Sendable (Context) async throws -> String?) -> CORSOrigin {
        CORSOrigin(kind: .chosen(choose))
    }

    private init(kind: Kind) {
        self.kind = kind
    }

    /// One origin, or all for `*`.
    public init(stringLiteral value: String) {
        self = .one(value)
    }

    /// Several origins.
    public init(arrayLiteral elements: String...) {
        self = .list(elements)
    }

    /// The value of Access-Control-Allow-Origin; nil for none.
    nonisolated(nonsending) func value(_ ctx: Context) async throws -> String? {
        switch kind {
        case .any: return "*"
        case .one(let origin): return origin
        case .list(let origins):
            let asking = ctx.get("Origin")
            return origins.contains(asking) ? asking : nil
        case .chosen(let choose):
            nonisolated(unsafe) let ctx = ctx
            let origin = try await choose(ctx)
            return origin == "" ? nil : origin
        }
    }

    /// What is wrong with it, if something is.
    var problem: String? {
        switch kind {
        case .any, .chosen: nil
        case .one(let origin): Self.problem(origin)
        case .list(let origins): origins.lazy.compactMap(Self.problem).first
        }
    }

    /// Whether it names `null`, the origin of pages that have none, such as every sandboxed frame.
    var includesNull: Bool {
        switch kind {
        case .any, .chosen: false
        case .one(let origin): origin == "null"
        case .list(let origins): origins.contains("null")
        }
    }

    private static func problem(_ origin: String) -> String? {
        if origin == "null" { return nil }
        if origin == "*" { return "\"*\" stands for all origins and can't be one of several: use .any" }
        // As a browser writes it: https://example.com:8443
        let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
        let isOrigin =
            parts.count == 3 && parts[0].hasSuffix(":") && parts[0].count > 1 && parts[1].isEmpty
            && !parts[2].isEmpty && origin.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            && origin == origin.lowercased()
        return isOrigin
            ? nil : "\"\(origin)\" is no origin: scheme, host and port as in https://example.com, and no path"
    }
}

/// Whether pages of other origins may send cookies and read what they get.
///
/// ```swift
/// app.use(cors(origin: "https://example.com", credentials: .when { ctx in ctx.path != "/public" }))
/// ```
public enum CORSCredentials: Sendable, ExpressibleByBooleanLiteral {
    /// Always.
    case allowed
    /// Never.
    case refused
    /// As a closure says for each request.
    case when(@Sendable (Context) async throws -> Bool)

    /// ``allowed`` or ``refused``.
    public init(booleanLiteral value: Bool) {
        self = value ? .allowed : .refused
    }

    nonisolated(nonsending) func areAllowed(_ ctx: Context) async throws -> Bool {
        switch self {
        case .allowed: return true
        case .refused: return false
        case .when(let decide):
            nonisolated(unsafe) let ctx = ctx
            return try await decide(ctx)
        }
    }

    /// Whether no response ever allows them.
    var areRefused: Bool {
        if case .refused = self { true } else { false }
    }
}
