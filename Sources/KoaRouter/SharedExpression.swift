import Synchronization

/// A regular expression that the requests of all event loops share, one at a time.
///
/// A `Regex` may hold functions that aren't `Sendable`: what `RegexBuilder` transforms captures with.
final class SharedExpression: Sendable {
    private let expression: Mutex<Regex<AnyRegexOutput>>

    init(_ expression: sending Regex<AnyRegexOutput>) {
        self.expression = Mutex(expression)
    }

    /// Asks the expression something while nobody else does.
    func withLock<Answer: Sendable>(_ ask: (Regex<AnyRegexOutput>) -> Answer) -> Answer {
        expression.withLock { ask($0) }
    }
}
