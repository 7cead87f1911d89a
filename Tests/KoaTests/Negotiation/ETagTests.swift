import Testing

@testable import Koa

@Suite("ETag")
struct ETagTests {
    static let valid: [(String, Bool, String)] = [
        ("\"foo\"", false, "foo"), ("W/\"foo\"", true, "foo"), ("\"\"", false, ""), ("W/\"\"", true, ""),
        ("\"a,b\"", false, "a,b"), ("\"a\\\"", false, "a\\"), ("\"!#~\"", false, "!#~"), ("\"é\"", false, "é"),
        ("\"W/\"", false, "W/"),
    ]

    @Test("reads an entity tag", arguments: valid)
    func reads(_ text: String, _ isWeak: Bool, _ opaque: String) throws {
        let tag = try #require(ETag(text))
        #expect(tag.isWeak == isWeak)
        #expect(tag.opaque == opaque)
        #expect(tag.description == text)
    }

    @Test(
        "refuses anything else",
        arguments: [
            "", "foo", "\"", "\"foo", "foo\"", "w/\"foo\"", "W/foo", "W/", "W/\"", "\"a\"b\"", "\"a b\"", "\"a\tb\"",
            " \"foo\"", "\"foo\" ", "\"foo\"x", "\"\u{0}\"", "\"\u{7F}\"", "\"a\r\nb\"", "*", "\"a\", \"b\"",
            "W/W/\"a\"",
        ]
    )
    func refuses(_ text: String) {
        #expect(ETag(text) == nil)
    }

    static let quoted: [(String, String)] = [
        ("foo", "\"foo\""), ("\"foo\"", "\"foo\""), ("W/\"foo\"", "W/\"foo\""), ("W/foo", "\"W/foo\""),
        ("w/\"foo\"", "\"w/\"foo\"\""), ("", "\"\""), ("\"foo", "\"foo"), (" \"foo\"", "\" \"foo\"\""),
        ("W/", "\"W/\""),
    ]

    @Test("puts quotes around a text that doesn't start with one", arguments: quoted)
    func quotes(_ text: String, _ expected: String) {
        #expect(ETag.quoted(text) == expected)
    }

    /// RFC 9110 §8.8.3.2, the table of examples.
    static let comparisons: [(String, String, Bool, Bool)] = [
        ("W/\"1\"", "W/\"1\"", false, true), ("W/\"1\"", "W/\"2\"", false, false), ("W/\"1\"", "\"1\"", false, true),
        ("\"1\"", "\"1\"", true, true), ("\"1\"", "\"2\"", false, false), ("\"a\"", "\"A\"", false, false),
    ]

    @Test("compares strongly and weakly", arguments: comparisons)
    func compares(_ left: String, _ right: String, _ strongly: Bool, _ weakly: Bool) throws {
        let (left, right) = (try #require(ETag(left)), try #require(ETag(right)))
        #expect(left.matchesStrongly(right) == strongly)
        #expect(right.matchesStrongly(left) == strongly)
        #expect(left.matchesWeakly(right) == weakly)
        #expect(right.matchesWeakly(left) == weakly)
    }

    @Test("compares bytes, not characters")
    func comparesBytes() throws {
        let composed = try #require(ETag("\"\u{E9}\""))
        let decomposed = try #require(ETag("\"e\u{301}\""))
        #expect(!composed.matchesWeakly(decomposed))
    }
}

@Suite("ETag.Condition")
struct ETagConditionTests {
    static let lists: [(String, [String])] = [
        ("\"a\"", ["\"a\""]), ("\"a\", W/\"b\"", ["\"a\"", "W/\"b\""]), ("\"a\",\"b\"", ["\"a\"", "\"b\""]),
        (" \"a\"\t,\t\"b\" ", ["\"a\"", "\"b\""]), (",\"a\",,", ["\"a\""]), ("\"a,b\"", ["\"a,b\""]),
        ("\"a\\\",\"b\"", ["\"a\\\"", "\"b\""]),
    ]

    @Test("reads a list of entity tags", arguments: lists)
    func reads(_ field: String, _ expected: [String]) {
        #expect(ETag.Condition(field) == .tags(expected.compactMap { ETag($0) }))
    }

    @Test("reads *", arguments: ["*", " * "])
    func any(_ field: String) {
        #expect(ETag.Condition(field) == .any)
    }

    @Test(
        "refuses anything else",
        arguments: ["", " ", ",", "foo", "\"a\" \"b\"", "\"a\", b", "*, \"a\"", "\"a\", *", "\"a"])
    func refuses(_ field: String) {
        #expect(ETag.Condition(field) == nil)
    }

    @Test("includes by strong and by weak comparison")
    func includes() throws {
        let condition = try #require(ETag.Condition("\"a\", W/\"b\""))
        #expect(condition.includesStrongly(ETag("\"a\"")))
        #expect(!condition.includesStrongly(ETag("W/\"a\"")))
        #expect(!condition.includesStrongly(ETag("\"b\"")))
        #expect(condition.includesWeakly(ETag("W/\"a\"")))
        #expect(condition.includesWeakly(ETag("\"b\"")))
        #expect(!condition.includesWeakly(ETag("\"c\"")))
        #expect(!condition.includesWeakly(nil))
        #expect(!condition.includesStrongly(nil))
    }

    @Test("* includes everything")
    func includesAny() {
        #expect(ETag.Condition.any.includesStrongly(ETag("W/\"a\"")))
        #expect(ETag.Condition.any.includesWeakly(nil))
        #expect(ETag.Condition.any.includesStrongly(nil))
    }
}
