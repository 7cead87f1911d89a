/// What a capture may take, byte by byte: every byte at which none of some texts begins.
///
/// In the reference this is a class of characters with a negative lookahead. It may as well be asked byte by byte: a text
/// begins where a character begins, so that a capture ends there or at the path's end.
struct PatternClass: Sendable, Hashable {
    private(set) var excludesSlash = false
    private(set) var texts: [[UInt8]] = []

    /// The bytes at which none of these texts begins; empty ones don't count.
    init(excluding texts: [[UInt8]]) {
        for text in texts where !text.isEmpty {
            if text == [PathBytes.slash] {
                excludesSlash = true
            } else if !self.texts.contains(text) {
                self.texts.append(text)
            }
        }
    }

    /// Whether every byte is in it.
    var hasAll: Bool { !excludesSlash && texts.isEmpty }

    /// Whether the byte at an offset is in it.
    @inline(__always)
    func contains(_ path: PathBytes, at offset: Int) -> Bool {
        if excludesSlash && path[offset] == PathBytes.slash { return false }
        for text in texts where path.hasText(text, at: offset) { return false }
        return true
    }

    /// Whether no capture of this class can go past the beginning of a text.
    func stops(at text: [UInt8]) -> Bool {
        (excludesSlash && text.first == PathBytes.slash) || texts.contains { text.starts(with: $0) }
    }
}
