/// What a capture may take, byte by byte: every byte at which no text begins that it must leave alone.
///
/// In the reference this is a class of characters, with a negative lookahead for longer texts. It may as well be asked
/// byte by byte: a text begins where a character begins, so that a capture ends there or at the path's end.
struct PatternClass: Sendable, Hashable {
    let excludesSlash: Bool
    /// The text that does not begin in it, besides a slash; empty for none.
    let text: [UInt8]
    /// The first byte of that text, -1 for none.
    private let begin: Int

    /// The bytes at which a text does not begin, unless it is empty.
    init(withoutSlash excludesSlash: Bool, without text: [UInt8]) {
        self.excludesSlash = excludesSlash || text == [PathBytes.slash]
        self.text = text == [PathBytes.slash] ? [] : text
        begin = self.text.first.map(Int.init) ?? -1
    }

    /// Whether every byte is in it.
    var hasAll: Bool { !excludesSlash && text.isEmpty }

    /// Whether the byte at an offset is in it.
    @inline(__always)
    func contains(_ path: PathBytes, at offset: Int) -> Bool {
        let byte = path[offset]
        if excludesSlash && byte == PathBytes.slash { return false }
        return Int(byte) != begin || !path.hasText(text, at: offset)
    }

    /// Whether no capture of this class can go past the beginning of a text.
    func stops(at next: [UInt8]) -> Bool {
        (excludesSlash && next.first == PathBytes.slash) || (!text.isEmpty && next.starts(with: text))
    }
}
