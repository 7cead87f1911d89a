import Testing

@testable import KoaRouter

/// What a pattern makes of a path, by name: the plain matcher with the options of a case.
private func match(_ path: String, _ patternCase: PatternCase) throws -> (
    matched: String, parameters: [String: String]
)? {
    let pattern = try RoutePattern(patternCase.pattern)
    let matcher = PatternMatcher(
        pattern, end: patternCase.end, trailing: patternCase.trailing, sensitive: patternCase.sensitive
    )
    guard let captures = matcher.match(path) else { return nil }
    var parameters: [String: String] = [:]
    for (name, capture) in zip(pattern.captureNames, captures) {
        if let capture { parameters[name] = String(capture) }
    }
    let bytes = Array(path.utf8)
    let end = bytes.withUnsafeBufferPointer { matcher.firstMatch($0)?.1.end } ?? 0
    return (String(decoding: bytes[..<end], as: UTF8.self), parameters)
}

/// Checks each row of a case.
private func check(_ patternCase: PatternCase) throws {
    for row in patternCase.rows {
        let found = try match(row.path, patternCase)
        #expect(found?.matched == row.matched, "\(row.path)")
        #expect(found?.parameters ?? [:] == row.parameters, "\(row.path)")
    }
}

@Suite("The text of a pattern")
struct PatternTextMatchTests {
    @Test("stands for itself, in any case of ASCII letters", arguments: PatternCase.texts)
    func texts(_ patternCase: PatternCase) throws { try check(patternCase) }

    @Test("has a character behind a backslash as it is", arguments: PatternCase.escapes)
    func escapes(_ patternCase: PatternCase) throws { try check(patternCase) }

    @Test("is UTF-8, and nothing is decoded", arguments: PatternCase.unicode)
    func unicode(_ patternCase: PatternCase) throws { try check(patternCase) }
}

@Suite("A parameter of a pattern")
struct PatternParameterTests {
    @Test("takes at least one character of a segment", arguments: PatternCase.parameters)
    func parameters(_ patternCase: PatternCase) throws { try check(patternCase) }

    @Test("leaves the text behind it", arguments: PatternCase.suffixes)
    func suffixes(_ patternCase: PatternCase) throws { try check(patternCase) }

    @Test("shares a segment with others", arguments: PatternCase.neighbours)
    func neighbours(_ patternCase: PatternCase) throws { try check(patternCase) }
}

@Suite("A wildcard of a pattern")
struct PatternWildcardTests {
    @Test("takes at least one character, slashes too", arguments: PatternCase.wildcards)
    func wildcards(_ patternCase: PatternCase) throws { try check(patternCase) }

    @Test("shares a segment with parameters", arguments: PatternCase.mixed)
    func mixed(_ patternCase: PatternCase) throws { try check(patternCase) }

    @Test("may be one of several", arguments: PatternCase.several)
    func several(_ patternCase: PatternCase) throws { try check(patternCase) }
}

@Suite("A group of a pattern")
struct PatternGroupTests {
    @Test("is taken or left out as a whole", arguments: PatternCase.groups)
    func groups(_ patternCase: PatternCase) throws { try check(patternCase) }

    @Test("is rather taken than left out, the first most of all", arguments: PatternCase.choices)
    func choices(_ patternCase: PatternCase) throws { try check(patternCase) }

    @Test("may hold others", arguments: PatternCase.nested)
    func nested(_ patternCase: PatternCase) throws { try check(patternCase) }
}

@Suite("The options of matching")
struct PatternOptionTests {
    @Test("without end a prefix will do, up to a slash", arguments: PatternCase.prefixes)
    func prefixes(_ patternCase: PatternCase) throws { try check(patternCase) }

    @Test("without trailing no slash is added", arguments: PatternCase.strict)
    func strict(_ patternCase: PatternCase) throws { try check(patternCase) }

    @Test("letters have a case that counts where they are not ASCII")
    func otherLetters() throws {
        try check(PatternCase("/é", yes("/é"), no("/É")))
        try check(PatternCase("/%c3%A9k", yes("/%C3%a9K"), no("/%C3%89k")))
        // The Kelvin sign and the long s, whose other cases are ASCII.
        try check(PatternCase("/ks", yes("/KS"), no("/\u{212A}s"), no("/k\u{17F}")))
    }

    @Test("sensitive, the case of letters counts", arguments: PatternCase.cases)
    func cases(_ patternCase: PatternCase) throws { try check(patternCase) }
}
