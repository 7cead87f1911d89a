import Testing

@testable import KoaRouter

@Suite("The paths that a pattern stands for")
struct PatternAlternativesTests {
    /// The alternatives as text, with the number of each capture.
    private func alternatives(_ text: String) throws -> [String] {
        try RoutePattern(text).alternatives.map { pieces in
            pieces.map { piece in
                switch piece {
                case .text(let bytes): String(decoding: bytes, as: UTF8.self)
                case .parameter(let number): ":\(number)"
                case .wildcard(let number): "*\(number)"
                }
            }.joined(separator: "·")
        }
    }

    static let patterns: [(String, [String])] = [
        ("", [""]),
        ("/a", ["/a"]),
        ("/:x/*y", ["/·:0·/·*1"]),
        ("/a{b}", ["/ab", "/a"]),
        ("/a{b}{c}", ["/abc", "/ab", "/ac", "/a"]),
        ("/a{b{c}d}e", ["/abcde", "/abde", "/ae"]),
        ("{{a}b}", ["ab", "b", ""]),
        ("{a{b}}{c{d}}", ["abcd", "abc", "ab", "acd", "ac", "a", "cd", "c", ""]),
        ("/a{}", ["/a", "/a"]),
        ("/:x{.:y}", ["/·:0·.·:1", "/·:2"]),
        ("{/:x}{/:y}", ["/·:0·/·:1", "/·:2", "/·:3", ""]),
        ("/u{s}/:x", ["/us/·:0", "/u/·:1"]),
    ]

    @Test("are in the order of preference, each with captures of its own", arguments: patterns)
    func order(_ text: String, _ expected: [String]) throws {
        #expect(try alternatives(text) == expected)
    }

    @Test("have a name for each capture")
    func names() throws {
        #expect(try RoutePattern("/:x{.:y}").captureNames == ["x", "y", "x"])
        #expect(try RoutePattern("{/:x}{/*y}").captureNames == ["x", "y", "x", "y"])
    }

    @Test("have no two texts in a row, whatever groups are between them")
    func mergedTexts() throws {
        #expect(
            try RoutePattern("/a{b}{c{d}}e/:x").alternatives.first == [.text(Array("/abcde/".utf8)), .parameter(0)])
    }

    @Test("are at most 256")
    func limit() throws {
        #expect(try RoutePattern(String(repeating: "{a}", count: 8)).alternatives.count == 256)
        let nested = String(repeating: "{a", count: 255) + String(repeating: "}", count: 255)
        #expect(try RoutePattern(nested).alternatives.count == 256)
        // (15 + 1) × (15 + 1).
        let half = "{" + String(repeating: "{a", count: 14) + String(repeating: "}", count: 15)
        #expect(try RoutePattern(half + half).alternatives.count == 256)
    }

    /// Whether a pattern has too many, and where.
    private func refusedPlace(_ text: String) -> Int? {
        do throws(PatternError) {
            _ = try RoutePattern(text)
            return nil
        } catch {
            #expect(error.code == .tooManyAlternatives)
            #expect(error.message == "Too many path combinations")
            return error.index
        }
    }

    @Test("are no more than that, and the group is shown that is too much")
    func tooMany() {
        #expect(refusedPlace(String(repeating: "{a}", count: 9)) == 24)
        #expect(refusedPlace("/" + String(repeating: "{:a/}", count: 9)) == 41)
        #expect(refusedPlace(String(repeating: "{}", count: 9)) == 16)
        #expect(refusedPlace("{" + String(repeating: "{a}", count: 8) + "}") == 0)
        #expect(refusedPlace(String(repeating: "{a", count: 256) + String(repeating: "}", count: 256)) == 510)
    }

    @Test("are counted before they are made, and however deep they are nested")
    func hugePatterns() {
        #expect(refusedPlace(String(repeating: "{a}", count: 100_000)) == 24)
        #expect(refusedPlace(String(repeating: "{", count: 100_000)) == 255)
    }
}
