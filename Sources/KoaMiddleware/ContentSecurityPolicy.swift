public import Koa

/// What a page may load and from where, as the header Content-Security-Policy says it.
///
/// ```swift
/// var policy = ContentSecurityPolicy.standard
/// policy["script-src"] = ["'self'", ContentSecurityPolicy.nonce]
/// policy["img-src"] = ["'self'", "data:", "https://images.example.com"]
/// policy["upgrade-insecure-requests"] = nil
/// ```
public struct ContentSecurityPolicy: Sendable {
    /// The directives and their sources, in order.
    private(set) var directives: [(name: String, sources: [String])] = []
    /// Whether browsers only report what the policy forbids. False by default.
    public var reportOnly = false

    /// A source that stands for this request's nonce, which `ctx.state.cspNonce` is: `<script nonce="…">`.
    public static let nonce = "'nonce-$'"

    /// No directives.
    public init() {}

    /// The directives of helmet.
    public static let standard: ContentSecurityPolicy = {
        var policy = ContentSecurityPolicy()
        policy["default-src"] = ["'self'"]
        policy["base-uri"] = ["'self'"]
        policy["font-src"] = ["'self'", "https:", "data:"]
        policy["form-action"] = ["'self'"]
        policy["frame-ancestors"] = ["'self'"]
        policy["img-src"] = ["'self'", "data:"]
        policy["object-src"] = ["'none'"]
        policy["script-src"] = ["'self'"]
        policy["script-src-attr"] = ["'none'"]
        policy["style-src"] = ["'self'", "https:", "'unsafe-inline'"]
        policy["upgrade-insecure-requests"] = []
        return policy
    }()

    /// The sources of a directive; an empty list is one without a value, and nil takes it out.
    public subscript(directive: String) -> [String]? {
        get { directives.first { $0.name == directive }?.sources }
        set {
            let place = directives.firstIndex { $0.name == directive }
            switch (place, newValue) {
            case (let place?, let sources?): directives[place].sources = sources
            case (let place?, nil): directives.remove(at: place)
            case (nil, let sources?): directives.append((directive, sources))
            case (nil, nil): break
            }
        }
    }

    /// What is wrong with the policy, or nil.
    var problem: String? {
        if directives.isEmpty { return "a Content-Security-Policy needs a directive; nil sends none" }
        let keywords = [
            "self", "none", "unsafe-inline", "unsafe-eval", "strict-dynamic", "unsafe-hashes", "report-sample",
            "wasm-unsafe-eval",
        ]
        for (name, sources) in directives {
            guard !name.isEmpty, name.utf8.allSatisfy({ $0 | 0x20 &- 0x61 < 26 || $0 == UInt8(ascii: "-") }) else {
                return "\(name.debugDescription) is no name of a directive"
            }
            for source in sources {
                if keywords.contains(source)
                    || ["nonce-", "sha256-", "sha384-", "sha512-"].contains(where: source.hasPrefix)
                {
                    return "\(name): write \"'\(source)'\", with quotes"
                }
                let isPlain = source.utf8.allSatisfy {
                    $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",")
                }
                guard isPlain, !source.isEmpty else {
                    return "\(name): \(source.debugDescription) is no source; give each one as an element of its own"
                }
            }
        }
        return nil
    }

    /// The policy as text, written once.
    var rendered: Rendered {
        let text = directives.map { ([$0.name] + $0.sources).joined(separator: " ") }.joined(separator: ";")
        return Rendered(
            header: reportOnly ? "Content-Security-Policy-Report-Only" : "Content-Security-Policy",
            pieces: Self.split(text))
    }

    /// A policy's text, in pieces between which the nonce goes.
    struct Rendered: Sendable {
        let header: String
        let pieces: [String]

        /// The value for a request, which gets a nonce where the policy has one.
        func value(for ctx: Context) -> String {
            guard pieces.count > 1 else { return pieces.first ?? "" }
            let nonce = ctx.state.cspNonce ?? ContentSecurityPolicy.makeNonce()
            ctx.state.cspNonce = nonce
            return pieces.joined(separator: "'nonce-\(nonce)'")
        }
    }

    private static func split(_ text: String) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        while let place = rest.firstRange(of: nonce) {
            pieces.append(String(rest[..<place.lowerBound]))
            rest = rest[place.upperBound...]
        }
        return pieces + [String(rest)]
    }

    /// 128 random bits in Base64.
    static func makeNonce() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base64.encode((0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
}

private enum NonceKey: StateKey {
    typealias Value = String
}

extension ContextState {
    /// The nonce of this request, where the policy of ``securityHeaders(_:fileID:line:)`` has
    /// ``ContentSecurityPolicy/nonce``.
    public var cspNonce: String? {
        get { self[NonceKey.self] }
        set { self[NonceKey.self] = newValue }
    }
}
