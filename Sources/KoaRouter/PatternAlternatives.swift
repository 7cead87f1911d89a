/// A piece of one of the paths that a pattern stands for. Two texts never follow each other.
package enum PatternPiece: Sendable, Hashable {
    /// Text that a path has to have as it is, in UTF-8.
    case text([UInt8])
    /// The parameter with this number among the pattern's captures.
    case parameter(Int)
    /// The wildcard with this number among the pattern's captures.
    case wildcard(Int)

    /// The number of a capture, nil for a text.
    package var number: Int? {
        switch self {
        case .text: nil
        case .parameter(let number), .wildcard(let number): number
        }
    }
}

/// The paths that a pattern stands for: its groups taken and left out in every way.
struct PatternAlternatives {
    /// How many alternatives a pattern may have, as in the reference.
    static let limit = 256

    /// The alternatives in the order in which they are tried: a group is taken before it is left out, and what the
    /// first group does counts most.
    private(set) var alternatives: [[PatternPiece]] = []

    /// The name of each capture. Each alternative has captures of its own, numbered on through all of them.
    private(set) var captureNames: [String] = []

    /// - Parameter text: The pattern that the tokens are of, to be named in errors.
    init(_ tokens: [PatternToken], of text: String) throws(PatternError) {
        _ = try Self.count(tokens, of: text)
        for sequence in Self.sequences(tokens) { try add(sequence, of: text) }
    }

    private mutating func add(_ sequence: [PatternToken], of text: String) throws(PatternError) {
        var pieces: [PatternPiece] = []
        var afterCapture = false
        for token in sequence {
            if afterCapture && token.isCapture { throw .missingText(before: token, in: text) }
            afterCapture = token.isCapture
            switch token {
            case .text(let value):
                if case .text(let begun) = pieces.last {
                    pieces[pieces.count - 1] = .text(begun + value.utf8)
                } else {
                    pieces.append(.text(Array(value.utf8)))
                }
            case .parameter(let name, _):
                pieces.append(.parameter(captureNames.count))
                captureNames.append(name)
            case .wildcard(let name, _):
                pieces.append(.wildcard(captureNames.count))
                captureNames.append(name)
            case .group:
                break
            }
        }
        alternatives.append(pieces)
    }

    /// How many alternatives tokens have, found without making them.
    private static func count(_ tokens: [PatternToken], of text: String) throws(PatternError) -> Int {
        var total = 1
        for case .group(let inner, let place) in tokens {
            total *= try count(inner, of: text) + 1
            guard total <= limit else { throw .tooManyAlternatives(in: text, at: place) }
        }
        return total
    }

    /// The alternatives as tokens without groups.
    private static func sequences(_ tokens: [PatternToken]) -> [[PatternToken]] {
        var sequences: [[PatternToken]] = [[]]
        for token in tokens {
            if case .group(let inner, _) = token {
                let taken = Self.sequences(inner)
                sequences = sequences.flatMap { begun in taken.map { begun + $0 } + [begun] }
            } else {
                for index in sequences.indices { sequences[index].append(token) }
            }
        }
        return sequences
    }
}
