import Testing

@testable import KoaRouter

@Suite("The path that a pattern makes of values")
struct RoutePatternPathTests {
    static let made: [(String, [String: PatternValue], String)] = [
        ("/", [:], "/"),
        ("/about", [:], "/about"),
        ("/about/", ["id": "7"], "/about/"),
        ("/users/:id", ["id": "7"], "/users/7"),
        ("/users/:id", ["id": 7], "/users/7"),
        ("/users/:id", ["id": ""], "/users/"),
        ("/users/:id", ["id": "a/b"], "/users/a%2Fb"),
        ("/users/:id", ["id": "t 1+ü你?#%"], "/users/t%201%2B%C3%BC%E4%BD%A0%3F%23%25"),
        ("/users/:id", ["id": "-_.!~*'()"], "/users/-_.!~*'()"),
        ("/users/:id/posts/:post", ["id": "a b", "post": "c/d"], "/users/a%20b/posts/c%2Fd"),
        (#"/:"0""#, ["0": "x"], "/x"),
        ("/:id/:id", ["id": "7"], "/7/7"),
        ("/files/*path", ["path": ["a"]], "/files/a"),
        ("/files/*path", ["path": ["a", "b c", "d/e"]], "/files/a/b%20c/d%2Fe"),
        ("/files/*path", ["path": ["", ""]], "/files//"),
        ("/a{/:b}", ["b": "x"], "/a/x"),
        ("/a{/:b}", [:], "/a"),
        ("/a{/:b}", ["b": "你好"], "/a/%E4%BD%A0%E5%A5%BD"),
        ("{/:b}", [:], ""),
        ("/a{/b}", [:], "/a/b"),
        ("/x/:y{.:ext}", ["y": "n", "ext": "json"], "/x/n.json"),
        ("/x/:y{.:ext}", ["y": "n"], "/x/n"),
        ("/a{/:b{/:c}}", ["b": "1"], "/a/1"),
        ("/a{/:b{/:c}}", ["c": "2"], "/a"),
        ("/a{/:b{/:c}}", ["b": "1", "c": "2"], "/a/1/2"),
        ("/a{/:b/:c}", ["c": "2"], "/a"),
        ("/a{/*b}", ["b": ["1", "2"]], "/a/1/2"),
        ("/a{/*b}", [:], "/a"),
        (#"/\:a\{b\}"#, [:], "/:a{b}"),
        ("/größe a", [:], "/größe a"),
    ]

    @Test("has the values encoded, and leaves out a group without one", arguments: made)
    func paths(_ pattern: String, _ values: [String: PatternValue], _ expected: String) throws {
        #expect(try RoutePattern(pattern).path(values) == expected)
    }

    static let refused: [(String, [String: PatternValue], PatternPathError.Code, [String], String)] = [
        ("/:a", [:], .missingParameters, ["a"], "Missing parameters: a"),
        ("/:a/:b/*c", ["b": "x"], .missingParameters, ["a", "c"], "Missing parameters: a, c"),
        ("/:a/:a", [:], .missingParameters, ["a", "a"], "Missing parameters: a, a"),
        ("/:a{/:b}", ["b": "x"], .missingParameters, ["a"], "Missing parameters: a"),
        (#"/:"0""#, ["1": "x"], .missingParameters, ["0"], "Missing parameters: 0"),
        ("/*a", [:], .missingParameters, ["a"], "Missing parameters: a"),
        ("/:a", ["a": []], .expectedText, ["a"], "Expected \"a\" to be a string"),
        ("/:a", ["a": ["x"]], .expectedText, ["a"], "Expected \"a\" to be a string"),
        ("/*a", ["a": []], .expectedList, ["a"], "Expected \"a\" to be a non-empty array"),
        ("/*a", ["a": "x/y"], .expectedList, ["a"], "Expected \"a\" to be a non-empty array"),
        ("/*a", ["a": 7], .expectedList, ["a"], "Expected \"a\" to be a non-empty array"),
        ("/x{/:a}", ["a": ["x"]], .expectedText, ["a"], "Expected \"a\" to be a string"),
        ("/:a{/*b}", ["b": "x"], .expectedList, ["b"], "Expected \"b\" to be a non-empty array"),
    ]

    @Test("needs its values, texts for parameters and lists for wildcards", arguments: refused)
    func errors(
        _ text: String, _ values: [String: PatternValue], _ code: PatternPathError.Code, _ names: [String],
        _ message: String
    ) throws {
        let pattern = try RoutePattern(text)
        let error = try #require(throws: PatternPathError.self) { try pattern.path(values) }
        #expect(error.code == code)
        #expect(error.names == names)
        #expect(error.message == message)
        #expect(error.pattern == text)
        #expect(error.description.hasPrefix(message + ": "))
    }

    @Test("names what to pass")
    func hints() throws {
        let wildcard = #expect(throws: PatternPathError.self) { try RoutePattern("/*a").path(["a": "x"]) }
        #expect(wildcard?.hint.contains(".list([…])") == true)
        let parameter = #expect(throws: PatternPathError.self) { try RoutePattern("/:a").path(["a": ["x"]]) }
        #expect(parameter?.hint.contains(".text(…)") == true)
        let missing = #expect(throws: PatternPathError.self) { try RoutePattern("/x/:a").path() }
        #expect(missing?.hint.contains("/x/:a") == true)
        #expect(missing.map { "\($0.code)" } == "missingParameters")
    }

    @Test("matches the pattern, with the values as captures", arguments: 1...3 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("abcXYZ019 /%?#&=+:*{}ü你🙂")
        for _ in 0..<200 {
            let value = String(
                (0...Int.random(in: 0...5, using: &generator)).map { _ in
                    alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                })
            let pattern = try RoutePattern("/a/:one/b{/:two}/*three")
            let path = try pattern.path(["one": .text(value), "two": .text(value), "three": .list([value, value])])
            let captures = try #require(PatternMatcher(pattern).match(path))
            let encoded = captures.compactMap { $0.map(String.init) }
            #expect(encoded == [encoded[0], encoded[0], "\(encoded[0])/\(encoded[0])"])
            #expect(!encoded[0].contains("/"))
        }
    }

    @Test("takes values written as literals")
    func literals() {
        let count = 2
        let value: PatternValue = "n\(count)"
        #expect(value == .text("n2"))
        #expect(PatternValue(integerLiteral: -3) == .text("-3"))
        #expect(["a", "b"] as PatternValue == .list(["a", "b"]))
    }
}
