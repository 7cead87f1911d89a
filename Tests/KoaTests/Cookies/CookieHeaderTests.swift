import Testing

@testable import Koa

@Suite("Reading a Cookie header")
struct CookieHeaderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var header: String
        var value: String?
        var testDescription: String { "\(name) in \(header)" }

        init(_ name: String, _ header: String, _ value: String?) {
            self.name = name
            self.header = header
            self.value = value
        }
    }

    static let plainCases: [Case] = [
        Case("a", "a=1", "1"),
        Case("a", "a=1; b=2", "1"),
        Case("b", "a=1; b=2", "2"),
        Case("b", "a=1;b=2", "2"),
        Case("b", "a=1;    b=2", "2"),
        Case("a", "   a=1", "1"),
        Case("a", "a=", ""),
        Case("a", "a=; b=1", ""),
        Case("a", "a=b=c; d", "b=c"),
        Case("a", ";;; ;a=1;;", "1"),
        Case("foo*(#bar)?.|$", "foo*(#bar)?.|$=buzz", "buzz"),
    ]

    @Test("gives the value of the cookie of that name", arguments: plainCases)
    func plain(_ example: Case) {
        #expect(CookieHeader.value(of: example.name, in: example.header) == example.value)
    }

    static let absentCases: [Case] = [
        Case("a", "", nil),
        Case("a", " ", nil),
        Case("a", ";", nil),
        Case("a", "a", nil),
        Case("a", "a; b=1", nil),
        Case("a", "Xa=1", nil),
        Case("a", "A=1", nil),
        Case("a", "ab=1", nil),
        Case("ab", "a=1", nil),
        Case("a", "a =1", nil),
        Case("a", "\ta=1", nil),
        Case("a", "x=a=1", nil),
        Case("a.b", "axb=1", nil),
        Case("a.b", "a.b", nil),
        Case("abc", "ab", nil),
    ]

    @Test("gives nil when no cookie has exactly that name", arguments: absentCases)
    func absent(_ example: Case) {
        #expect(CookieHeader.value(of: example.name, in: example.header) == nil)
    }

    @Test("takes the first of several cookies of a name")
    func first() {
        #expect(CookieHeader.value(of: "a", in: "x=0; a=1; a=2") == "1")
    }

    static let quotedCases: [Case] = [
        Case("a", "a=\"quoted\"; y=2", "quoted"),
        Case("a", "a=\"\"", ""),
        Case("a", "a=\"", ""),
        Case("a", "a=\"open", "ope"),
        Case("a", "a=\"x\" ", "x\""),
        Case("a", "a=\"x\u{E9}", "x"),
        Case("a", "a=\"\u{E9}\"", "\u{E9}"),
        Case("a", "a= \"x\"", " \"x\""),
        Case("a", "a=x\"y\"", "x\"y\""),
    ]

    @Test("drops the first and the last character of a value that begins with a quote", arguments: quotedCases)
    func quoted(_ example: Case) {
        #expect(CookieHeader.value(of: example.name, in: example.header) == example.value)
    }

    @Test("decodes nothing", arguments: ["%E4", "a%20b", "a+b", "\\u0041", "\u{C3}\u{A4}"])
    func verbatim(_ value: String) {
        #expect(CookieHeader.value(of: "a", in: "a=\(value); z") == value)
    }

    @Test("lets a name begin with spaces, as the reference's pattern does")
    func spacedName() {
        #expect(CookieHeader.value(of: "  a", in: "b;   a=1") == "1")
        #expect(CookieHeader.value(of: "  a", in: "b; a=1") == nil)
        #expect(CookieHeader.value(of: " ", in: "b;   =1") == "1")
        #expect(CookieHeader.value(of: "", in: "b;   =1") == "1")
    }

    @Test("names match octet by octet, not by canonical equivalence")
    func octets() {
        #expect(CookieHeader.value(of: "e\u{301}", in: "\u{E9}=1") == nil)
        #expect(CookieHeader.value(of: "a", in: "a=\u{301}1") == "\u{301}1")
    }

    @Test("finds the last of very many cookies, and nothing in a header of separators")
    func long() {
        let many = (0..<10_000).map { "k\($0)=v\($0)" }.joined(separator: "; ")
        #expect(CookieHeader.value(of: "k9999", in: many) == "v9999")
        #expect(CookieHeader.value(of: "none", in: String(repeating: ";", count: 100_000)) == nil)
        #expect(CookieHeader.value(of: "none", in: String(repeating: " ", count: 100_000)) == nil)
    }
}

@Suite("Listing a Cookie header")
struct CookieHeaderPairsTests {
    private func list(_ header: String, limit: Int = 256) -> [String] {
        CookieHeader.pairs(in: header, limit: limit).map { "\($0.name)>\($0.value)" }
    }

    @Test("gives names and values in order")
    func order() {
        #expect(list("a=1; b=\"2\";c=3=4; a=5") == ["a>1", "b>2", "c>3=4", "a>5"])
    }

    @Test("leaves out what has no equals sign", arguments: ["", ";", " ; ;", "a", "a; b"])
    func nothing(_ header: String) {
        #expect(list(header).isEmpty)
    }

    @Test("reads what value(of:in:) reads")
    func agrees() {
        let header = "  a=1;;b ;  c=\"x\" ; d=; =e; f"
        for (name, value) in CookieHeader.pairs(in: header) {
            #expect(CookieHeader.value(of: name, in: header) == value)
        }
        #expect(list(header) == ["a>1", "c>x\"", "d>", ">e"])
    }

    @Test("stops at the limit")
    func limit() {
        let header = String(repeating: "a=1;", count: 1_000)
        #expect(list(header, limit: 3).count == 3)
        #expect(list(header).count == 256)
        #expect(list(header, limit: 0).isEmpty)
        #expect(list(header, limit: -1).isEmpty)
    }
}
