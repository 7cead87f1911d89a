extension PatternProgram {
    /// Whether of all captures each ends where its class ends, whatever the path is.
    ///
    /// That is so when a capture can't go past the text that follows it: in what it took the text doesn't begin, so to
    /// take less would never help. The last one has to reach a place where paths may end: a slash, where it stops, or
    /// the end.
    static func isPlain(_ parts: [PatternPart], end: Bool) -> Bool {
        for (index, part) in parts.enumerated() {
            guard case .capture(let choices) = part else { continue }
            guard choices.count == 1, case .run(let bytes) = choices[0] else { return false }
            if index + 1 < parts.count {
                guard case .text(let text) = parts[index + 1], bytes.stops(at: text) else { return false }
            } else {
                guard end || bytes.excludesSlash || bytes.hasAll else { return false }
            }
        }
        return true
    }

    /// Matches a path in one pass. The program has to be plain.
    func walk(_ path: PathBytes, from start: Int) -> PatternMatch? {
        var offset = start
        var captures: [Range<Int>] = []
        for part in parts {
            switch part {
            case .text(let text):
                guard path.hasText(text, at: offset) else { return nil }
                offset += text.count
            case .capture(let choices):
                guard case .run(let bytes) = choices[0] else { return nil }
                let begin = offset
                if bytes.hasAll { offset = path.count }
                while offset < path.count && bytes.contains(path, at: offset) { offset += 1 }
                guard offset > begin else { return nil }
                captures.append(begin..<offset)
            }
        }
        return ending.end(of: path, at: offset).map { PatternMatch(end: $0, captures: captures) }
    }
}
