/// An error that knows the place in a source file where it arose: a template's line, say.
///
/// The error pages of development show it, with the lines around it.
///
/// ```swift
/// struct BadConfiguration: Error, LocatedError {
///     let file: String
///     let line: Int
///     var location: ErrorLocation? { ErrorLocation(file: file, line: line) }
/// }
/// ```
public protocol LocatedError: Error {
    /// The place, or nil when it isn't known.
    var location: ErrorLocation? { get }
}

/// A line of a source file; see ``LocatedError``.
///
/// ```swift
/// print(ErrorLocation(file: "/srv/app/views/index.mustache", line: 3))  // /srv/app/views/index.mustache:3
/// ```
public struct ErrorLocation: Sendable, Hashable, CustomStringConvertible {
    /// The file's path.
    public let file: String
    /// The line, from 1.
    public let line: Int

    /// Creates a place.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// The path and the line.
    public var description: String { "\(file):\(line)" }
}
