/// One alternative of a pattern, or its tail, made ready to be matched with paths in time linear in their length.
///
/// It finds what the reference's regular expression finds: by walking over the path, which takes one pass where the
/// bytes alone tell where each capture ends, as in nearly all patterns in use; and where walking would go back and
/// forth for too long, by simulating the expression.
///
/// ```swift
/// let pattern = try RoutePattern("/users/:id")
/// let program = PatternProgram(pattern.alternatives[0])
/// let path = Array("/users/42".utf8)
/// path.withUnsafeBufferPointer { program.match($0)?.captures } // [7..<9]
/// ```
package struct PatternProgram: Sendable {
    /// Where a path ends for the program.
    struct Ending: Sendable {
        /// Whether the whole path has to match; else a part of it that ends before a slash or at its end will do.
        let end: Bool
        /// Whether one more slash may stand at the path's end.
        let trailing: Bool

        /// The end of the match when all parts have matched up to an offset, or nil when a path can't end there.
        func end(of path: PathBytes, at offset: Int) -> Int? {
            if offset == path.count { return offset }
            guard path[offset] == PathBytes.slash else { return nil }
            if trailing && offset + 1 == path.count { return path.count }
            return end ? nil : offset
        }
    }

    /// The numbers of the captures among the pattern's, in the order in which a match has them.
    package let captures: Range<Int>

    let parts: [PatternPart]
    let ending: Ending
    private let steps: [PatternStep]
    private let isSensitive: Bool

    /// How many captures have choices: with none there is but one way to divide a path.
    let choiceCount: Int

    /// What is simulated where walking gives up; nil where it never does.
    private let operations: PatternOperations?

    /// With more choices than this a program is not walked, as that takes a frame of the stack for each.
    private static let walkedChoices = 16

    /// Compiles an alternative.
    ///
    /// - Parameters:
    ///   - pieces: All of the alternative, as what a capture may take depends on what stands before it.
    ///   - first: The piece to begin with, for a tail.
    ///   - offset: How many bytes of that piece to leave out, if it is a text.
    ///   - end: Whether the whole path has to match; else a part that ends before a slash or at the path's end will do.
    ///   - trailing: Whether one more slash may stand at the path's end.
    ///   - sensitive: Whether the case of ASCII letters counts. That of others always does.
    package init(
        _ pieces: [PatternPiece], from first: Int = 0, offset: Int = 0,
        end: Bool = true, trailing: Bool = true, sensitive: Bool = false
    ) {
        var parts = Array(PatternPart.parts(of: pieces, sensitive: sensitive).dropFirst(first))
        if offset > 0, case .text(let text) = parts.first {
            parts[0] = .text(Array(text.dropFirst(offset)))
        }
        let numbers = pieces.dropFirst(first).compactMap(\.number)
        captures = (numbers.first ?? 0)..<((numbers.last ?? -1) + 1)
        self.parts = parts
        ending = Ending(end: end, trailing: trailing)
        isSensitive = sensitive
        steps = PatternStep.steps(for: parts, end: end)
        choiceCount = steps.count { if case .choices = $0 { true } else { false } }
        operations = choiceCount == 0 ? nil : PatternOperations(parts)
    }

    /// Matches a path from an offset on.
    ///
    /// - Returns: The end of the match and the byte ranges of the captures, or nil when the path doesn't match.
    package func match(_ path: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> PatternMatch? {
        let path = PathBytes(path, sensitive: isSensitive)
        guard start <= path.count else { return nil }
        if choiceCount <= Self.walkedChoices {
            var walk = PatternWalk(steps, hasChoices: choiceCount > 0, ending: ending, over: path)
            switch walk.run(from: start) {
            case .match(let match): return match
            case .noMatch: return nil
            case .gaveUp: break
            }
        }
        guard let operations else { return nil }
        var simulation = PatternSimulation(operations, captureCount: captures.count, ending: ending)
        return simulation.run(path, from: start)
    }
}

/// Where a path matched.
package struct PatternMatch: Sendable, Hashable {
    /// The offset behind the last byte of the match: behind the slash that may stand at the path's end, before the one
    /// that a prefix ends at.
    package let end: Int
    /// The bytes of each capture, in the order of ``PatternProgram/captures``.
    package let captures: [Range<Int>]
}
