@testable import KoaRouter

/// The reference's regular expression of a pattern, run by backtracking over UTF-16 as JavaScript does: slow, and as
/// close to the letter of the rules as can be, to check the real thing by.
struct BacktrackingPattern {
    /// A part of the expression.
    private enum Node {
        case text([UInt16])
        /// `(…)`: the first of the choices with which the rest matches.
        case capture([Choice])
    }

    private enum Choice {
        /// `(?:(?!one|another)[^])+`
        case run(without: [[UInt16]])
        case text([UInt16])
    }

    private static let slash = UInt16(UInt8(ascii: "/"))

    private var alternatives: [[Node]] = []
    private let end: Bool
    private let trailing: Bool
    private let sensitive: Bool

    /// - Returns: Nil where two captures have no text between them.
    init?(_ tokens: [PatternToken], end: Bool, trailing: Bool, sensitive: Bool) {
        self.end = end
        self.trailing = trailing
        self.sensitive = sensitive
        for sequence in Self.flatten(tokens) {
            var nodes: [Node] = []
            for (index, token) in sequence.enumerated() {
                if case .text(let text) = token {
                    nodes.append(.text(units(text)))
                } else if index > 0, sequence[index - 1].isCapture {
                    return nil
                } else {
                    nodes.append(.capture(choices(at: index, of: sequence)))
                }
            }
            alternatives.append(nodes)
        }
    }

    /// The sequences that groups taken or left out lead to, found by going through the tokens once for each.
    private static func flatten(_ tokens: [PatternToken]) -> [[PatternToken]] {
        guard let first = tokens.first else { return [[]] }
        let rest = Array(tokens.dropFirst())
        guard case .group(let inner, _) = first else { return flatten(rest).map { [first] + $0 } }
        return flatten(inner).flatMap { taken in flatten(rest).map { taken + $0 } } + flatten(rest)
    }

    /// The rules, by looking back and ahead from each capture.
    private func choices(at index: Int, of tokens: [PatternToken]) -> [Choice] {
        let before = tokens[..<index].reversed()
        let between = joined(before.prefix { !$0.isCapture }.reversed())
        let segment = before.prefix { !Self.hasSlash($0) }
        let follows = tokens[(index + 1)...]
        let slash = [Self.slash]
        if case .parameter = tokens[index] {
            if segment.contains(where: Self.isWildcard) { return [.run(without: [slash, between])] }
            if follows.prefix(while: { !Self.hasSlash($0) }).contains(where: Self.isWildcard) {
                return [.run(without: [slash, joined(follows.prefix { !$0.isCapture })])]
            }
            if segment.contains(where: \.isCapture) { return [.run(without: [slash, between]), .text(between)] }
            return [.run(without: [slash])]
        }
        if segment.contains(where: Self.isWildcard) { return [.run(without: [between])] }
        guard let last = tokens[..<index].lastIndex(where: Self.isWildcard) else { return [.run(without: [])] }
        let text = joined(tokens[(last + 1)..<index].prefix { !$0.isCapture })
        return [.run(without: [text]), .run(without: [slash])]
    }

    private static func isWildcard(_ token: PatternToken) -> Bool {
        if case .wildcard = token { true } else { false }
    }

    private static func hasSlash(_ token: PatternToken) -> Bool {
        if case .text(let text) = token { text.utf16.contains(slash) } else { false }
    }

    private func joined(_ tokens: some Sequence<PatternToken>) -> [UInt16] {
        tokens.flatMap { token in if case .text(let text) = token { units(text) } else { [UInt16]() } }
    }

    private func units(_ text: String) -> [UInt16] {
        text.utf16.map { !sensitive && 0x41...0x5A ~= $0 ? $0 + 0x20 : $0 }
    }

    /// Matches a path: the captures of all alternatives, as in ``PatternMatcher/match(_:)``, and the part that matches.
    func match(_ path: String) -> (captures: [String?], matched: String)? {
        var captureCounts: [Int] = []
        for nodes in alternatives {
            captureCounts.append(nodes.count { if case .capture = $0 { true } else { false } })
        }
        for (index, nodes) in alternatives.enumerated() {
            let run = Run(path: units(path), end: end, trailing: trailing)
            guard let (ranges, end) = run.match(nodes[...], at: 0, captures: []) else { continue }
            let original = Array(path.utf16)
            let text: (Range<Int>) -> String = { String(decoding: original[$0], as: UTF16.self) }
            let before = [String?](repeating: nil, count: captureCounts[..<index].reduce(0, +))
            let after = [String?](repeating: nil, count: captureCounts[(index + 1)...].reduce(0, +))
            return (before + ranges.map(text) + after, text(0..<end))
        }
        return nil
    }

    private struct Run {
        let path: [UInt16]
        let end: Bool
        let trailing: Bool

        /// The first way to match nodes and the end.
        func match(
            _ nodes: ArraySlice<Node>, at offset: Int, captures: [Range<Int>]
        ) -> (captures: [Range<Int>], end: Int)? {
            guard let node = nodes.first else { return finish(at: offset).map { (captures, $0) } }
            let rest = nodes.dropFirst()
            switch node {
            case .text(let text):
                return has(text, at: offset) ? match(rest, at: offset + text.count, captures: captures) : nil
            case .capture(let choices):
                for choice in choices {
                    for next in ends(of: choice, at: offset) {
                        if let found = match(rest, at: next, captures: captures + [offset..<next]) { return found }
                    }
                }
                return nil
            }
        }

        /// Where a choice may end, the preferred place first.
        private func ends(of choice: Choice, at offset: Int) -> [Int] {
            switch choice {
            case .text(let text): return has(text, at: offset) ? [offset + text.count] : []
            case .run(let texts):
                let texts = texts.filter { !$0.isEmpty }
                let stop = (offset..<path.count).first { place in texts.contains { has($0, at: place) } }
                return Array((offset..<(stop ?? path.count)).map { $0 + 1 }.reversed())
            }
        }

        /// `(?:\/$)?$` or `(?:\/$)?(?=\/|$)`
        private func finish(at offset: Int) -> Int? {
            if trailing && offset + 1 == path.count && path[offset] == slash { return path.count }
            if offset == path.count { return offset }
            return !end && path[offset] == slash ? offset : nil
        }

        private func has(_ text: [UInt16], at offset: Int) -> Bool { path[offset...].starts(with: text) }
    }
}
