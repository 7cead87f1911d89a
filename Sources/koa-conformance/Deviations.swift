#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The quirks of the reference that this project does not follow, as a Markdown file names them.
struct Deviations: Sendable {
    private let text: String

    /// The deviations of a text.
    init(_ text: String) {
        self.text = text
    }

    /// Whether the quirk's name stands in the text, in backticks.
    func names(_ quirk: String) -> Bool {
        text.contains("`\(quirk)`")
    }

    /// Reads the file at a path, or `docs/deviations.md` when there is one.
    ///
    /// - Throws: ``FileProblem`` when the file asked for can't be read.
    static func load(_ path: String?) throws(FileProblem) -> Deviations {
        guard let data = FileManager.default.contents(atPath: path ?? "docs/deviations.md") else {
            if let path { throw FileProblem("\(path): the file can't be read") }
            return Deviations("")
        }
        return Deviations(String(decoding: data, as: UTF8.self))
    }
}
