import Koa
import Synchronization

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
        if text.contains("://") || text.contains("/") { return "is no name: leave out the scheme and the path" }
        if text.split(separator: ".").contains(where: {
            $0.split(separator: "*", omittingEmptySubsequences: false).count > 2
        }) {
            return "has two \"*\" between two dots, where one can stand: use a Regex"
        }
        let name = String(text.map { $0 == "*" ? "x" : $0 })
        if HostHeader.isValid(name), HostHeader.hostname(of: name) == name { return nil }
        if HostHeader.isValid(name) {
            return "has a port, or an address that isn't in its shortest form: write what ctx.hostname reads"
        }
        return "is no host name: write what ctx.hostname reads, with Punycode outside ASCII"
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

/// A regular expression that the requests of all event loops share.
final class SharedRegex: Sendable {
    private let regex: Mutex<Regex<AnyRegexOutput>>

    init(_ regex: sending Regex<AnyRegexOutput>) {
        self.regex = Mutex(regex)
    }

    /// No name is longer (RFC 1035 section 2.3.4), and what an expression does with longer ones is up to the client.
    private static let longestName = 253

    /// The groups of a match of the whole name; a group that took no part is empty.
    func captures(in name: String) -> [String]? {
        guard name.utf8.count <= Self.longestName else { return nil }
        return regex.withLock { regex in
            guard let match = try? regex.wholeMatch(in: name) else { return nil }
            return match.output.dropFirst().map { String($0.substring ?? "") }
        }
    }
}
