import Testing

@testable import KoaRouter

@Suite("Reading a pattern")
struct PatternParserTests {
    static let patterns: [(String, [PatternToken])] = [
        ("", []),
        ("/", [.text("/")]),
        ("/users/:id", [.text("/users/"), .parameter("id", at: 7)]),
        ("/*path", [.text("/"), .wildcard("path", at: 1)]),
        ("/:a.b", [.text("/"), .parameter("a", at: 1), .text(".b")]),
        ("/:_a$9", [.text("/"), .parameter("_a$9", at: 1)]),
        ("/:$:_", [.text("/"), .parameter("$", at: 1), .parameter("_", at: 3)]),
        ("/:é\u{301}.", [.text("/"), .parameter("é\u{301}", at: 1), .text(".")]),
        ("/:名前/x", [.text("/"), .parameter("名前", at: 1), .text("/x")]),
        ("/:𝒳→", [.text("/"), .parameter("𝒳", at: 1), .text("→")]),
        ("/:a\u{200C}b\u{200D}", [.text("/"), .parameter("a\u{200C}b\u{200D}", at: 1)]),
        (#"/:"user-id"x"#, [.text("/"), .parameter("user-id", at: 1), .text("x")]),
        (#"/*"0""#, [.text("/"), .wildcard("0", at: 1)]),
        (#"/:"a\"b\\c\d{:""#, [.text("/"), .parameter(#"a"b\cd{:"#, at: 1)]),
        (#"\\:a"#, [.text(#"\"#), .parameter("a", at: 2)]),
        (#"/\:a\{\}\x"#, [.text("/:a{}x")]),
        ("/a{/b}c", [.text("/a"), .group([.text("/b")], at: 2), .text("c")]),
        ("{}", [.group([], at: 0)]),
        ("{:a{*b}}", [.group([.parameter("a", at: 1), .group([.wildcard("b", at: 4)], at: 3)], at: 0)]),
        ("/a b\"c|", [.text("/a b\"c|")]),
    ]

    @Test("finds texts, parameters, wildcards and groups", arguments: patterns)
    func tokens(_ pattern: String, _ expected: [PatternToken]) throws {
        #expect(try PatternParser.tokens(of: pattern) == expected)
    }

    @Test("keeps a text's characters as they are, composed or not")
    func composition() throws {
        for text in ["/\u{E9}", "/e\u{301}"] {
            let pattern = try RoutePattern(text)
            #expect(pattern.alternatives == [[.text(Array(text.utf8))]])
            #expect(Array(pattern.text.utf8) == Array(text.utf8))
        }
        #expect(try RoutePattern("/\u{E9}") != RoutePattern("/e\u{301}"))
    }

    static let names: [(String, [String])] = [
        ("/plain", []),
        ("/:a/*b", ["a", "b"]),
        ("/:a{/:b{/:c}}/:d", ["a", "b", "c", "d"]),
        ("/:a{/:b}/:a", ["a", "b"]),
        ("{/:z}{-:y}/:x", ["z", "y", "x"]),
        (#"/:"7"/*"a b""#, ["7", "a b"]),
    ]

    @Test("names each parameter once, in order", arguments: names)
    func parameterNames(_ pattern: String, _ expected: [String]) throws {
        #expect(try RoutePattern(pattern).parameterNames == expected)
    }

    @Test("takes two patterns for the same when they are written the same")
    func equality() throws {
        #expect(try RoutePattern("/:a") == RoutePattern("/:a"))
        #expect(try RoutePattern("/:a") != RoutePattern(#"/:"a""#))
        #expect(try Set([RoutePattern("/:a"), RoutePattern("/:a"), RoutePattern("/:b")]).count == 2)
    }
}

@Suite("Writing a pattern anew")
struct PatternDescriptionTests {
    static let patterns: [(String, String)] = [
        ("/", "/"),
        ("", ""),
        ("/users/:id", "/users/:id"),
        ("/users{/:id}/delete", "/users{/:id}/delete"),
        ("/*path", "/*path"),
        ("/:größe", "/:größe"),
        (#"/:"a""#, "/:a"),
        (#"/:"a"b"#, #"/:"a"b"#),
        (#"/*"a"9"#, #"/*"a"9"#),
        (#"/:"a"-b"#, "/:a-b"),
        (#"/:"a"{b}"#, "/:a{b}"),
        (#"{:"a"}b"#, "{:a}b"),
        (#"/:"a"𝒳"#, #"/:"a"𝒳"#),
        (#"/:"0""#, #"/:"0""#),
        (#"/*"user id""#, #"/*"user id""#),
        (#"/:"\"\\\a""#, #"/:"\"\\a""#),
        (#"/\a\b"#, "/ab"),
        (#"/\:\*\{\}\(\)\[\]\+\?\!\\"#, #"/\:\*\{\}\(\)\[\]\+\?\!\\"#),
        ("/\"x\"|.$^", "/\"x\"|.$^"),
        ("{}", "{}"),
    ]

    @Test("uses the backslashes and quotes that it needs", arguments: patterns)
    func description(_ text: String, _ expected: String) throws {
        let pattern = try RoutePattern(text)
        #expect(pattern.description == expected)
        #expect(pattern.text == text)
    }

    @Test("is read as the same pattern", arguments: PatternCase.all.map(\.pattern) + patterns.map(\.0))
    func roundTrip(_ text: String) throws {
        let pattern = try RoutePattern(text)
        let again = try RoutePattern(pattern.description)
        #expect(again.alternatives == pattern.alternatives)
        #expect(again.captureNames == pattern.captureNames)
        #expect(again.description == pattern.description)
    }

    @Test("holds names with line breaks, which JSON would not give back")
    func lineBreaks() throws {
        let text = RoutePattern.text(of: [.parameter("a\nb", at: 0)])
        #expect(try RoutePattern(text).parameterNames == ["a\nb"])
    }
}
