/// Collects what is invalid about a value; see ``Validatable``.
///
/// ```swift
/// struct SignUp: Decodable, Validatable {
///     var name: String
///     var password: String
///     var repeated: String
///
///     func validate(_ check: inout Validation) {
///         check("name", name, .notEmpty, .count(...100))
///         check.that(password == repeated, "repeated", "must be the same as the password")
///     }
/// }
/// ```
///
/// The first hundred failures are kept: with them it is full, and looks at no more elements of lists.
public struct Validation {
    /// The most failures that are kept: a client that gets them all wrong is told no more than it sent.
    private static let maximumFailures = 100

    /// What was found so far; at most a hundred.
    public private(set) var failures: [ValidationError.Failure] = []

    private var base = ""

    /// Whether no more failures are kept.
    var isFull: Bool { failures.count >= Self.maximumFailures }

    /// Nothing is invalid yet.
    public init() {}

    /// Checks a value by rules; each that it breaks is a failure.
    ///
    /// - Parameter path: the value's place in the one that is validated, such as `name` or `address.city`.
    public mutating func callAsFunction<Value>(_ path: String, _ value: Value, _ rules: Rule<Value>...) {
        for rule in rules where !rule.holds(value) { fail(path, rule.message) }
    }

    /// Checks a value by rules if there is one.
    public mutating func callAsFunction<Value>(_ path: String, _ value: Value?, _ rules: Rule<Value>...) {
        guard let value else { return }
        for rule in rules where !rule.holds(value) { fail(path, rule.message) }
    }

    /// Checks a condition.
    public mutating func that(_ condition: Bool, _ path: String, _ message: String) {
        if !condition { fail(path, message) }
    }

    /// Adds a failure, unless there are a hundred.
    public mutating func fail(_ path: String, _ message: String) {
        guard !isFull else { return }
        failures.append(ValidationError.Failure(path: joined(path), message: message))
    }

    /// Validates a value within this one; its failures have its path before theirs.
    public mutating func nested(_ path: String, _ value: some Validatable) {
        guard !isFull else { return }
        let outer = base
        base = joined(path)
        value.validate(&self)
        base = outer
    }

    /// Validates each element of a list within this value.
    public mutating func each(_ path: String, _ values: some Sequence<some Validatable>) {
        for (index, value) in values.enumerated() {
            guard !isFull else { return }
            nested("\(path)[\(index)]", value)
        }
    }

    private func joined(_ path: String) -> String {
        base.isEmpty || path.isEmpty || path.hasPrefix("[") ? base + path : "\(base).\(path)"
    }
}
