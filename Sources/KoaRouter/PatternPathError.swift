/// Why a pattern can't make a path of some values.
///
/// ``message`` is the reference's wording and ``hint`` says what to pass; `"\(error)"` gives both.
///
/// ```swift
/// do {
///     _ = try RoutePattern("/users/:id").path()
/// } catch let error as PatternPathError where error.code == .missingParameters {
///     print(error.names) // ["id"]
/// }
/// ```
public struct PatternPathError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of fault; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        private init(_ description: String) {
            self.description = description
        }

        /// Values that the path can't do without are missing.
        public static let missingParameters = Code("missingParameters")
        /// A parameter got a list.
        public static let expectedText = Code("expectedText")
        /// A wildcard got a text or an empty list.
        public static let expectedList = Code("expectedList")
    }

    /// The kind of fault.
    public let code: Code

    /// The names of the parameters that are missing, or of the one whose value is wrong.
    public let names: [String]

    /// What is wrong, in the reference's wording.
    public let message: String

    /// What to pass.
    public let hint: String

    /// The pattern as it was written.
    public let pattern: String

    /// The message and the hint.
    public var description: String { "\(message): \(hint)" }

    static func missingParameters(_ names: [String], in pattern: String) -> Self {
        Self(
            code: .missingParameters, names: names,
            message: "Missing parameters: \(names.joined(separator: ", "))",
            hint: "\(pattern) has no path without them", pattern: pattern
        )
    }

    static func expectedText(_ name: String, in pattern: String) -> Self {
        Self(
            code: .expectedText, names: [name], message: "Expected \"\(name)\" to be a string",
            hint: "in \(pattern) it is a parameter, which takes .text(…); a list is for a wildcard, *name",
            pattern: pattern
        )
    }

    static func expectedList(_ name: String, in pattern: String) -> Self {
        Self(
            code: .expectedList, names: [name], message: "Expected \"\(name)\" to be a non-empty array",
            hint: "in \(pattern) it is a wildcard, which takes .list([…]), the texts between its slashes",
            pattern: pattern
        )
    }
}
