/// A rule of a ``Validation``: what has to hold of a value, and what is said when it doesn't.
///
/// ```swift
/// extension Rule where Value == String {
///     static var slug: Rule { Rule("must be lower-case letters and dashes") { $0.allSatisfy { $0 == "-" || $0.isLowercase } } }
/// }
/// ```
public struct Rule<Value> {
    /// What is said of a value that breaks the rule, such as `must not be empty`.
    public let message: String

    let holds: (Value) -> Bool

    /// Creates a rule.
    public init(_ message: String, _ holds: @escaping (Value) -> Bool) {
        self.message = message
        self.holds = holds
    }
}

extension Rule where Value: Collection {
    /// Has at least one element or character.
    public static var notEmpty: Rule { Rule("must not be empty") { !$0.isEmpty } }

    /// Has so many elements or characters: `.count(1...100)`, `.count(...100)`.
    public static func count(_ range: some RangeExpression<Int>) -> Rule {
        Rule("must have a count \(RangeText.describe(range))") { range.contains($0.count) }
    }
}

extension Rule where Value: Comparable {
    /// Lies in a range: `.range(18...)`.
    public static func range(_ range: some RangeExpression<Value>) -> Rule {
        Rule("must be \(RangeText.describe(range))") { range.contains($0) }
    }
}

extension Rule where Value: Equatable {
    /// Is one of some values.
    public static func oneOf(_ values: Value...) -> Rule {
        Rule("must be one of \(values.map { "\($0)" }.joined(separator: ", "))") { values.contains($0) }
    }
}

extension Rule where Value == String {
    /// Looks like an address: one `@` with something before it and a name of a host behind it, no white space. Whether it
    /// takes mail only a mail can tell.
    public static var email: Rule {
        Rule("must be an e-mail address") { text in
            let parts = text.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, text.utf8.count <= 254 else { return false }
            let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
            return labels.allSatisfy { !$0.isEmpty } && !text.contains { $0.isWhitespace || $0.isNewline }
        }
    }
}

/// What a range is called in a message.
private enum RangeText {
    static func describe<Bound: Comparable>(_ range: some RangeExpression<Bound>) -> String {
        switch range {
        case let range as ClosedRange<Bound>: "from \(range.lowerBound) to \(range.upperBound)"
        case let range as Range<Bound>: "from \(range.lowerBound) to below \(range.upperBound)"
        case let range as PartialRangeFrom<Bound>: "at least \(range.lowerBound)"
        case let range as PartialRangeThrough<Bound>: "at most \(range.upperBound)"
        case let range as PartialRangeUpTo<Bound>: "below \(range.upperBound)"
        default: "in \(range)"
        }
    }
}
