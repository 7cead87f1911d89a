/// A value for a parameter of a path: a text for `:name`, a list of texts for `*name`.
///
/// ```swift
/// let id = 42
/// let values: [String: PatternValue] = ["id": .text("\(id)"), "page": 2, "path": ["images", "a b.png"]]
/// ```
public enum PatternValue: Sendable, Hashable {
    /// The value of a parameter.
    case text(String)
    /// The segments that a wildcard takes.
    case list([String])
}

extension PatternValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }

    /// A number as a text.
    public init(integerLiteral value: Int) { self = .text(String(value)) }

    /// A list of texts.
    public init(arrayLiteral elements: String...) { self = .list(elements) }
}
