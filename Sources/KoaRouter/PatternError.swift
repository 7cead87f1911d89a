/// Why a text is no path pattern, and where.
///
/// ``message`` is the reference's wording and ``hint`` says what to write instead; `"\(error)"` shows both under the
/// pattern, with a caret under the place.
///
/// ```swift
/// do {
///     _ = try RoutePattern("/users/:id?")
/// } catch {
///     print(error)
///     // /users/:id?
///     //           ^
///     // Unexpected ? at index 10
///     // What may be left out stands in braces: /users{/:id}. A question mark itself is \?
/// }
/// ```
public struct PatternError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of fault it is; a later version may add kinds.
    ///
    /// ```swift
    /// do {
    ///     _ = try RoutePattern(text)
    /// } catch {
    ///     print(error.code == .tooManyAlternatives ? "write several patterns" : error.hint)
    /// }
    /// ```
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        private init(_ description: String) {
            self.description = description
        }

        /// One of `()[]+?!`, which are reserved, or a `}` that closes nothing.
        public static let unexpectedCharacter = Code("unexpectedCharacter")
        /// The pattern ends within a group or after a backslash.
        public static let unexpectedEnd = Code("unexpectedEnd")
        /// A `:` or a `*` without a name.
        public static let missingName = Code("missingName")
        /// A name in quotes that doesn't end.
        public static let unterminatedQuote = Code("unterminatedQuote")
        /// Two parameters with nothing between them.
        public static let missingText = Code("missingText")
        /// Groups that can be taken and left out in more than 256 ways.
        public static let tooManyAlternatives = Code("tooManyAlternatives")
    }

    /// What kind of fault it is.
    public let code: Code

    /// What is wrong, in the reference's wording.
    public let message: String

    /// What to write instead.
    public let hint: String

    /// The pattern as it was written.
    public let pattern: String

    /// The place of the fault in the pattern, from 0, in Unicode scalars as in the reference; their count at its end.
    public let index: Int

    /// The pattern, a caret under the place, the message and the hint, a line each.
    public var description: String {
        let scalars = pattern.unicodeScalars
        let before = String(String.UnicodeScalarView(scalars.prefix(index)))
        let caret = String(repeating: " ", count: before.count) + "^"
        return [String(String.UnicodeScalarView(scalars.map(Self.shown))), caret, message, hint]
            .joined(separator: "\n")
    }

    /// A scalar as it is shown: a control character as its picture, so that it neither breaks the line nor forges one.
    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? scalar
        case 0x7F: "\u{2421}"
        case 0x80..<0xA0, 0x2028, 0x2029: "\u{FFFD}"
        default: scalar
        }
    }
}

extension PatternError {
    /// A reserved character, or a brace that closes nothing.
    static func unexpected(_ scalar: Unicode.Scalar, in pattern: String, at index: Int) -> Self {
        let hint =
            switch scalar {
            case "?": "What may be left out stands in braces: /users{/:id}. A question mark itself is \\?"
            case "+": "What takes several segments is a wildcard: /files/*path. A plus sign itself is \\+"
            case "(", ")":
                "Regular expressions such as :id(\\d+) are gone: check the value where the route is handled, "
                    + "and group in braces. A parenthesis itself is \\\(scalar)"
            case "}": "No group is open here. A brace itself is \\}"
            default: "The character is reserved. For itself it is \\\(scalar)"
            }
        return Self(
            code: .unexpectedCharacter, message: "Unexpected \(scalar) at index \(index)", hint: hint,
            pattern: pattern, index: index
        )
    }

    /// A group that goes on to the pattern's end.
    static func unclosedGroup(openedAt opening: Int, in pattern: String, at index: Int) -> Self {
        Self(
            code: .unexpectedEnd, message: "Unexpected end at index \(index), expected }",
            hint: "Close the group that begins at index \(opening). A brace itself is \\{",
            pattern: pattern, index: index
        )
    }

    /// A backslash with nothing behind it.
    static func endAfterBackslash(in pattern: String, at index: Int) -> Self {
        Self(
            code: .unexpectedEnd, message: "Unexpected end after \\ at index \(index)",
            hint: "A backslash makes the character behind it plain. A backslash itself is \\\\",
            pattern: pattern, index: index
        )
    }

    /// A `:` or a `*` that no name follows.
    static func missingName(after sign: Unicode.Scalar, in pattern: String, at index: Int) -> Self {
        let hint =
            switch sign {
            case "*":
                "A wildcard has a name: /files/*path, or /files{/*path} where it may be left out. A star itself is \\*"
            default:
                "A name begins with a letter, _ or $; any other stands in quotes: :\"user-id\". A colon itself is \\:"
            }
        return Self(
            code: .missingName, message: "Missing parameter name at index \(index)", hint: hint,
            pattern: pattern, index: index
        )
    }

    /// A quote that nothing ends.
    static func unterminatedQuote(in pattern: String, at index: Int) -> Self {
        Self(
            code: .unterminatedQuote, message: "Unterminated quote at index \(index)",
            hint: "End the name with another quote. Within a name a quote is \\\"",
            pattern: pattern, index: index
        )
    }

    /// A parameter or wildcard that follows another at once.
    static func missingText(before capture: PatternToken, in pattern: String) -> Self {
        let (name, kind, index) =
            switch capture {
            case .parameter(let name, let place): (name, "param", place)
            case .wildcard(let name, let place): (name, "wildcard", place)
            case .text, .group: ("", "", 0)
            }
        return Self(
            code: .missingText, message: "Missing text before \"\(name)\" \(kind)",
            hint: "Nothing tells where the one before it ends: put a text between the two, such as / or -",
            pattern: pattern, index: index
        )
    }

    /// A group that makes too many alternatives.
    static func tooManyAlternatives(in pattern: String, at index: Int) -> Self {
        Self(
            code: .tooManyAlternatives, message: "Too many path combinations",
            hint: "Each group about doubles the paths that a pattern stands for, of which "
                + "\(PatternAlternatives.limit) are allowed: write several patterns",
            pattern: pattern, index: index
        )
    }
}
