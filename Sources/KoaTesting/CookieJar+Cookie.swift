import Koa

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension CookieJar {
    /// One cookie of a ``CookieJar``.
    ///
    /// ```swift
    /// let cookie = client.cookies.all.first
    /// #expect(cookie?.isHTTPOnly == true)
    /// ```
    public struct Cookie: Sendable, Hashable {
        /// The name.
        public let name: String
        /// The value as it was sent.
        public let value: String
        /// The host that gets it, or the domain whose hosts get it; nil for every host.
        public internal(set) var host: String?
        /// Whether the hosts below ``host`` don't get it: so without a Domain attribute.
        public internal(set) var isHostOnly = true
        /// The path below which it is sent.
        public internal(set) var path = "/"
        /// When it expires, in milliseconds since 1970.
        var expiry: Int64?
        /// When it expires; nil for one that ends with the browser's session, which the jar keeps.
        public var expires: Date? { expiry.map { Date(timeIntervalSince1970: Double($0) / 1000) } }
        /// Whether it is sent over encrypted connections alone.
        public internal(set) var isSecure = false
        /// Whether it is hidden from scripts.
        public internal(set) var isHTTPOnly = false
        /// The SameSite attribute in lower case, if there is one.
        public internal(set) var sameSite: String?

        init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

extension CookieJar.Cookie {
    /// Reads a Set-Cookie line by RFC 6265 section 5.2 and 5.3; nil for what a browser would refuse.
    init?(setCookie line: String, target: String, host: String, isSecure isEncrypted: Bool, now: Int64) {
        let parts = line.split(separator: ";", omittingEmptySubsequences: false)
        guard let pair = parts.first, let separator = pair.firstIndex(of: "=") else { return nil }
        let name = pair[..<separator].trimmed
        guard !name.isEmpty else { return nil }
        self.init(name: name, value: pair[pair.index(after: separator)...].trimmed)
        self.host = host
        path = Self.defaultPath(of: target)

        var maxAge: Int64?
        var hasPath = false
        for part in parts.dropFirst() {
            let end = part.firstIndex(of: "=") ?? part.endIndex
            let value = part[end...].dropFirst().trimmed
            switch part[..<end].trimmed.lowercased() {
            case "expires": expiry = HTTPDate.parse(value, now: now) ?? expiry
            case "max-age": maxAge = Self.seconds(value) ?? maxAge
            case "domain":
                guard setDomain(value, host) else { return nil }
            case "path":
                hasPath = value.hasPrefix("/")
                path = hasPath ? value : Self.defaultPath(of: target)
            case "secure": isSecure = true
            case "httponly": isHTTPOnly = true
            case "samesite": sameSite = value.lowercased()
            default: break
            }
        }
        if let maxAge { expiry = Self.time(now, after: maxAge) }
        guard !isSecure || isEncrypted, keepsPrefix(hasPath: hasPath) else { return nil }
    }

    func isExpired(at now: Int64) -> Bool {
        expiry.map { $0 <= now } ?? false
    }

    func isSame(as other: Self) -> Bool {
        name == other.name && path == other.path && host == other.host
    }

    func isSent(to host: String, path: String, isSecure isEncrypted: Bool) -> Bool {
        guard isEncrypted || !isSecure, Self.path(path, isBelow: self.path) else { return false }
        guard let domain = self.host else { return true }
        return isHostOnly ? host == domain : Self.host(host, isIn: domain)
    }

    /// The path of a target, without its query, or that of a whole URL.
    static func path(of target: String) -> String {
        String(RequestTarget(target).path)
    }

    /// RFC 6265 section 5.1.4.
    private static func defaultPath(of target: String) -> String {
        let path = path(of: target)
        guard path.hasPrefix("/"), let last = path.lastIndex(of: "/"), last != path.startIndex else { return "/" }
        return String(path[..<last])
    }

    /// RFC 6265 section 5.1.4.
    private static func path(_ path: String, isBelow parent: String) -> Bool {
        guard path.utf8.starts(with: parent.utf8) else { return false }
        return parent.hasSuffix("/") || path.utf8.dropFirst(parent.utf8.count).first ?? slash == slash
    }

    private static var slash: UInt8 { UInt8(ascii: "/") }

    /// RFC 6265 section 5.1.3.
    private static func host(_ host: String, isIn domain: String) -> Bool {
        host == domain || host.hasSuffix("." + domain) && IPAddress(host) == nil
    }

    /// False when the response may not set cookies for the domain.
    private mutating func setDomain(_ value: String, _ host: String) -> Bool {
        let domain = value.drop { $0 == "." }.lowercased()
        guard !domain.isEmpty else { return true }
        guard Self.host(host, isIn: domain), domain == host || domain.contains(".") else { return false }
        self.host = domain
        isHostOnly = domain == host && (IPAddress(host) != nil || !domain.contains("."))
        return true
    }

    /// Cookies whose names begin so promise how they were set (RFC 6265bis section 4.1.3).
    private func keepsPrefix(hasPath: Bool) -> Bool {
        let name = name.lowercased()
        if name.hasPrefix("__secure-") { return isSecure }
        if name.hasPrefix("__host-") { return isSecure && isHostOnly && hasPath && path == "/" }
        return true
    }

    private static func seconds(_ text: String) -> Int64? {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        guard !digits.isEmpty, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int64(text) ?? (text.hasPrefix("-") ? .min : .max)
    }

    private static func time(_ now: Int64, after seconds: Int64) -> Int64 {
        guard seconds > 0 else { return .min }
        let (milliseconds, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let (time, carry) = now.addingReportingOverflow(milliseconds)
        return overflow || carry ? .max : time
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
