@testable import Koa

/// A context in small: what a jar asks of it, as plain properties.
final class TestJarHost: CookieJarHost {
    var cookieHeader: String?
    var isSecure: Bool
    var cookieSigning: CookieSigning?
    var nowMilliseconds: Int64 = 1_700_000_000_000
    var setCookieLines: [String] = []
    var refusals: [any Error] = []

    init(_ cookieHeader: String? = nil, secure: Bool = false, keys: [String] = []) {
        self.cookieHeader = cookieHeader
        self.isSecure = secure
        cookieSigning = keys.isEmpty ? nil : CookieSigning(TestSigner(keys: keys))
    }

    func signedCookie(_ name: String, among known: KnownCookies?) -> FoundCookie? {
        guard var header = cookieHeader else { return nil }
        return header.withUTF8 { CookieHeader.signed(name, in: UnsafeRawBufferPointer($0), among: known) }
    }

    var hasCookieLines: Bool { !setCookieLines.isEmpty }

    func addCookieLine(_ line: String) {
        setCookieLines.append(line)
    }

    func refuse(_ error: any Error) {
        refusals.append(error)
    }

    var jar: Cookies { Cookies(host: self) }
}

/// Signs by naming the key and summing up the text: no cryptography, and easily read in a test.
struct TestSigner: CookieSigner {
    var keys: [String]

    func sign(_ text: String) -> String {
        keys.first.map { signature(of: text, by: $0) } ?? ""
    }

    func index(of signature: String, for text: String) -> Int? {
        keys.firstIndex { self.signature(of: text, by: $0) == signature }
    }

    func signature(of text: String, by key: String) -> String {
        "\(key)-\(text.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF })"
    }
}
