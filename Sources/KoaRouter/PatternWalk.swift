/// A part of a program as it is walked.
enum PatternStep: Sendable, Hashable {
    /// Text.
    case text([UInt8])
    /// A capture that ends where its class ends, whatever the path is.
    case run(PatternClass)
    /// A capture that may have to end earlier, or to take another choice, for the rest to match.
    case choices([PatternPart.Choice])

    /// The steps for the parts of a program.
    ///
    /// A capture ends where its class ends when it can't go past the text that follows it: in what it took the text
    /// doesn't begin, so to take less would never help. The last one has to reach a place where paths may end: a slash,
    /// where it stops, or the end.
    static func steps(for parts: [PatternPart], end: Bool) -> [PatternStep] {
        parts.enumerated().map { index, part in
            switch part {
            case .text(let text):
                return .text(text)
            case .capture(let choices):
                guard choices.count == 1, case .run(let bytes) = choices[0] else { return .choices(choices) }
                let isDecided =
                    if index + 1 == parts.count {
                        end || bytes.excludesSlash || bytes.hasAll
                    } else if case .text(let text) = parts[index + 1] {
                        bytes.stops(at: text)
                    } else {
                        false
                    }
                return isDecided ? .run(bytes) : .choices(choices)
            }
        }
    }
}

/// A run of a program over a path from step to step, trying the choices of each capture in turn.
///
/// That is the fast way, in one pass for patterns without choices; for the others it may be exponentially slow, so that
/// it gives up after a number of steps that is linear in the path's length.
struct PatternWalk {
    /// What came of a walk.
    enum Result: Hashable {
        case match(PatternMatch)
        case noMatch
        /// It took too long to tell.
        case gaveUp
    }

    /// How many bytes and choices may still be looked at; less than zero when it gave up.
    private(set) var budget: Int

    private let steps: [PatternStep]
    private let ending: PatternProgram.Ending
    private let path: PathBytes
    private var captures: [Range<Int>] = []

    /// A walk; without choices it is never given up.
    init(_ steps: [PatternStep], hasChoices: Bool, ending: PatternProgram.Ending, over path: PathBytes) {
        self.steps = steps
        self.ending = ending
        self.path = path
        budget = hasChoices ? Self.budget(for: path.count) : Int.max
    }

    /// The budget for a path of some length where there are choices.
    static func budget(for count: Int) -> Int { 8 * (count + 8) }

    /// Walks from an offset on, once.
    mutating func run(from start: Int) -> Result {
        if let end = end(of: 0, at: start) { return .match(PatternMatch(end: end, captures: captures)) }
        return budget < 0 ? .gaveUp : .noMatch
    }

    /// The end of the match of the steps from one on, their captures appended; nil without it, the captures unchanged.
    private mutating func end(of first: Int, at start: Int) -> Int? {
        let captureCount = captures.count
        var offset = start
        for index in first..<steps.count {
            switch steps[index] {
            case .text(let text):
                guard path.hasText(text, at: offset) else { return fail(captureCount) }
                offset += text.count
            case .run(let bytes):
                let last = end(of: bytes, from: offset)
                guard last > offset, budget >= 0 else { return fail(captureCount) }
                captures.append(offset..<last)
                offset = last
            case .choices(let choices):
                return end(of: choices, at: index, from: offset) ?? fail(captureCount)
            }
        }
        return ending.end(of: path, at: offset) ?? fail(captureCount)
    }

    /// The same for a step with choices.
    private mutating func end(of choices: [PatternPart.Choice], at index: Int, from offset: Int) -> Int? {
        for choice in choices {
            var last: Int
            let least: Int
            switch choice {
            case .text(let text):
                guard path.hasText(text, at: offset) else { continue }
                last = offset + text.count
                least = last
            case .run(let bytes):
                last = end(of: bytes, from: offset)
                least = offset + 1
            }
            while last >= least {
                budget -= 1
                guard budget >= 0 else { return nil }
                captures.append(offset..<last)
                if let end = end(of: index + 1, at: last) { return end }
                captures.removeLast()
                last -= 1
            }
        }
        return nil
    }

    /// Where a class ends.
    private mutating func end(of bytes: PatternClass, from offset: Int) -> Int {
        guard !bytes.hasAll else { return path.count }
        var last = offset
        while last < path.count && bytes.contains(path, at: last) { last += 1 }
        budget -= last - offset
        return last
    }

    private mutating func fail(_ captureCount: Int) -> Int? {
        captures.removeSubrange(captureCount...)
        return nil
    }
}
