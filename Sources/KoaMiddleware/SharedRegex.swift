import Synchronization

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
