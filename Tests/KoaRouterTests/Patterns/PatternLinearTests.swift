import Testing

@testable import KoaRouter

@Suite("The time that a match takes")
struct PatternLinearTests {
    private func program(_ text: String, end: Bool = true) throws -> PatternProgram {
        PatternProgram(try #require(try RoutePattern(text).alternatives.first), end: end)
    }

    /// The most steps that a simulation may take.
    private func bound(_ program: PatternProgram, _ path: String) -> Int {
        2 * PatternOperations(program.parts).operations.count * (path.utf8.count + 2)
    }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    /// A pattern, a part of a path that is repeated, and what stands behind it all.
    static let hard: [(String, String, String)] = [
        ("/:a-:b-:c", "a-", ""), ("/:a-:b-:c", "-", ""), ("/:a-:b-:c", "a", ""), ("/:a-:b-:c", "-", "/x"),
        ("/*a-b*c-d", "a-", ""), ("/*a-b*c-d", "-b", "-"), ("/*a-b*c-d", "-bx-", "/"),
        ("/*a-*b-*c-*d-*e", "-", ""), ("/*a-*b-*c-*d-*e", "x-", ""), ("/*a/*b/*c/*d", "x/", ""),
        ("/*a/*b/*c/*d", "/", ""),
        ("/*a/x/*b/x/*c", "x/", "y"), ("/*a/x/*b/x/*c/x/*d/x/*e/x/*f/x/*g/x/*h~", "s/x/", "s"),
        (#"/:"a"a:"b"a:"c"a"#, "a", "b"), ("/:a.:b.:c.:d.:e.:f~", "...", "x"),
        ("/*a--*b@@:c", "-", "@"), ("/*a--*b@@:c", "-@", "@"), ("/:a-:b^*c@*d%:e", "-^@", ""),
    ]

    @Test("is linear in the path's length, whatever the pattern", arguments: hard)
    func linear(_ pattern: String, _ part: String, _ tail: String) throws {
        for end in [true, false] {
            let program = try program(pattern, end: end)
            let short = "/" + Self.repeated(part, 500) + tail
            let long = "/" + Self.repeated(part, 2000) + tail
            let (match, steps) = program.simulate(long)
            #expect(steps <= bound(program, long))
            // Four times the path takes four times the steps, where the square would be sixteen.
            #expect(steps < 5 * program.simulate(short).steps)
            #expect(program.match(long) == match)
        }
    }

    @Test("is linear while walking, which gives up early", arguments: hard)
    func walk(_ pattern: String, _ part: String, _ tail: String) throws {
        for end in [true, false] {
            let program = try program(pattern, end: end)
            let path = "/" + Self.repeated(part, 2000) + tail
            let (result, budget) = program.walk(path, end: end)
            // At most one class is gone through when there is nothing left.
            #expect(program.choiceCount == 0 || budget >= -path.utf8.count - program.choiceCount)
            #expect((budget < 0) == (result == .gaveUp))
            if case .match(let match) = result { #expect(match == program.simulate(path).match) }
        }
    }

    @Test("is linear for 100 KB of what backtracking would be lost in", arguments: ["/:a-:b-:c", "/*a-b*c-d"])
    func large(_ pattern: String) throws {
        var random = SeededGenerator(seed: 7)
        let path = "/" + String((0..<100_000).map { _ in Bool.random(using: &random) ? "a" as Character : "-" }) + "/x/"
        let program = try program(pattern)
        let (match, steps) = program.simulate(path)
        #expect(match == nil)
        #expect(steps <= bound(program, path))
        #expect(program.match(path) == nil)
    }

    @Test("is linear for a thousand segments and several wildcards")
    func segments() throws {
        let program = try program("/*a/x/*b/:c/*d/y/*e")
        let path = Self.repeated("/segment", 1000)
        let miss = program.simulate(path)
        #expect(miss.match == nil && miss.steps <= bound(program, path))
        let matching = path + "/x" + path + "/y/z"
        let match = program.simulate(matching)
        #expect(match.match != nil && match.steps <= bound(program, matching))
        #expect(program.match(path) == nil)
        #expect(program.match(matching) == match.match)
    }

    @Test("is found by walking where that is quick, and gives up where it isn't")
    func budget() throws {
        let easy = try program("/:a-:b").walk("/" + Self.repeated("a", 1000) + "-b")
        #expect(easy.result != .gaveUp && easy.result != .noMatch)
        // Each byte that was looked at is counted, and each choice.
        let path = "/" + Self.repeated("a", 1000) + "-b"
        let spent = try PatternWalk.budget(for: path.utf8.count) - program("/:a-:b").walk(path).budget
        #expect(spent == 1002 + 3 + 1 + 1)
        // Here each wildcard has two choices, which lead to the same place: 128 ways to fail.
        let hard = try program("/*a/x/*b/x/*c/x/*d/x/*e/x/*f/x/*g/x/*h~").walk("/s" + Self.repeated("/x/s", 100))
        #expect(hard.result == .gaveUp)
        // Without choices it is never given up.
        #expect(try program("/:a/*b").walk("/" + Self.repeated("a", 10_000)).result == .noMatch)
    }

    @Test("has a bound that is no more than a few times what is needed")
    func boundIsReached() throws {
        let program = try program("/:a-:b-:c")
        let path = "/" + Self.repeated("a-", 1000)
        #expect(program.simulate(path).steps > bound(program, path) / 8)
        #expect(PatternWalk.budget(for: 1000) < 10_000)
    }
}
