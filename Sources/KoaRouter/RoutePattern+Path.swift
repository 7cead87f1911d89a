import Koa

extension RoutePattern {
    /// The path that the pattern makes of values.
    ///
    /// Each value is encoded as `encodeURIComponent` does; the texts of a list are joined by slashes. The pattern's own
    /// text is taken as it is. A group is left out when a value in it is missing. Values that the pattern has no
    /// parameter for don't count.
    ///
    /// ```swift
    /// let pattern = try RoutePattern("/users/:name{/files/*path}")
    /// try pattern.path(["name": "Ada L"])                             // "/users/Ada%20L"
    /// try pattern.path(["name": "Ada", "path": ["notes", "a?"]])      // "/users/Ada/files/notes/a%3F"
    /// ```
    ///
    /// - Throws: A ``PatternPathError`` when a value outside of the groups is missing, and when one is a list where it
    ///   should be a text, or no list or an empty one where it should be a list.
    public func path(_ values: [String: PatternValue] = [:]) throws(PatternPathError) -> String {
        var missing: [String] = []
        let path = try path(tokens, values, missing: &missing)
        guard missing.isEmpty else { throw .missingParameters(missing, in: text) }
        return path
    }

    private func path(
        _ tokens: [PatternToken], _ values: [String: PatternValue], missing: inout [String]
    ) throws(PatternPathError) -> String {
        var path = ""
        for token in tokens {
            switch token {
            case .text(let text):
                path += text
            case .parameter(let name, _):
                switch values[name] {
                case .text(let text): path += URLEncoding.encodeComponent(text)
                case .list: throw .expectedText(name, in: self.text)
                case nil: missing.append(name)
                }
            case .wildcard(let name, _):
                switch values[name] {
                case .list(let texts) where !texts.isEmpty:
                    path += texts.map(URLEncoding.encodeComponent).joined(separator: "/")
                case .list, .text: throw .expectedList(name, in: self.text)
                case nil: missing.append(name)
                }
            case .group(let inner, _):
                var missingHere: [String] = []
                let taken = try self.path(inner, values, missing: &missingHere)
                if missingHere.isEmpty { path += taken }
            }
        }
        return path
    }
}
