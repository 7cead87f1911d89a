import Testing

@testable import KoaRouter

/// What a text is refused with.
private func refusal(_ text: String) -> PatternError? {
    do throws(PatternError) {
        _ = try RoutePattern(text)
        return nil
    } catch {
        return error
    }
}

@Suite("A pattern that is refused")
struct PatternErrorTests {
    static let refused: [(String, PatternError.Code, String, Int)] = [
        ("/:", .missingName, "Missing parameter name at index 2", 2),
        ("/:/x", .missingName, "Missing parameter name at index 2", 2),
        ("/:1", .missingName, "Missing parameter name at index 2", 2),
        ("/:-", .missingName, "Missing parameter name at index 2", 2),
        ("/:{a}", .missingName, "Missing parameter name at index 2", 2),
        (#"/:"""#, .missingName, "Missing parameter name at index 4", 4),
        ("/*", .missingName, "Missing parameter name at index 2", 2),
        ("/*/x", .missingName, "Missing parameter name at index 2", 2),
        ("/:id*", .missingName, "Missing parameter name at index 5", 5),
        ("/(.*)", .unexpectedCharacter, "Unexpected ( at index 1", 1),
        (#"/:id(\d+)"#, .unexpectedCharacter, "Unexpected ( at index 4", 4),
        ("/a)", .unexpectedCharacter, "Unexpected ) at index 2", 2),
        ("/[a]", .unexpectedCharacter, "Unexpected [ at index 1", 1),
        ("/a]", .unexpectedCharacter, "Unexpected ] at index 2", 2),
        ("/:id?", .unexpectedCharacter, "Unexpected ? at index 4", 4),
        ("/a+", .unexpectedCharacter, "Unexpected + at index 2", 2),
        ("/a!", .unexpectedCharacter, "Unexpected ! at index 2", 2),
        ("/a}", .unexpectedCharacter, "Unexpected } at index 2", 2),
        ("/{a}}", .unexpectedCharacter, "Unexpected } at index 4", 4),
        ("/{a(}", .unexpectedCharacter, "Unexpected ( at index 3", 3),
        ("/𝒳é?", .unexpectedCharacter, "Unexpected ? at index 3", 3),
        ("/{a", .unexpectedEnd, "Unexpected end at index 3, expected }", 3),
        ("/{a{b}", .unexpectedEnd, "Unexpected end at index 6, expected }", 6),
        ("/\\", .unexpectedEnd, "Unexpected end after \\ at index 2", 2),
        ("/{a\\", .unexpectedEnd, "Unexpected end after \\ at index 4", 4),
        ("/:a\\", .unexpectedEnd, "Unexpected end after \\ at index 4", 4),
        ("/*a\\", .unexpectedEnd, "Unexpected end after \\ at index 4", 4),
        (#"/:"a"#, .unterminatedQuote, "Unterminated quote at index 2", 2),
        (#"/*"a"#, .unterminatedQuote, "Unterminated quote at index 2", 2),
        (#"/:""#, .unterminatedQuote, "Unterminated quote at index 2", 2),
        (#"/:"a\"#, .unterminatedQuote, "Unterminated quote at index 2", 2),
        (#"/:"a\""#, .unterminatedQuote, "Unterminated quote at index 2", 2),
        ("/:a:b", .missingText, "Missing text before \"b\" param", 3),
        ("/:a*b", .missingText, "Missing text before \"b\" wildcard", 3),
        ("/*a*b", .missingText, "Missing text before \"b\" wildcard", 3),
        ("/*a:b", .missingText, "Missing text before \"b\" param", 3),
        ("/:a{:b}", .missingText, "Missing text before \"b\" param", 4),
        ("/:a{-}:b", .missingText, "Missing text before \"b\" param", 6),
        ("{:a}{:b}", .missingText, "Missing text before \"b\" param", 5),
        (#"/:a:"b c""#, .missingText, "Missing text before \"b c\" param", 3),
    ]

    @Test("says what is wrong and where", arguments: refused)
    func messages(_ text: String, _ code: PatternError.Code, _ message: String, _ index: Int) throws {
        let error = try #require(refusal(text))
        #expect(error.code == code)
        #expect(error.message == message)
        #expect(error.index == index)
        #expect(error.pattern == text)
    }

    static let hints: [(String, String)] = [
        ("/:id?", "{/:id}"), ("/:id+", "*path"), (#"/:id(\d+)"#, "where the route is handled"), ("/)", #"\)"#),
        ("/[", #"\["#), ("/a}", #"\}"#), ("/x{a", "begins at index 2"), ("/a\\", #"\\"#), ("/*", "/files/*path"),
        ("/:id*", "/files{/*path}"), ("/:", #":"user-id""#), (#"/:"a"#, "another quote"), ("/:a:b", "between the two"),
    ]

    @Test("says what to write instead", arguments: hints)
    func hint(_ text: String, _ expected: String) throws {
        #expect(try #require(refusal(text)).hint.contains(expected))
    }

    @Test("shows the pattern with a caret under the place")
    func description() throws {
        let lines = try #require(refusal("/users/:id?/x")).description.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0] == "/users/:id?/x")
        #expect(lines[1] == "          ^")
        #expect(lines[2] == "Unexpected ? at index 10")
        #expect(lines[3].hasPrefix("What may be left out stands in braces"))
    }

    @Test("points at the character, though it be of several scalars, and behind the last one")
    func caret() throws {
        let composed = try #require(refusal("/e\u{301}e\u{301}?")).description.split(separator: "\n")
        #expect(composed[1] == "   ^")
        let atEnd = try #require(refusal("/{a")).description.split(separator: "\n")
        #expect(atEnd[1] == "   ^")
    }

    @Test("shows control characters and line breaks as pictures of themselves")
    func controlCharacters() throws {
        let lines = try #require(refusal("/a\n\r\u{1B}[\u{7F}\u{85}\u{2028}")).description.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        )
        #expect(lines.count == 4)
        #expect(lines[0] == "/a␊␍␛[␡\u{FFFD}\u{FFFD}")
    }

    @Test("has the name of its kind")
    func codes() {
        #expect("\(PatternError.Code.missingText)" == "missingText")
        #expect(Set(Self.refused.map(\.1)).count == 5)
    }
}
