/// A pattern, the options it is matched with, and what it makes of some paths.
struct PatternCase: Sendable, CustomStringConvertible {
    /// A path and what is expected of it.
    struct Row: Sendable {
        let path: String
        /// The part of the path that matches, or nil.
        let matched: String?
        /// The parameters that are set, not decoded.
        let parameters: [String: String]
    }

    let pattern: String
    let end: Bool
    let trailing: Bool
    let sensitive: Bool
    let rows: [Row]

    init(_ pattern: String, end: Bool = true, trailing: Bool = true, sensitive: Bool = false, _ rows: Row...) {
        self.pattern = pattern
        self.end = end
        self.trailing = trailing
        self.sensitive = sensitive
        self.rows = rows
    }

    var description: String {
        let options = [end ? nil : "end: false", trailing ? nil : "trailing: false", sensitive ? "sensitive" : nil]
        return ([pattern] + options.compactMap(\.self)).joined(separator: ", ")
    }
}

/// The path matches as a whole, or up to some part of it.
func yes(_ path: String, upTo part: String? = nil, _ parameters: [String: String] = [:]) -> PatternCase.Row {
    PatternCase.Row(path: path, matched: part ?? path, parameters: parameters)
}

/// The path doesn't match.
func no(_ path: String) -> PatternCase.Row {
    PatternCase.Row(path: path, matched: nil, parameters: [:])
}
