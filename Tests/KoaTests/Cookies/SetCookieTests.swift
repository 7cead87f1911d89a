import Foundation
import Testing

@testable import Koa

@Suite("A Set-Cookie line")
struct SetCookieTests {
    static let now: Int64 = 1_700_000_000_000
    static let epoch = "Thu, 01 Jan 1970 00:00:00 GMT"

    private func line(
        _ options: CookieOptions = .init(),
        name: String = "foo",
        value: String? = "bar",
        secure: Bool = false,
        now: Int64 = now
    ) throws -> String {
        try SetCookie(name: name, value: value, options: options, secure: secure, now: now).header
    }

    @Test("has the path / and httponly by default")
    func defaults() throws {
        #expect(try line() == "foo=bar; path=/; httponly")
    }

    @Test("has all attributes in the reference's order")
    func order() throws {
        let options = CookieOptions(
            maxAge: .days(1),
            path: "/a",
            domain: "example.com",
            sameSite: .lax,
            priority: .high,
            partitioned: true
        )
        let expected =
            "foo=bar; path=/a; expires=Wed, 15 Nov 2023 22:13:20 GMT; domain=example.com; priority=high; "
            + "samesite=lax; secure; httponly; partitioned"
        #expect(try line(options, secure: true) == expected)
    }

    @Test(
        "names and values of special characters", arguments: ["foo*(#bar", "koa:sess", "__Host-id", "a.b", "$", "<b>"])
    func specialNames(_ name: String) throws {
        #expect(try line(name: name, value: "*(#bar") == "\(name)=*(#bar; path=/; httponly")
    }

    @Test("path", arguments: [("/", "; path=/"), ("/a b", "; path=/a b"), ("", ""), ("x", "; path=x")])
    func path(_ path: String, _ attribute: String) throws {
        #expect(try line(.init(path: path)) == "foo=bar\(attribute); httponly")
    }

    @Test("domain", arguments: [("example.com", "; domain=example.com"), (".a.b", "; domain=.a.b"), ("", "")])
    func domain(_ domain: String, _ attribute: String) throws {
        #expect(try line(.init(domain: domain)) == "foo=bar; path=/\(attribute); httponly")
    }

    @Test("httpOnly: false leaves the attribute out")
    func httpOnly() throws {
        #expect(try line(.init(httpOnly: false)) == "foo=bar; path=/")
        #expect(try line(.init(httpOnly: true)) == "foo=bar; path=/; httponly")
    }

    @Test("partitioned")
    func partitioned() throws {
        #expect(try line(.init(partitioned: true)) == "foo=bar; path=/; httponly; partitioned")
        #expect(try line(.init(partitioned: false)) == "foo=bar; path=/; httponly")
    }

    static let priorities: [(CookieOptions.Priority, String)] = [(.low, "low"), (.medium, "medium"), (.high, "high")]

    @Test("priority", arguments: priorities)
    func priority(_ priority: CookieOptions.Priority, _ word: String) throws {
        #expect(try line(.init(priority: priority)) == "foo=bar; path=/; priority=\(word); httponly")
    }

    static let sameSites: [(CookieOptions.SameSite, String)] = [
        (.strict, "; samesite=strict"),
        (.lax, "; samesite=lax"),
        (.none, "; samesite=none"),
        (.unset, ""),
        (true, "; samesite=strict"),
        (false, ""),
    ]

    @Test("sameSite", arguments: sameSites)
    func sameSite(_ sameSite: CookieOptions.SameSite, _ attribute: String) throws {
        #expect(try line(.init(sameSite: sameSite)) == "foo=bar; path=/\(attribute); httponly")
    }

    @Test("the signature's line has the cookie's attributes")
    func signature() throws {
        let options = CookieOptions(maxAge: .seconds(60), path: "/a", priority: .low)
        let cookie = try SetCookie(name: "foo", value: "bar", options: options, secure: true, now: 0)
        #expect(cookie.pair == "foo=bar")
        let attributes = "; path=/a; expires=Thu, 01 Jan 1970 00:01:00 GMT; priority=low; secure; httponly"
        #expect(cookie.header == "foo=bar\(attributes)")
        let host = TestJarHost(secure: true, keys: ["a"])
        host.nowMilliseconds = 0
        host.jar.set("foo", "bar", options)
        let signature = TestSigner(keys: []).signature(of: "foo=bar", by: "a")
        #expect(host.setCookieLines == [cookie.header, "foo.sig=\(signature)\(attributes)"])
    }

    private struct HostileSigner: CookieSigner {
        let signature: String
        func sign(_ text: String) -> String { signature }
        func index(of signature: String, for text: String) -> Int? { nil }
    }

    @Test("a signer can add no attribute and no line", arguments: ["x; domain=evil", "x\r\ny", "\u{100}"])
    func hostileSignature(_ signature: String) throws {
        let host = TestJarHost()
        host.cookieSigning = CookieSigning(HostileSigner(signature: signature))
        let error = #expect(throws: CookieError.self) { try host.jar.setCookie("foo", "bar", .init()) }
        #expect(error?.code == .invalidValue)
        #expect(host.setCookieLines.isEmpty)
    }
}

