import Testing

@testable import Koa

@Suite("Vary.append")
struct VaryTests {
    static let additions: [(String, String, String)] = [
        ("", "Origin", "Origin"), ("", "origin", "origin"), ("", "Origin, User-Agent", "Origin, User-Agent"),
        ("Accept", "Origin", "Accept, Origin"), ("Accept", "Accept", "Accept"), ("Accept", "accEPT", "Accept"),
        ("accepT", "Origin", "accepT, Origin"), ("Accept,Origin", "Origin", "Accept,Origin"),
        ("Accept, Accept-Encoding", "origin, accept", "Accept, Accept-Encoding, origin"),
        ("Accept", "  Origin  ,\tUser-Agent ", "Accept, Origin, User-Agent"),
        ("Accept", "Origin,origin", "Accept, Origin"), ("Accept", "Accept-Encoding", "Accept, Accept-Encoding"),
        ("foo bar", "Origin", "foo bar, Origin"),
    ]

    @Test("adds a list of names", arguments: additions)
    func addsList(_ header: String, _ field: String, _ expected: String) throws {
        #expect(try Vary.append(field, to: header) == expected)
    }

    @Test("adds an array of names")
    func addsArray() throws {
        #expect(try Vary.append(["Origin", "User-Agent"], to: "") == "Origin, User-Agent")
        #expect(try Vary.append(["Origin", "ORIGIN", "User-Agent"], to: "Accept") == "Accept, Origin, User-Agent")
        #expect(
            try Vary.append(["Accept", "Origin"], to: "Accept, Accept-Encoding") == "Accept, Accept-Encoding, Origin")
    }

    @Test("adds nothing for an empty array", arguments: ["", "Accept", "*"])
    func addsNothing(_ header: String) throws {
        #expect(try Vary.append([], to: header) == header)
    }

    @Test("adds once, in several calls")
    func addsInSteps() throws {
        var header = try Vary.append("Accept", to: "")
        header = try Vary.append("Origin", to: header)
        header = try Vary.append("accept", to: header)
        #expect(header == "Accept, Origin")
    }

    static let stars: [(String, String)] = [
        ("", "*"), ("*", "*"), ("*", "Origin"), ("*", "Origin, User-Agent"), ("Accept, Accept-Encoding", "*"),
        ("Accept, *", "Origin"), ("Accept, *, Accept-Encoding", "Origin"), ("Accept", "Origin, *"), ("*,*", "Origin"),
    ]

    @Test("is * when either side has one", arguments: stars)
    func star(_ header: String, _ field: String) throws {
        #expect(try Vary.append(field, to: header) == "*")
    }

    @Test("is * when an array has one")
    func starInArray() throws {
        #expect(try Vary.append(["Origin", "*", "Accept"], to: "Accept") == "*")
    }

    @Test("needs a field")
    func needsField() {
        #expect(throws: VaryError.missingField) { try Vary.append("", to: "Accept") }
        #expect(VaryError.missingField.description == "field argument is required")
    }

    static let invalid: [(String, String)] = [
        ("invalid:header", "invalid:header"), ("invalid header", "invalid header"), (" ", ""), ("Accept,", ""),
        ("Accept,,Origin", ""), ("\"Accept\"", "\"Accept\""), ("Accept\r\nX: y", "Accept\r\nX: y"), ("é", "é"),
        ("a/b", "a/b"), ("Accept, b[", "b["), ("\u{0}", "\u{0}"), ("@", "@"), ("{}", "{}"), ("(a)", "(a)"), ("=", "="),
    ]

    @Test("refuses what is not a field name", arguments: invalid)
    func refuses(_ field: String, _ name: String) {
        #expect(throws: VaryError.invalidName(name)) { try Vary.append(field, to: "Accept") }
        #expect(throws: VaryError.invalidName(name)) { try Vary.append(field, to: "*") }
    }

    @Test("refuses a list inside an array, and an empty name")
    func refusesInArray() {
        #expect(throws: VaryError.invalidName("a, b")) { try Vary.append(["a, b"], to: "") }
        #expect(throws: VaryError.invalidName("")) { try Vary.append([""], to: "") }
        #expect(VaryError.invalidName("").description == "field argument contains an invalid header name")
    }

    @Test("takes every token character")
    func tokens() throws {
        let name = "!#$%&'*+-.^_`|~09AZaz"
        #expect(try Vary.append(name, to: "") == name)
    }
}
