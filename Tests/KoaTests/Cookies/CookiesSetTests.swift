import Testing

@testable import Koa

@Suite("ctx.cookies.set")
struct CookiesSetTests {
    static let deleted = "foo=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly"

    @Test("sets a cookie")
    func set() {
        let host = TestJarHost()
        host.jar.set("foo", "bar")
        #expect(host.setCookieLines == ["foo=bar; path=/; httponly"])
    }

    @Test("counts maxAge from the context's clock")
    func maxAge() {
        let host = TestJarHost()
        host.jar.set("view", "1", .init(maxAge: .days(1), sameSite: .lax))
        #expect(
            host.setCookieLines
                == ["view=1; path=/; expires=Wed, 15 Nov 2023 22:13:20 GMT; samesite=lax; httponly"]
        )
    }

    @Test("deletes a cookie by no value and by an empty one", arguments: [nil, ""])
    func delete(_ value: String?) {
        let host = TestJarHost()
        host.jar.set("foo", value)
        host.jar.set("foo", value, .init(maxAge: .days(1)))
        #expect(host.setCookieLines == [Self.deleted, Self.deleted])
    }

    @Test("by subscript: a value sets, nil deletes, and neither signs")
    func byName() {
        let host = TestJarHost(keys: ["a"])
        host.jar["foo"] = "bar"
        host.jar["foo"] = nil
        #expect(host.setCookieLines == ["foo=bar; path=/; httponly", Self.deleted])
    }

    @Test("sets all cookies in order, and two of the same name")
    func several() {
        let host = TestJarHost()
        host.jar.set("foo", "1")
        host.jar.set("bar", "2")
        host.jar.set("foo", "3", .init(overwrite: false))
        #expect(host.setCookieLines == ["foo=1", "bar=2", "foo=3"].map { $0 + "; path=/; httponly" })
    }

    @Test("set keeps the refusal for later, setCookie throws it")
    func refusal() {
        let host = TestJarHost()
        host.jar.set("a b", "1")
        host.jar["c"] = "bad;value"
        #expect(host.setCookieLines.isEmpty)
        #expect(host.refusals.compactMap { ($0 as? CookieError)?.code } == [.invalidName, .invalidValue])

        let error = #expect(throws: CookieError.self) { try host.jar.setCookie("a b", "1") }
        #expect(error?.code == .invalidName)
        #expect(host.refusals.count == 2)
        #expect(throws: Never.self) { try host.jar.setCookie("a", "1") }
        #expect(host.setCookieLines == ["a=1; path=/; httponly"])
    }
}

@Suite("ctx.cookies.set with overwrite")
struct CookiesOverwriteTests {
    @Test("replaces earlier cookies of the name, wherever they stand")
    func replaces() {
        let host = TestJarHost()
        host.jar.set("foo", "1")
        host.jar.set("bar", "2")
        host.jar.set("foo", "3", .init(path: "/x"))
        host.jar.set("foo", "4", .init(overwrite: true))
        #expect(host.setCookieLines == ["bar=2; path=/; httponly", "foo=4; path=/; httponly"])
    }

    @Test("goes by the whole name, and its case")
    func wholeName() {
        let host = TestJarHost()
        for name in ["foobar", "fo", "Foo", "foo.sig", "x"] { host.jar.set(name, "foo=1") }
        host.jar.set("foo", "2", .init(overwrite: true))
        #expect(host.setCookieLines.count == 6)
    }

    @Test("replaces a value that begins with a combining mark")
    func combining() {
        let host = TestJarHost()
        host.setCookieLines = ["foo=\u{301}; path=/"]
        host.jar.set("foo", "2", .init(overwrite: true))
        #expect(host.setCookieLines == ["foo=2; path=/; httponly"])
    }

    @Test("replaces the signature, too")
    func signature() {
        let host = TestJarHost(keys: ["a"])
        host.jar.set("foo", "1", .init())
        host.jar.set("foo", "2", .init(overwrite: true))
        let signature = TestSigner(keys: ["a"]).sign("foo=2")
        #expect(host.setCookieLines == ["foo=2; path=/; httponly", "foo.sig=\(signature); path=/; httponly"])
    }

    @Test("leaves the old signature when the new cookie has none")
    func unsigned() {
        let host = TestJarHost(keys: ["a"])
        host.jar.set("foo", "1", .init())
        host.jar.set("foo", "2", .init(signed: false, overwrite: true))
        #expect(host.setCookieLines.map { String($0.prefix(5)) } == ["foo.s", "foo=2"])
    }

    @Test("a refused cookie removes none")
    func refused() {
        let host = TestJarHost()
        host.jar.set("foo", "1")
        host.jar.set("foo", "a;b", .init(overwrite: true))
        host.jar.set("foo", "2", .init(secure: true, overwrite: true))
        #expect(host.setCookieLines == ["foo=1; path=/; httponly"])
        #expect(host.refusals.count == 2)
    }
}

@Suite("ctx.cookies.set and encryption")
struct CookiesSecureTests {
    private static let plainLine = "foo=bar; path=/; httponly"
    private static let secureLine = "foo=bar; path=/; secure; httponly"

    struct Case: Sendable {
        var connection: Bool
        var jar: Bool?
        var option: Bool?
        var line: String?

        init(_ connection: Bool, jar: Bool? = nil, option: Bool? = nil, _ line: String?) {
            self.connection = connection
            self.jar = jar
            self.option = option
            self.line = line
        }
    }

