public import Koa
import NIOConcurrencyHelpers

/// The cookies of a ``TestClient``, as a browser keeps them (RFC 6265): by host, path, security and expiry.
///
/// ```swift
/// let client = app.test.keepingCookies()
/// client.cookies["theme"] = "dark"
/// _ = try await client.get("/login")
/// #expect(client.cookies["session"] != nil)
/// ```
///
/// Copies of a client share it. SameSite is kept and has no effect: a test client has no pages of other sites. There
/// is no list of public suffixes; a Domain without a dot is refused unless it is the host itself.
public final class CookieJar: Sendable {
    private struct State {
        var cookies: [Cookie] = []
    }

    /// More cookies drop the oldest.
    private static let limit = 500

    private let clock: any WallClock
    private let state = NIOLockedValueBox(State())

    /// An empty jar, whose cookies expire by this clock.
    public init(clock: any WallClock = SystemClock()) {
        self.clock = clock
    }

    /// The cookies that haven't expired, oldest first.
    public var all: [Cookie] {
        let now = clock.milliseconds
        return state.withLockedValue { state in
            state.cookies.removeAll { $0.isExpired(at: now) }
            return state.cookies
        }
    }

    /// The value of the first cookie of that name, or nil.
    ///
    /// Setting one replaces all of that name by a cookie for every host and path, without expiry; nil removes them.
    public subscript(name: String) -> String? {
        get { all.first { $0.name == name }?.value }
        set {
            state.withLockedValue { state in
                state.cookies.removeAll { $0.name == name }
                if let newValue { state.cookies.append(Cookie(name: name, value: newValue)) }
            }
        }
    }

    /// Removes all cookies.
    public func removeAll() {
        state.withLockedValue { $0.cookies.removeAll() }
    }

    /// The Cookie field for a request, or nil when no cookie goes with it: those of longer paths first, then the older.
    ///
    /// - Parameters:
    ///   - target: path and query.
    ///   - host: the host without its port.
    ///   - isSecure: whether the request is encrypted.
    public func header(for target: String, host: String, isSecure: Bool = false) -> String? {
        let path = Cookie.path(of: target)
        let matching = all.filter { $0.isSent(to: host.lowercased(), path: path, isSecure: isSecure) }
        guard !matching.isEmpty else { return nil }
        let ordered = matching.enumerated().sorted { left, right in
            (right.element.path.utf8.count, left.offset) < (left.element.path.utf8.count, right.offset)
        }
        return ordered.map { "\($0.element.name)=\($0.element.value)" }.joined(separator: "; ")
    }

    /// Takes over what the Set-Cookie fields of a response say; lines that a browser would refuse are left out.
    ///
    /// - Parameters:
    ///   - lines: the values of the fields.
    ///   - target: the request's path and query.
    ///   - host: the request's host without its port.
    ///   - isSecure: whether the request was encrypted.
    public func store(_ lines: [String], from target: String, host: String, isSecure: Bool = false) {
        let now = clock.milliseconds
        for line in lines {
            let cookie = Cookie(setCookie: line, target: target, host: host.lowercased(), isSecure: isSecure, now: now)
            if let cookie { store(cookie, now) }
        }
    }

    private func store(_ cookie: Cookie, _ now: Int64) {
        state.withLockedValue { state in
            let old = state.cookies.firstIndex { $0.isSame(as: cookie) }
            switch (old, cookie.isExpired(at: now)) {
            case (let old?, true): state.cookies.remove(at: old)
            case (let old?, false): state.cookies[old] = cookie
            case (nil, true): break
            case (nil, false):
                state.cookies.append(cookie)
                if state.cookies.count > Self.limit { state.cookies.removeFirst() }
            }
        }
    }
}
