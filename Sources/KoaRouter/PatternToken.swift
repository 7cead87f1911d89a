/// A part of a path pattern as it is written; `at` is where it begins, in Unicode scalars.
package enum PatternToken: Sendable, Hashable {
    /// Text that a path has to have as it is.
    case text(String)
    /// `:name`: at least one character of a segment.
    case parameter(String, at: Int)
    /// `*name`: at least one character, slashes among them.
    case wildcard(String, at: Int)
    /// `{…}`: what a path may leave out.
    case group([PatternToken], at: Int)

    /// Whether it is a parameter or a wildcard.
    var isCapture: Bool {
        switch self {
        case .parameter, .wildcard: true
        case .text, .group: false
        }
    }
}