    static let cases: [Case] = [
        Case(false, plainLine),
        Case(true, secureLine),
        Case(true, option: true, secureLine),
        Case(true, option: false, plainLine),
        Case(false, option: false, plainLine),
        Case(false, option: true, nil),
        Case(false, jar: true, secureLine),
        Case(false, jar: true, option: true, secureLine),
        Case(false, jar: true, option: false, plainLine),
        Case(true, jar: false, plainLine),
        Case(true, jar: false, option: true, nil),
    ]

    @Test("secure is the option, else the jar's, else the connection's", arguments: cases)
    func secure(_ example: Case) throws {
        let host = TestJarHost(secure: example.connection)
        var jar = host.jar
        #expect(jar.secure == nil)
        jar.secure = example.jar
        jar.set("foo", "bar", .init(secure: example.option))
        #expect(host.setCookieLines == (example.line.map { [$0] } ?? []))
        #expect(host.refusals.isEmpty == (example.line != nil))
    }

    @Test("a secure cookie on a connection that is not is refused")
    func refused() {
        let error = #expect(throws: CookieError.self) {
            try TestJarHost().jar.setCookie("foo", "bar", .init(secure: true))
        }
        #expect(error?.code == .insecureConnection)
        #expect(error?.message == "Cannot send secure cookie over unencrypted connection")
    }

    @Test("an invalid name is told first")
    func order() {
        let error = #expect(throws: CookieError.self) {
            try TestJarHost().jar.setCookie("a b", "bar", .init(secure: true))
        }
        #expect(error?.code == .invalidName)
    }
}

@Suite("ctx.cookies.set, signed")
struct CookiesSignedSetTests {
    private func lines(keys: [String], _ options: CookieOptions?, value: String? = "bar") -> [String] {
        let host = TestJarHost(keys: keys)
        host.jar.set("foo", value, options)
        #expect(host.refusals.isEmpty)
        return host.setCookieLines
    }

    private let signature = TestSigner(keys: ["a"]).sign("foo=bar")

    @Test("options sign when there are keys; none never do")
    func whether() {
        #expect(lines(keys: ["a"], nil).count == 1)
        #expect(lines(keys: ["a"], .init()).count == 2)
        #expect(lines(keys: ["a"], .init(signed: true)).count == 2)
        #expect(lines(keys: ["a"], .init(signed: false)).count == 1)
        #expect(lines(keys: [], .init()).count == 1)
        #expect(lines(keys: [], .init(signed: false)).count == 1)
    }

    @Test("sets NAME.sig by the first key, with the cookie's attributes")
    func attributes() {
        let options = CookieOptions(maxAge: .seconds(1), path: "/admin", httpOnly: false, signed: true)
        let attributes = "; path=/admin; expires=Tue, 14 Nov 2023 22:13:21 GMT"
        #expect(lines(keys: ["a", "b"], options) == ["foo=bar\(attributes)", "foo.sig=\(signature)\(attributes)"])
    }

    @Test("a deletion deletes the signature, too")
    func deletion() {
        let attributes = "; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT; httponly"
        let signature = TestSigner(keys: ["a"]).sign("foo=")
        #expect(
            lines(keys: ["a"], .init(signed: true), value: nil)
                == ["foo=\(attributes)", "foo.sig=\(signature)\(attributes)"]
        )
    }

    @Test("signed: true without keys is refused")
    func noKeys() {
        let host = TestJarHost()
        let error = #expect(throws: CookieError.self) {
            try host.jar.setCookie("foo", "bar", .init(signed: true))
        }
        #expect(error?.code == .keysRequired)
        #expect(error?.message == ".keys required for signed cookies")
        #expect(host.setCookieLines.isEmpty)
    }

    @Test("refused for want of keys, it has joined the cookies that the response had, as the reference's does")
    func noKeysAfterAnother() {
        let host = TestJarHost()
        host.jar.set("foo", "1")
        host.jar.set("bar", "2")
        host.jar.set("foo", "3", .init(signed: true, overwrite: true))
        #expect(host.setCookieLines == ["bar=2; path=/; httponly", "foo=3; path=/; httponly"])
        #expect(host.refusals.count == 1)
    }

    @Test("by the jar's own signer in place of the application's")
    func ownSigner() {
        let host = TestJarHost(keys: ["b"])
        var jar = host.jar
        jar.signer = TestSigner(keys: ["a"])
        jar.set("foo", "bar", .init())
        #expect(host.setCookieLines.last == "foo.sig=\(signature); path=/; httponly")
    }

    @Test("a signer whose text is no cookie's value is refused, and neither line sent")
    func hostileSigner() {
        let host = TestJarHost(keys: ["x; domain=evil.example;"])
        host.jar.set("foo", "bar", .init())
        #expect(host.setCookieLines.isEmpty)
        #expect((host.refusals.first as? CookieError)?.code == .invalidValue)
    }

    @Test("what was set and signed is read back")
    func roundTrip() throws {
        let host = TestJarHost(keys: ["a"])
        host.jar.set("foo", "sp ace", .init())
        let pairs = host.setCookieLines.compactMap { $0.split(separator: ";").first }
        let next = TestJarHost(pairs.joined(separator: "; "), keys: ["b", "a"])
        #expect(try next.jar.get("foo", signed: true) == "sp ace")
        #expect(next.setCookieLines.count == 1)
    }
}
