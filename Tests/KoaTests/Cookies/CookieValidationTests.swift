import Testing

@testable import Koa

@Suite("What a cookie may not hold")
struct CookieValidationTests {
    private func refusal(
        name: String = "foo",
        value: String? = "bar",
        _ options: CookieOptions = .init()
    ) -> CookieError? {
        do throws(CookieError) {
            _ = try SetCookie(name: name, value: value, options: options, secure: false, now: 0)
            return nil
        } catch {
            return error
        }
    }

    static let names = [
        "", " ", "a b", " a", "a;b", "a=b", "=", ";", "a\tb", "a\nb", "a\r\nSet-Cookie: x", "a\0", "\u{7F}",
        "\u{E9}", "\u{80}", "\u{FEFF}", "\u{1F36A}",
    ]

    @Test("an invalid name", arguments: names)
    func name(_ name: String) {
        #expect(refusal(name: name)?.code == .invalidName)
        #expect(refusal(name: name)?.message == "argument name is invalid")
    }

    static let values = [
        "bad;value", ";", "a\nb", "a\rb", "a\r\nSet-Cookie: x=y", "a\0b", "\u{1B}", "\u{7F}", "\u{100}", "caf\u{2603}",
    ]

    @Test("an invalid value", arguments: values)
    func value(_ value: String) {
        #expect(refusal(value: value)?.code == .invalidValue)
        #expect(refusal(value: value)?.message == "argument value is invalid")
    }

    static let goodValues = [
        "sp ace", "q\"uote", "comma,val", "a%20b", "eyJ2aWV3cyI6MX0=", "AbC=", "a=b", "a\tb", "\\",
        "\u{80}\u{E9}\u{FF}",
    ]

    @Test("spaces, quotes, commas, tabs and Latin-1 are valid in a value", arguments: goodValues)
    func goodValue(_ value: String) throws {
        let cookie = try SetCookie(name: "foo", value: value, options: .init(path: ""), secure: false, now: 0)
        #expect(cookie.header == "foo=\(value); httponly")
    }

    static let attributes = [
        "/a; domain=evil.example", ";", "a\r\nb", "a\nb", "a\tb", "a\0", "\u{7F}", "\u{E9}", "\u{100}",
    ]

    @Test("an invalid path: no attribute can be added by it", arguments: attributes)
    func path(_ path: String) {
        #expect(refusal(.init(path: path))?.code == .invalidPath)
        #expect(refusal(.init(path: path))?.message == "option path is invalid")
    }

    @Test("an invalid domain: no attribute can be added by it", arguments: attributes)
    func domain(_ domain: String) {
        #expect(refusal(.init(domain: domain))?.code == .invalidDomain)
        #expect(refusal(.init(domain: domain))?.message == "option domain is invalid")
    }

    @Test("the name is looked at before the value, the value before the path, the path before the domain")
    func order() {
        let options = CookieOptions(path: ";", domain: ";")
        #expect(refusal(name: ";", value: ";", options)?.code == .invalidName)
        #expect(refusal(value: ";", options)?.code == .invalidValue)
        #expect(refusal(options)?.code == .invalidPath)
    }

    @Test("every octet: what is accepted never holds a control character or a second attribute")
    func everyOctet() {
        for octet in UInt8.min...UInt8.max {
            let text = String(UnicodeScalar(octet))
            let isVisible = octet > 0x20 && octet < 0x7F && octet != UInt8(ascii: ";")
            #expect(CookieSyntax.isName(text) == (isVisible && octet != UInt8(ascii: "=")))
            #expect(CookieSyntax.isAttributeValue(text) == (isVisible || octet == 0x20))
            #expect(CookieSyntax.isValue(text) == (isVisible || octet == 0x20 || octet == 0x09 || octet >= 0x80))
        }
    }
}

@Suite("CookieError")
struct CookieErrorTests {
    @Test("says what is wrong in the reference's words, and what to change")
    func description() {
        let error = CookieError.invalidName("a b")
        #expect(error.message == "argument name is invalid")
        #expect("\(error)" == "argument name is invalid: \(error.hint)")
        #expect(error.hint.contains("\"a b\""))
        #expect("\(error.code)" == "invalidName")
    }

    @Test("a hostile name neither breaks a log's line nor fills it")
    func log() {
        #expect(!"\(CookieError.invalidName("a\r\nforged"))".contains { $0.isNewline })
        #expect("\(CookieError.invalidPath(String(repeating: "x", count: 100_000)))".count < 300)
        #expect("\(CookieError.invalidPath(String(repeating: "x", count: 65)))".contains("…"))
        #expect(!"\(CookieError.invalidPath(String(repeating: "x", count: 64)))".contains("…"))
    }

    @Test("a value, which may be a secret, is not shown")
    func secret() {
        let error = #expect(throws: CookieError.self) {
            try SetCookie(name: "token", value: "secret;", options: .init(), secure: false, now: 0)
        }
        #expect(error.map { "\($0)".contains("secret") } == false)
    }
}