@Suite("When a cookie expires")
struct CookieExpiryTests {
    private func expires(
        _ options: CookieOptions,
        value: String? = "bar",
        now: Int64 = SetCookieTests.now
    ) throws -> String? {
        let line = try SetCookie(name: "foo", value: value, options: options, secure: false, now: now).header
        let part = line.split(separator: "; ").first { $0.hasPrefix("expires=") }
        #expect(!line.contains("max-age"))
        return part.map { String($0.dropFirst("expires=".count)) }
    }

    static let maxAges: [(Duration?, String?)] = [
        (nil, nil),
        (.zero, nil),
        (.seconds(1), "Tue, 14 Nov 2023 22:13:21 GMT"),
        (.days(1), "Wed, 15 Nov 2023 22:13:20 GMT"),
        (.milliseconds(999), "Tue, 14 Nov 2023 22:13:20 GMT"),
        (.nanoseconds(1), "Tue, 14 Nov 2023 22:13:20 GMT"),
        (.seconds(-1), "Tue, 14 Nov 2023 22:13:19 GMT"),
    ]

    @Test("maxAge sets expires from now, and no max-age; zero is a session cookie", arguments: maxAges)
    func maxAge(_ maxAge: Duration?, _ date: String?) throws {
        #expect(try expires(.init(maxAge: maxAge)) == date)
    }

    static let hugeAges: [(Duration, Int64)] = [
        (.days(.max), 0), (.seconds(Int64.max), 0), (.seconds(Int64.max / 1_000), .max),
        (.days(4_000_000), 1_700_000_000_000),
    ]

    @Test("an age beyond the year 9999 ends with it, and nothing traps", arguments: hugeAges)
    func huge(_ age: Duration, _ now: Int64) throws {
        #expect(try expires(.init(maxAge: age), now: now) == "Fri, 31 Dec 9999 23:59:59 GMT")
    }

    static let negativeAges: [(Duration, Int64)] = [
        (.days(.min), 0), (.seconds(Int64.min), 0), (.seconds(Int64.min / 1_000), .min), (.days(-4_000_000), 0),
    ]

    @Test("an age before the year 1601, which browsers don't read, begins with it", arguments: negativeAges)
    func negative(_ age: Duration, _ now: Int64) throws {
        #expect(try expires(.init(maxAge: age), now: now) == "Mon, 01 Jan 1601 00:00:00 GMT")
    }

    static let dates: [(Date, String)] = [
        (Date(timeIntervalSince1970: 1_893_553_445), "Wed, 02 Jan 2030 03:04:05 GMT"),
        (Date(timeIntervalSince1970: 1_893_553_445.999), "Wed, 02 Jan 2030 03:04:05 GMT"),
        (Date(timeIntervalSince1970: 0), "Thu, 01 Jan 1970 00:00:00 GMT"),
        (Date(timeIntervalSince1970: -1), "Wed, 31 Dec 1969 23:59:59 GMT"),
        (.distantFuture, "Mon, 01 Jan 4001 00:00:00 GMT"),
        (.distantPast, "Mon, 01 Jan 1601 00:00:00 GMT"),
        (Date(timeIntervalSince1970: .greatestFiniteMagnitude), "Fri, 31 Dec 9999 23:59:59 GMT"),
    ]

    @Test("expires", arguments: dates)
    func date(_ date: Date, _ text: String) throws {
        #expect(try expires(.init(expires: date)) == text)
    }

    @Test("maxAge outranks expires, unless it is zero")
    func both() throws {
        let date = Date(timeIntervalSince1970: 1_893_553_445)
        #expect(try expires(.init(maxAge: .seconds(1), expires: date)) == "Tue, 14 Nov 2023 22:13:21 GMT")
        #expect(try expires(.init(maxAge: .zero, expires: date)) == "Wed, 02 Jan 2030 03:04:05 GMT")
    }

    @Test("a moment that is no number is refused", arguments: [Double.nan, .infinity, -.infinity])
    func nonsense(_ seconds: Double) {
        let error = #expect(throws: CookieError.self) {
            try expires(.init(expires: Date(timeIntervalSince1970: seconds)))
        }
        #expect(error?.code == .invalidExpires)
        #expect(error?.message == "option expires is invalid")
    }

    @Test("an absent and an empty value delete the cookie, whatever the options say", arguments: [nil, ""])
    func deletion(_ value: String?) throws {
        let date = Date(timeIntervalSince1970: 1_893_553_445)
        #expect(try expires(.init(), value: value) == SetCookieTests.epoch)
        #expect(try expires(.init(maxAge: .days(1), expires: date), value: value) == SetCookieTests.epoch)
        #expect(try expires(.init(expires: Date(timeIntervalSince1970: .nan)), value: value) == SetCookieTests.epoch)
    }
}
