/// A piece of an alternative with what its captures may take.
enum PatternPart: Sendable, Hashable {
    /// Text, in lower case unless case counts.
    case text([UInt8])
    /// A capture: one of one or two choices, the first preferred.
    case capture([Choice])

    /// What a capture may take.
    enum Choice: Sendable, Hashable {
        /// At least one byte of a class, the more the better.
        case run(PatternClass)
        /// Just this text.
        case text([UInt8])
    }

    /// The parts of an alternative.
    ///
    /// What a capture may take depends on what stands around it. The rules are the reference's, which by them keeps its
    /// regular expressions from backtracking; here they only decide which of several ways to divide a path is taken:
    /// - A parameter ends at a slash. After a wildcard in the same segment it also ends at the text between the two; so
    ///   it does after a parameter, where it may else be that very text; and before a wildcard in the same segment it
    ///   ends at the text that follows it.
    /// - A wildcard takes all it can. After a wildcard in the same segment it ends at the text between the two; after
    ///   one in an earlier segment at the text that follows that one, or else at a slash.
    static func parts(of pieces: [PatternPiece], sensitive: Bool) -> [PatternPart] {
        var parts: [PatternPart] = []
        var segment: (hasParameter: Bool, hasWildcard: Bool) = (false, false)
        var lastIsWildcard = false
        // What follows the last capture, and what follows the last wildcard up to the next capture.
        var text: [UInt8] = []
        var wildcardText: [UInt8] = []

        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .text(let value):
                text = PathBytes.text(value, sensitive: sensitive)
                if lastIsWildcard { wildcardText = text }
                if text.contains(PathBytes.slash) { segment = (false, false) }
                parts.append(.text(text))
            case .parameter:
                let rest = pieces[(index + 1)...]
                if segment.hasWildcard {
                    parts.append(.capture([.run(PatternClass(withoutSlash: true, without: text))]))
                } else if hasWildcardInSegment(rest) {
                    let next = PathBytes.text(leadingText(of: rest), sensitive: sensitive)
                    parts.append(.capture([.run(PatternClass(withoutSlash: true, without: next))]))
                } else if segment.hasParameter {
                    parts.append(.capture([.run(PatternClass(withoutSlash: true, without: text)), .text(text)]))
                } else {
                    parts.append(.capture([.run(PatternClass(withoutSlash: true, without: []))]))
                }
                segment.hasParameter = true
                lastIsWildcard = false
            case .wildcard:
                if segment.hasWildcard {
                    parts.append(.capture([.run(PatternClass(withoutSlash: false, without: text))]))
                } else if !wildcardText.isEmpty {
                    let withoutText = PatternClass(withoutSlash: false, without: wildcardText)
                    let withoutSlash = PatternClass(withoutSlash: true, without: [])
                    // Of two that are the same one will do.
                    let classes = withoutText == withoutSlash ? [withoutSlash] : [withoutText, withoutSlash]
                    parts.append(.capture(classes.map(Choice.run)))
                } else {
                    parts.append(.capture([.run(PatternClass(withoutSlash: false, without: []))]))
                }
                segment.hasWildcard = true
                lastIsWildcard = true
            }
        }
        return parts
    }

    /// Whether a wildcard comes before the next text with a slash.
    private static func hasWildcardInSegment(_ pieces: ArraySlice<PatternPiece>) -> Bool {
        for piece in pieces {
            switch piece {
            case .text(let text): if text.contains(PathBytes.slash) { return false }
            case .parameter: continue
            case .wildcard: return true
            }
        }
        return false
    }

    private static func leadingText(of pieces: ArraySlice<PatternPiece>) -> [UInt8] {
        if case .text(let text) = pieces.first { text } else { [] }
    }
}
