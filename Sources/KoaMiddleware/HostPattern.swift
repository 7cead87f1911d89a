import Koa

/// Which host names a virtual host serves.
enum HostPattern: Sendable {
    /// The labels of a name; `*` within one stands for one or more characters of it.
    case labels([Label])
    /// The whole name.
    case regex(SharedRegex)

    /// A label of a name, as text around a `*`, if it has one.
    struct Label: Sendable {
        var start: String
        var end: String?
    }

    init(_ text: String) {
        self = .labels(
            text.split(separator: ".", omittingEmptySubsequences: false).map { label in
                let parts = label.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
                return Label(start: String(parts[0]), end: parts.count > 1 ? String(parts[1]) : nil)
            }
        )
    }

    /// What a pattern's text can't be, and how it should be written.
    static func problem(_ text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.contains("/") { return "is no name: leave out the scheme and the path" }
        let stars = text.split(separator: ".").map { label in label.count { $0 == "*" } }
        if stars.contains(where: { $0 > 1 }) {
            return "has two \"*\" between two dots, where one can stand: use a Regex"
        }
        let name = String(text.map { $0 == "*" ? "x" : $0 })
        guard HostHeader.isValid(name) else {
            return "is no host name: write what ctx.hostname reads, with Punycode outside ASCII"
        }
        guard HostHeader.hostname(of: name) == name else {
            return "has a port, or an address that isn't in its shortest form: write what ctx.hostname reads"
        }
        return nil
    }

    /// What the `*`s or the groups of the pattern stand for in a name; nil when it doesn't match.
    func labels(in name: String, caseSensitive: Bool) -> [String]? {
        switch self {
        case .regex(let regex): return regex.captures(in: name)
        case .labels(let pattern):
            let labels = name.split(separator: ".", omittingEmptySubsequences: false)
            guard labels.count == pattern.count else { return nil }
            var captured: [String] = []
            for (part, label) in zip(pattern, labels) {
                guard let text = part.match(label, caseSensitive: caseSensitive) else { return nil }
                if part.end != nil { captured.append(text) }
            }
            return captured
        }
    }
}

extension HostPattern.Label {
    /// The text of the `*`, or an empty one where there is none; nil when the label doesn't match.
    fileprivate func match(_ label: Substring, caseSensitive: Bool) -> String? {
        func same(_ left: Substring, _ right: String) -> Bool {
            caseSensitive ? left == right : String(left).equalsIgnoringCase(right)
        }
        guard let end else { return same(label, start) ? "" : nil }
        guard label.utf8.count > start.utf8.count + end.utf8.count,
            same(label.prefix(start.count), start), same(label.suffix(end.count), end)
        else { return nil }
        return String(label.dropFirst(start.count).dropLast(end.count))
    }
}
