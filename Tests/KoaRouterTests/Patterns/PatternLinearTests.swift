import Testing

@testable import KoaRouter

@Suite("The time that a match takes")
struct PatternLinearTests {
    /// The steps of the simulation, and whether the path matches.
    private func run(_ text: String, _ path: String, end: Bool = true) throws -> (steps: Int, isMatch: Bool, bound: Int) {
        let pieces = try #require(try RoutePattern(text).alternatives.first)
        let program = PatternProgram(pieces, end: end)
        var simulation = PatternSimulation(program)
        let match = Array(path.utf8).withUnsafeBufferPointer { bytes in
            simulation.run(PathBytes(bytes, sensitive: false), from: 0)
        }
        let operations = PatternOperation.operations(for: program.parts).count
        return (simulation.steps, match != nil, 2 * operations * (path.utf8.count + 2))
    }

    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    /// A pattern, a part of a path that is repeated, and what stands behind it all.
    static let hard: [(String, String, String)] = [
        ("/:a-:b-:c", "a-", ""), ("/:a-:b-:c", "-", ""), ("/:a-:b-:c", "a", ""), ("/:a-:b-:c", "-", "/x"),
        ("/*a-b*c-d", "a-", ""), ("/*a-b*c-d", "-b", "-"), ("/*a-b*c-d", "-bx-", "/"),
        ("/*a-*b-*c-*d-*e", "-", ""), ("/*a-*b-*c-*d-*e", "x-", ""), ("/*a/*b/*c/*d", "x/", ""), ("/*a/*b/*c/*d", "/", ""),
        ("/*a/x/*b/x/*c", "x/", "y"), (#"/:"a"a:"b"a:"c"a"#, "a", "b"), ("/:a.:b.:c.:d.:e.:f~", "...", "x"),
        ("/*a--*b@@:c", "-", "@"), ("/*a--*b@@:c", "-@", "@"), ("/:a-:b^*c@*d%:e", "-^@", ""),
    ]

    @Test("is linear in the path's length, whatever the pattern", arguments: hard)
    func linear(_ pattern: String, _ part: String, _ tail: String) throws {
        for end in [true, false] {
            let short = try run(pattern, "/" + Self.repeated(part, 1000) + tail, end: end)
            let long = try run(pattern, "/" + Self.repeated(part, 4000) + tail, end: end)
            #expect(short.steps <= short.bound)
            #expect(long.steps <= long.bound)
            // Four times the path takes four times the steps, where the square would be sixteen.
            #expect(long.steps < 5 * short.steps)
        }
    }

    @Test("is linear for 100 KB of what backtracking would be lost in", arguments: ["/:a-:b-:c", "/*a-b*c-d"])
    func large(_ pattern: String) throws {
        var random = SeededGenerator(seed: 7)
        let path = "/" + String((0..<100_000).map { _ in Bool.random(using: &random) ? "a" as Character : "-" })
        let result = try run(pattern, path + "/x/")
        #expect(result.steps <= result.bound)
        #expect(!result.isMatch)
    }

    @Test("is linear for a thousand segments and several wildcards")
    func segments() throws {
        let pattern = "/*a/x/*b/:c/*d/y/*e"
        let path = Self.repeated("/segment", 1000)
        let miss = try run(pattern, path)
        #expect(!miss.isMatch && miss.steps <= miss.bound)
        let match = try run(pattern, path + "/x" + path + "/y/z")
        #expect(match.isMatch && match.steps <= match.bound)
    }

    @Test("is the one that the bound is for: a step for each operation and byte is possible")
    func boundIsReached() throws {
        let result = try run("/:a-:b-:c", "/" + Self.repeated("a-", 1000))
        #expect(result.steps > result.bound / 8)
    }
}
