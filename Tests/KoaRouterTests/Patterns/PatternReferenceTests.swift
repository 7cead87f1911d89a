import Testing

@testable import KoaRouter

@Suite("Patterns made up at random")
struct PatternReferenceTests {
    @Test("match as the reference's regular expression does", arguments: 1...8 as ClosedRange<UInt64>)
    func agreement(seed: UInt64) throws {
        var random = RandomPattern(seed: seed)
        var counts = (patterns: 0, refused: 0, matches: 0, misses: 0, ambiguous: 0)
        while counts.patterns < 400 {
            let tokens = random.tokens()
            let text = RoutePattern.text(of: tokens)
            let (end, trailing, sensitive) = (!random.once(in: 3), !random.once(in: 3), random.once(in: 3))
            counts.patterns += 1
            guard let reference = BacktrackingPattern(tokens, end: end, trailing: trailing, sensitive: sensitive) else {
                counts.refused += 1
                let error = #expect(throws: PatternError.self) { try RoutePattern(text) }
                #expect(error?.code == .missingText || error?.code == .tooManyAlternatives, "\(text)")
                continue
            }
            let pattern = try RoutePattern(text)
            let matcher = PatternMatcher(pattern, end: end, trailing: trailing, sensitive: sensitive)
            let programs = pattern.alternatives.map { PatternProgram($0, end: end) }
            if programs.contains(where: { $0.choiceCount > 0 }) { counts.ambiguous += 1 }
            for _ in 0..<6 {
                let path = random.path(of: tokens)
                let expected = reference.match(path)
                let found = matcher.match(path)
                #expect(found?.map { $0.map(String.init) } == expected?.captures, "\(text) \(path)")
                let matched = Array(path.utf8).withUnsafeBufferPointer { bytes in
                    matcher.firstMatch(bytes).map { String(decoding: bytes[..<$0.1.end], as: UTF8.self) }
                }
                #expect(matched == expected?.matched, "\(text) \(path)")
                if expected == nil { counts.misses += 1 } else { counts.matches += 1 }
            }
        }
        // That the random patterns are worth the name.
        #expect(counts.refused > 20 && counts.refused < 200)
        #expect(counts.matches > 500 && counts.misses > 200)
        #expect(counts.ambiguous > 50)
    }

    @Test("are matched by walking as in the simulation, whole or from within", arguments: 1...4 as ClosedRange<UInt64>)
    func walkAgrees(seed: UInt64) throws {
        var random = RandomPattern(seed: seed &+ 1000)
        var matches = 0
        for _ in 0..<400 {
            let tokens = random.tokens()
            guard let pattern = try? RoutePattern(RoutePattern.text(of: tokens)) else { continue }
            let (end, trailing) = (!random.once(in: 2), !random.once(in: 3))
            for pieces in pattern.alternatives.prefix(4) {
                let first = random.once(in: 2) ? pieces.count / 2 : 0
                let program = PatternProgram(pieces, from: first, end: end, trailing: trailing)
                for _ in 0..<4 {
                    let path = random.path(of: tokens)
                    for start in [0, path.utf8.count / 2] {
                        let found = program.match(path, from: start)
                        #expect(found == program.simulate(path, from: start).match, "\(pattern) \(path) \(start)")
                        if found != nil { matches += 1 }
                    }
                }
            }
        }
        #expect(matches > 300)
    }

    @Test("are written anew as the same patterns", arguments: 1...4 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var random = RandomPattern(seed: seed &+ 2000)
        for _ in 0..<400 {
            let text = RoutePattern.text(of: random.tokens())
            guard let pattern = try? RoutePattern(text) else { continue }
            #expect(pattern.description == text)
        }
    }
}
