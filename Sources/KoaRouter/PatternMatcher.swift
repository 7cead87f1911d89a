/// A whole pattern, its alternatives tried one after another: the plain way to match.
///
/// ```swift
/// let matcher = PatternMatcher(try RoutePattern("/docs{/:language}/page"))
/// matcher.match("/docs/de/page") // ["de"]
/// matcher.match("/docs/page")    // [nil]
/// matcher.match("/docs")         // nil
/// ```
package struct PatternMatcher: Sendable {
    private let programs: [PatternProgram]
    private let captureCount: Int

    /// Compiles a pattern; the parameters are those of a ``PatternProgram``.
    package init(_ pattern: RoutePattern, end: Bool = true, trailing: Bool = true, sensitive: Bool = false) {
        programs = pattern.alternatives.map {
            PatternProgram($0, end: end, trailing: trailing, sensitive: sensitive)
        }
        captureCount = pattern.captureNames.count
    }

    /// Matches a path.
    ///
    /// - Returns: The captures of all alternatives by their numbers, nil where one took no part; nil when none matches.
    package func match(_ path: String) -> [Substring?]? {
        var path = path
        guard let (program, match) = path.withUTF8({ firstMatch($0) }) else { return nil }
        var captures = [Substring?](repeating: nil, count: captureCount)
        for (number, range) in zip(program.captures, match.captures) {
            let begin = path.utf8.index(path.startIndex, offsetBy: range.lowerBound)
            captures[number] = path[begin..<path.utf8.index(begin, offsetBy: range.count)]
        }
        return captures
    }

    /// The first alternative that matches a path, and where.
    package func firstMatch(_ path: UnsafeBufferPointer<UInt8>) -> (PatternProgram, PatternMatch)? {
        for program in programs {
            if let match = program.match(path) { return (program, match) }
        }
        return nil
    }
}
