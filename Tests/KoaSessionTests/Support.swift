import KoaSession
import KoaTesting
import NIOConcurrencyHelpers

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The moment at which tests begin: 2023-11-14T22:13:20Z.
let start = Date(timeIntervalSince1970: 1_700_000_000)

/// An application with one session, whose handler a test gives, and a browser that visits it.
struct Site {
    let app: Application
    let clock = ManualClock(start)
    let errors = Collected<String>()

    init(
        _ options: SessionOptions = SessionOptions(),
        store: (any SessionStore)? = nil,
        keys: [String] = ["some secret hurr", "older"],
        _ handler: @escaping Middleware
    ) {
        app = Application(clock: clock)
        app.silent = true
        app.keys = keys
        app.onError { [errors] error, _ in errors.add("\(error)") }
        app.use(session(options, store: store))
        app.use(handler)
    }

    /// A browser that keeps cookies, by the site's clock.
    var browser: TestClient {
        var client = app.test
        client.cookies = CookieJar(clock: clock)
        return client.keepingCookies()
    }
}

extension TestResponse {
    /// The Set-Cookie lines.
    var cookieLines: [String] { headers.all("Set-Cookie") }

    /// The cookies that it sets, as a request sends them back.
    var cookieHeader: String { cookieLines.map { String($0.prefix { $0 != ";" }) }.joined(separator: "; ") }

    /// The line that sets a cookie.
    func line(of name: String) -> String? { cookieLines.last { $0.hasPrefix(name + "=") } }

    /// The value that a cookie is set to.
    func value(of name: String = "koa.sess") -> String? {
        line(of: name)?.split(separator: ";")[0].dropFirst(name.count + 1).description
    }
}

/// The JSON of a cookie session.
func content(_ value: String?) -> JSON? {
    value.flatMap { Data(base64Encoded: $0) }.flatMap { try? JSON.parse($0) }
}

/// Values that closures collect.
final class Collected<Value: Sendable>: Sendable {
    private let values = NIOLockedValueBox<[Value]>([])

    var all: [Value] { values.withLockedValue { $0 } }

    func add(_ value: Value) { values.withLockedValue { $0.append(value) } }
}

extension String {
    /// The text with another letter at a place.
    func changed(at place: Index) -> String {
        self[..<place] + (self[place] == "A" ? "B" : "A") + self[index(after: place)...]
    }
}
