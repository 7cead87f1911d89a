import Testing

/// One case of the suite: what a client sends, and what has to come of it. `Cases/README.md` tells how it is written.
struct ProtocolCase: Sendable, CustomTestStringConvertible {
    /// How the connection is left.
    enum End: String, Sendable, CaseIterable {
        /// It serves the next request.
        case open
        /// The server has closed it.
        case closed
        /// The server waits for the rest of a message.
        case waiting
    }

    /// An answer, and what the application saw of its request.
    struct Answer: Sendable, Equatable, CustomStringConvertible {
        /// Nil when there was no answer.
        var status: Int?
        /// Nil when the application wasn't asked.
        var seen: String?

        var description: String {
            ["<", status.map(String.init) ?? "-", seen.map(CaseText.escape)].compactMap(\.self).joined(separator: " ")
        }
    }

    /// The file that it stands in, without its ending.
    let file: String
    /// What it shows, with the section that says so.
    let name: String
    /// What the client sends.
    let bytes: [UInt8]
    /// What comes back, in order.
    let answers: [Answer]
    /// How many interim responses may come.
    let interim: Int
    let end: End

    var testDescription: String { "\(file): \(name)" }

    /// Whether the response at an index is one to HEAD, which has no content.
    func isHead(_ index: Int) -> Bool {
        guard answers.indices.contains(index) else { return false }
        if let seen = answers[index].seen { return seen.hasPrefix("HEAD ") }
        return index == 0 && bytes.starts(with: "HEAD ".utf8)
    }
}
