/// A pattern of paths: `/users/:id`, `/files/*path`, `/docs{/:language}/page`.
///
/// | in the pattern | in a path |
/// | --- | --- |
/// | `:name` | at least one character, none of them a slash |
/// | `*name` | at least one character, slashes among them |
/// | `{…}` | its content, or nothing; groups may be nested |
/// | `:"any name"`, `*"any name"` | the same under a name that is no identifier |
/// | `\` and a character | that character, be it one of the signs |
/// | all else | itself |
///
/// `()[]+?!` are reserved and stand for themselves only behind a backslash. Two parameters need a text between them.
/// This is the syntax of path-to-regexp 8.4.
///
/// ```swift
/// let pattern = try RoutePattern("/docs{/:language}/:page.html")
/// pattern.parameterNames                                          // ["language", "page"]
/// try pattern.path(["language": "de", "page": "start"])           // "/docs/de/start.html"
/// try pattern.path(["page": "start"])                             // "/docs/start.html"
/// ```
public struct RoutePattern: Sendable, Hashable, CustomStringConvertible {
    /// The pattern as it was written.
    public let text: String

    /// The names of the parameters and wildcards in their order, each once.
    public let parameterNames: [String]

    /// The pattern's tokens.
    package let tokens: [PatternToken]

    /// The paths that the pattern stands for, in the order in which they are tried, at most 256: its groups taken and
    /// left out in every way.
    package let alternatives: [[PatternPiece]]

    /// The name of each capture; every alternative has captures of its own, numbered on through all of them.
    package let captureNames: [String]

    /// Reads a pattern.
    ///
    /// - Throws: A ``PatternError`` that shows the place and what to write instead.
    public init(_ text: String) throws(PatternError) {
        let tokens = try PatternParser.tokens(of: text)
        let flat = try PatternAlternatives(tokens, of: text)
        self.text = text
        self.tokens = tokens
        alternatives = flat.alternatives
        captureNames = flat.captureNames
        // The first alternative takes every group, so that no name is missing from it.
        var seen: Set<String> = []
        parameterNames = flat.captureNames.filter { seen.insert($0).inserted }
    }

    /// The pattern written anew, with no more backslashes and quotes than it needs; it is read as the same pattern.
    public var description: String { Self.text(of: tokens) }

    /// Whether two patterns are written the same, byte by byte.
    public static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    /// Hashes the pattern as it was written.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension RoutePattern {
    /// Tokens as a pattern.
    package static func text(of tokens: [PatternToken]) -> String {
        var text = ""
        for (index, token) in tokens.enumerated() {
            switch token {
            case .text(let value):
                text += escaped(value)
            case .parameter(let name, _):
                text += ":" + written(name, before: index + 1 < tokens.count ? tokens[index + 1] : nil)
            case .wildcard(let name, _):
                text += "*" + written(name, before: index + 1 < tokens.count ? tokens[index + 1] : nil)
            case .group(let inner, _):
                text += "{" + Self.text(of: inner) + "}"
            }
        }
        return text
    }

    /// A text with a backslash before each sign.
    private static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "{", "}", "(", ")", "[", "]", "+", "?", "!", ":", "*", "\\": result.append("\\")
            default: break
            }
            result.append(scalar)
        }
        return String(result)
    }

    /// A name, in quotes where it is no identifier or where the text behind it would go on with it.
    private static func written(_ name: String, before next: PatternToken?) -> String {
        let scalars = name.unicodeScalars
        let isIdentifier =
            scalars.first?.beginsPatternName == true && scalars.allSatisfy { $0.continuesPatternName }
        let goesOn =
            if case .text(let text) = next { text.unicodeScalars.first?.continuesPatternName == true } else { false }
        guard !isIdentifier || goesOn else { return name }
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in scalars {
            if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
            quoted.append(scalar)
        }
        quoted.append("\"")
        return String(quoted)
    }
}
