import Testing

@testable import KoaRouter

extension PatternProgram {
    /// Matches the bytes of a text.
    func match(_ path: String, from start: Int = 0) -> PatternMatch? {
        Array(path.utf8).withUnsafeBufferPointer { match($0, from: start) }
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

    static let plain: [(String, Bool, Bool)] = [
        ("/about", true, true), ("/:id", true, true), ("/:id/posts/:post", true, true), ("/files/*path", true, true),
        ("/:a-*b", true, true), ("/users/:id/*rest", true, true), ("/*a-b", false, false), ("/:id.json", false, false),
        ("/:a-:b", false, false), ("/*a/*b", false, false), ("/:a-:b-*c", true, true),
    ]

    @Test("needs no simulation where each capture can end in one place only", arguments: plain)
    func isPlain(_ text: String, _ asWhole: Bool, _ asPrefix: Bool) throws {
        #expect(try program(text).isPlain == asWhole)
        #expect(try program(text, end: false).isPlain == asPrefix)
    }

    @Test("is not plain as a prefix where its last capture may end at one of several slashes")
    func prefixOfSlashes() throws {
        let tail = try program("/*a-*b", from: 3)
        let prefix = try program("/*a-*b", from: 3, end: false)
        #expect(tail.isPlain)
        #expect(!prefix.isPlain)
        #expect(prefix.match("x/y/z-") == PatternMatch(end: 3, captures: [0..<3]))
    }

    @Test("finds in one pass what the simulation finds", arguments: PatternCase.all)
    func walkAgrees(_ patternCase: PatternCase) throws {
        for pieces in try RoutePattern(patternCase.pattern).alternatives {
            let program = PatternProgram(
                pieces, end: patternCase.end, trailing: patternCase.trailing, sensitive: patternCase.sensitive
            )
            for row in patternCase.rows {
                let simulated = Array(row.path.utf8).withUnsafeBufferPointer { bytes in
                    var simulation = PatternSimulation(program)
                    return simulation.run(PathBytes(bytes, sensitive: patternCase.sensitive), from: 0)
                }
                #expect(program.match(row.path) == simulated, "\(row.path)")
            }
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
