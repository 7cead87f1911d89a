/// The bytes of a path as a pattern sees them: with ASCII letters in lower case unless case counts.
struct PathBytes {
    static let slash = UInt8(ascii: "/")

    private let bytes: UnsafeBufferPointer<UInt8>
    private let isSensitive: Bool

    init(_ bytes: UnsafeBufferPointer<UInt8>, sensitive isSensitive: Bool) {
        self.bytes = bytes
        self.isSensitive = isSensitive
    }

    /// The length of the path.
    var count: Int { bytes.count }

    /// The byte at an offset, which is less than the count.
    @inline(__always)
    subscript(offset: Int) -> UInt8 { isSensitive ? bytes[offset] : Self.lowercased(bytes[offset]) }

    /// Whether a text, itself in lower case unless case counts, stands at an offset.
    @inline(__always)
    func hasText(_ text: [UInt8], at offset: Int) -> Bool {
        guard text.count <= count - offset else { return false }
        for index in text.indices where self[offset + index] != text[index] { return false }
        return true
    }

    /// A text as it is compared with paths.
    static func text(_ text: [UInt8], sensitive isSensitive: Bool) -> [UInt8] {
        isSensitive ? text : text.map(lowercased)
    }

    @inline(__always)
    static func lowercased(_ byte: UInt8) -> UInt8 {
        UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
}
