import Testing

@testable import KoaRouter

extension PatternProgram {
    /// Matches the bytes of a text.
    func match(_ path: String, from start: Int = 0) -> PatternMatch? {
        Array(path.utf8).withUnsafeBufferPointer { match($0, from: start) }
    }

    /// The same by simulation alone, and its steps.
    func simulate(_ path: String, from start: Int = 0, sensitive: Bool = false) -> (match: PatternMatch?, steps: Int) {
        Array(path.utf8).withUnsafeBufferPointer { bytes in
            var simulation = PatternSimulation(
                PatternOperations(parts), captureCount: captures.count, ending: ending
            )
            let match = simulation.run(PathBytes(bytes, sensitive: sensitive), from: start)
            return (match, simulation.steps)
        }
    }

    /// The same by walking alone, and what is left of its budget.
    func walk(_ path: String, end: Bool = true) -> (result: PatternWalk.Result, budget: Int) {
        Array(path.utf8).withUnsafeBufferPointer { bytes in
            var walk = PatternWalk(
                PatternStep.steps(for: parts, end: end), hasChoices: choiceCount > 0, ending: ending,
                over: PathBytes(bytes, sensitive: false)
            )
            let result = walk.run(from: 0)
            return (result, walk.budget)
        }
    }
}

@Suite("A program of a pattern")
struct PatternProgramTests {
    private func program(
        _ text: String, alternative: Int = 0, from piece: Int = 0, offset: Int = 0, end: Bool = true,
        trailing: Bool = true
    ) throws -> PatternProgram {
        let alternatives = try RoutePattern(text).alternatives
        return PatternProgram(alternatives[alternative], from: piece, offset: offset, end: end, trailing: trailing)
    }

    @Test("gives the captures as ranges of bytes")
    func ranges() throws {
        #expect(try program("/:a/:b").match("/x/größe") == PatternMatch(end: 10, captures: [1..<2, 3..<10]))
        #expect(try program("/:a-:b").match("/x-y/") == PatternMatch(end: 5, captures: [1..<2, 3..<4]))
        #expect(try program("/about").match("/about") == PatternMatch(end: 6, captures: []))
    }

    @Test("knows the numbers of its captures")
    func numbers() throws {
        #expect(try program("/:a{-:b}/:c").captures == 0..<3)
        #expect(try program("/:a{-:b}/:c", alternative: 1).captures == 3..<5)
        #expect(try program("/:a{-:b}/:c", alternative: 1, from: 2).captures == 4..<5)
        #expect(try program("/about").captures.isEmpty)
        #expect(try program("/:a/x", from: 2).captures.isEmpty)
    }

    @Test("matches from an offset on")
    func offset() throws {
        let program = try program("/:id")
        #expect(program.match("/users/7", from: 6) == PatternMatch(end: 8, captures: [7..<8]))
        #expect(program.match("/users/7", from: 8) == nil)
        #expect(program.match("/users/7", from: 9) == nil)
        #expect(try self.program("").match("/users", from: 6) == PatternMatch(end: 6, captures: []))
    }

    @Test("may be a tail, which matches what the whole would")
    func tails() throws {
        let path = "/a/1-2/b/3"
        let whole = try #require(try program("/a/:x-:y/b/:z").match(path))
        // From each piece, and from within its text.
        #expect(try program("/a/:x-:y/b/:z", offset: 2).match(path, from: 2) == whole)
        for (piece, from) in [(1, 3), (2, 4), (3, 5), (4, 6), (5, 9)] {
            let tail = try program("/a/:x-:y/b/:z", from: piece)
            let captures = whole.captures.suffix(tail.captures.count)
            #expect(tail.match(path, from: from) == PatternMatch(end: path.utf8.count, captures: Array(captures)))
        }
        #expect(try program("/a/:x-:y/b/:z", from: 4, offset: 2).match("/b/3", from: 2)?.captures == [3..<4])
    }

    @Test("keeps in a tail what the pieces before it have its captures leave out")
    func tailsKeepRules() throws {
        // After a wildcard in its segment a parameter holds no text that stands between the two.
        #expect(try program("/*a-:b", from: 3).match("x-y") == nil)
        #expect(try program("/*a-:b", from: 3).match("xy") != nil)
        #expect(try program("/a:b", from: 1).match("x-y") != nil)
        // A wildcard after another one holds the text between them only as a segment.
        #expect(try program("/*a/*b", from: 3).match("x/y") == nil)
        #expect(try program("/a/*b", from: 1).match("x/y") != nil)
    }

