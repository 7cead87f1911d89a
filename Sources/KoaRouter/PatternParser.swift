/// Reads the text of a pattern.
struct PatternParser {
    private let text: String
    private let scalars: [Unicode.Scalar]
    private var index = 0

    /// The tokens of a pattern.
    static func tokens(of text: String) throws(PatternError) -> [PatternToken] {
        var parser = PatternParser(text)
        return try parser.tokens(openedAt: nil, depth: 0)
    }

    private init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
    }

    /// Reads up to the end, or to the brace that closes the group which was opened at a place.
    private mutating func tokens(openedAt opening: Int?, depth: Int) throws(PatternError) -> [PatternToken] {
        var tokens: [PatternToken] = []
        var plain = String.UnicodeScalarView()
        func endText() {
            guard !plain.isEmpty else { return }
            tokens.append(.text(String(plain)))
            plain = String.UnicodeScalarView()
        }
        while index < scalars.count {
            let place = index
            let scalar = scalars[place]
            index += 1
            switch scalar {
            case "}" where opening != nil:
                endText()
                return tokens
            case "\\":
                guard index < scalars.count else { throw .endAfterBackslash(in: text, at: index) }
                plain.append(scalars[index])
                index += 1
            case ":":
                endText()
                tokens.append(.parameter(try name(after: scalar), at: place))
            case "*":
                endText()
                tokens.append(.wildcard(try name(after: scalar), at: place))
            case "{":
                // Deeper than this there are too many alternatives in any case; it also bounds the recursion.
                guard depth + 1 < PatternAlternatives.limit else { throw .tooManyAlternatives(in: text, at: place) }
                endText()
                tokens.append(.group(try self.tokens(openedAt: place, depth: depth + 1), at: place))
            case "}", "(", ")", "[", "]", "+", "?", "!":
                throw .unexpected(scalar, in: text, at: place)
            default:
                plain.append(scalar)
            }
        }
        if let opening { throw .unclosedGroup(openedAt: opening, in: text, at: index) }
        endText()
        return tokens
    }

    /// Reads the name after a `:` or a `*`.
    private mutating func name(after sign: Unicode.Scalar) throws(PatternError) -> String {
        var name = String.UnicodeScalarView()
        if index < scalars.count, scalars[index] == "\"" {
            name = try quotedName()
        } else if index < scalars.count, scalars[index].beginsPatternName {
            repeat {
                name.append(scalars[index])
                index += 1
            } while index < scalars.count && scalars[index].continuesPatternName
        }
        guard !name.isEmpty else { throw .missingName(after: sign, in: text, at: index) }
        return String(name)
    }

    private mutating func quotedName() throws(PatternError) -> String.UnicodeScalarView {
        let quote = index
        var name = String.UnicodeScalarView()
        index += 1
        while index < scalars.count {
            if scalars[index] == "\"" {
                index += 1
                return name
            }
            if scalars[index] == "\\" { index += 1 }
            guard index < scalars.count else { break }
            name.append(scalars[index])
            index += 1
        }
        throw .unterminatedQuote(in: text, at: quote)
    }
}
