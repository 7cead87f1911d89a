import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A line of a source file and those around it.
struct SourceExcerpt: Sendable {
    struct Line: Sendable, Hashable {
        let number: Int
        let text: String
    }

    /// The line that matters.
    let line: Int
    let lines: [Line]

    /// How many lines there are before the one, and after it.
    private static let context = 5
    private static let maxBytes = 1024 * 1024

    /// Reads the file; blocks.
    ///
    /// - Returns: nil where the file isn't there or isn't one, is larger than 1 MiB, or has no such line.
    init?(around location: ErrorLocation) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: location.file)
        guard attributes?[.type] as? FileAttributeType == .typeRegular,
            let data = FileManager.default.contents(atPath: location.file), data.count <= Self.maxBytes
        else { return nil }
        self.init(of: String(decoding: data, as: UTF8.self), line: location.line)
    }

    /// - Returns: nil where the text has no such line.
    init?(of text: String, line: Int) {
        // By bytes: CR LF is one character.
        let all = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard (1...all.count).contains(line) else { return nil }
        let first = max(line - 1 - Self.context, 0), last = min(line - 1 + Self.context, all.count - 1)
        self.line = line
        lines = (first...last).map { Line(number: $0 + 1, text: Self.shown(all[$0])) }
    }
    private static func shown(_ line: Substring.UTF8View) -> String {
        String(Substring(line.last == 0x0D ? line.dropLast() : line).prefix(400))
    }
}