    @Test("takes bytes that are no UTF-8 as they are")
    func invalidUTF8() throws {
        let path: [UInt8] = [0x2F, 0xFF, 0x80, 0x2D, 0xC3]
        let captures = try path.withUnsafeBufferPointer { try program("/:a-:b").match($0)?.captures }
        #expect(captures == [1..<3, 4..<5])
    }

    /// A pattern, and how many of its captures may end in several places, by the whole path and by a prefix of it.
    static let choices: [(String, Int, Int)] = [
        ("/about", 0, 0), ("/:id", 0, 0), ("/:id/posts/:post", 0, 0), ("/files/*path", 0, 0), ("/:a-*b", 0, 0),
        ("/users/:id/*rest", 0, 0), ("/:a-:b-*c", 0, 0), ("/:id.json", 1, 1), ("/*a/b", 1, 1), ("/:a-:b", 2, 2),
        ("/*a-*b", 1, 2), ("/*a/*b", 1, 1), ("/*a/x/*b", 2, 2), ("/*a/*b/*c", 1, 1),
    ]

    @Test("has but one way to divide a path where each capture ends with its class", arguments: choices)
    func choiceCount(_ text: String, _ asWhole: Int, _ asPrefix: Int) throws {
        #expect(try program(text).choiceCount == asWhole)
        #expect(try program(text, end: false).choiceCount == asPrefix)
    }

    @Test("finds by walking what the simulation finds", arguments: PatternCase.all)
    func walkAgrees(_ patternCase: PatternCase) throws {
        for pieces in try RoutePattern(patternCase.pattern).alternatives {
            let program = PatternProgram(
                pieces, end: patternCase.end, trailing: patternCase.trailing, sensitive: patternCase.sensitive
            )
            for row in patternCase.rows {
                let simulated = program.simulate(row.path, sensitive: patternCase.sensitive)
                #expect(program.match(row.path) == simulated.match, "\(row.path)")
            }
        }
    }

    @Test("prefers in the simulation what comes first, though another choice would go on for longer")
    func preference() {
        let parts: [PatternPart] = [
            .capture([.text([0x61]), .run(PatternClass(withoutSlash: false, without: []))])
        ]
        for (choices, end) in [(parts, 1), ([.capture([.run(PatternClass(withoutSlash: false, without: []))])], 3)] {
            let match = Array("a/b".utf8).withUnsafeBufferPointer { bytes in
                var simulation = PatternSimulation(
                    PatternOperations(choices), captureCount: 1,
                    ending: PatternProgram.Ending(end: false, trailing: true)
                )
                return simulation.run(PathBytes(bytes, sensitive: true), from: 0)
            }
            #expect(match == PatternMatch(end: end, captures: [0..<end]))
        }
    }

    @Test("is simulated when there are too many choices to walk")
    func manyChoices() throws {
        for count in [16, 17, 40] {
            let text = "/" + (1...count).map { ":p\($0)" }.joined(separator: "-")
            let path = "/" + (1...count).map(String.init).joined(separator: "-")
            let captures = try program(text).match(path)?.captures.map {
                String(decoding: path.utf8.dropFirst($0.lowerBound).prefix($0.count), as: UTF8.self)
            }
            #expect(captures == (1...count).map(String.init))
            #expect(try program(text).match(path + "/x") == nil)
        }
    }
}

@Suite("A matcher of a pattern")
struct PatternMatcherTests {
    @Test("gives the captures of all alternatives by their numbers")
    func captures() throws {
        let matcher = PatternMatcher(try RoutePattern("/:a{-:b}"))
        #expect(matcher.match("/1-2") == ["1", "2", nil])
        #expect(matcher.match("/1") == [nil, nil, "1"])
        #expect(matcher.match("/1/2") == nil)
        #expect(PatternMatcher(try RoutePattern("/about")).match("/about") == [])
    }

    @Test("tells which alternative matched")
    func alternative() throws {
        let matcher = PatternMatcher(try RoutePattern("/a{/:b}"), end: false)
        let found = Array("/a//".utf8).withUnsafeBufferPointer { matcher.firstMatch($0) }
        #expect(found?.0.captures.isEmpty == true)
        #expect(found?.1 == PatternMatch(end: 2, captures: []))
    }
}
