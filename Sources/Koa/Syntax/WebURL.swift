/// A URL as browsers understand it: the parser and serialiser of the WHATWG URL standard.
///
/// All schemes but `file` are known: `http`, `https`, `ws`, `wss` and `ftp` with their special rules, others as the
/// standard's generic URLs. `file` URLs are refused.
///
/// Host names outside ASCII are made lower-case and written in Punycode. The full mapping of UTS #46 is not done here:
/// a name that it would change in another way (compatibility characters, characters to compose or to leave out, text of
/// mixed directions) is refused rather than guessed.
///
/// ```swift
/// if let url = WebURL("HTTP://example.com:80\\a/../b?q=x y") {
///     url.href                                     // "http://example.com/b?q=x%20y"
///     WebURL("//evil.example", base: url)?.origin  // "http://evil.example"
/// }
/// ```
public struct WebURL: Sendable, Hashable {
    /// The scheme in lower case, without its colon.
    public internal(set) var scheme: String
    /// The user name, percent-encoded; empty where there is none.
    public internal(set) var username = ""
    /// The password, percent-encoded; empty where there is none.
    public internal(set) var password = ""
    /// The port; nil where there is none or it is the scheme's own.
    public internal(set) var port: UInt16?
    /// What follows the `?`, percent-encoded; nil where there is no `?`.
    public internal(set) var query: String?
    /// What follows the `#`, percent-encoded; nil where there is no `#`.
    public internal(set) var fragment: String?

    /// The serialised host; nil in URLs without `//`.
    var parsedHost: String?
    var parsedPath: Path = .segments([])

    enum Path: Sendable, Hashable {
        case segments([String])
        /// What follows the colon of a URL such as `mailto:a@b.example`.
        case opaque(String)
    }

    init(scheme: String) {
        self.scheme = scheme
    }

    /// Parses an absolute URL.
    ///
    /// Spaces and control characters around it, and tabs and line breaks in it, are left out, as the standard asks.
    ///
    /// - Returns: Nil where the standard reports failure.
    public init?(_ text: String) {
        self.init(text, base: nil)
    }

    /// Parses a URL, a relative one against a base.
    ///
    /// - Returns: Nil where the standard reports failure.
    public init?(_ text: String, base: WebURL) {
        self.init(text, base: .some(base))
    }

    private init?(_ text: String, base: WebURL?) {
        var parser = WebURLParser(text)
        guard let url = parser.parse(base: base) else { return nil }
        self = url
    }

    /// The host without the port; an IPv6 address in brackets; empty where there is none.
    public var hostname: String { parsedHost ?? "" }

    /// The host, with the port where that is not the scheme's own.
    public var host: String {
        port.map { "\(hostname):\($0)" } ?? hostname
    }

    /// The path, percent-encoded; it begins with a slash in every special URL.
    public var path: String {
        switch parsedPath {
        case .segments(let segments): segments.reduce(into: "") { $0 += "/" + $1 }
        case .opaque(let text): text
        }
    }

    /// The scheme, host and port that browsers compare, or `null` for schemes that have no origin.
    public var origin: String {
        isSpecial ? "\(scheme)://\(host)" : "null"
    }

    /// The whole URL, as JavaScript's `new URL(text).href` writes it.
    public var href: String {
        var result = scheme + ":"
        if parsedHost != nil {
            result += "//"
            if !username.isEmpty || !password.isEmpty {
                result += username
                if !password.isEmpty { result += ":" + password }
                result += "@"
            }
            result += host
        } else if case .segments(let segments) = parsedPath, segments.count > 1, segments[0].isEmpty {
            // Without this, the path's own two slashes would read as the start of a host.
            result += "/."
        }
        result += path
        if let query { result += "?" + query }
        if let fragment { result += "#" + fragment }
        return result
    }

    /// Whether the scheme is one whose URLs have hosts and paths by the standard's special rules.
    var isSpecial: Bool { Self.specialSchemes[scheme] != nil }

    /// The special schemes but `file`, with their ports.
    static let specialSchemes: [String: UInt16] = ["http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21]

    /// Whether a text is a scheme (RFC 3986 §3.1), without its colon.
    public static func isScheme(_ text: String) -> Bool {
        guard let first = text.utf8.first, 0x61...0x7A ~= first | 0x20 else { return false }
        let set = schemeCharacters
        return text.utf8.allSatisfy { set.contains($0) }
    }

    static let schemeCharacters = ASCIISet.alphanumerics.union(ASCIISet("+-."))
}

extension WebURL: CustomStringConvertible {
    /// The same as ``href``.
    public var description: String { href }
}
