/// What follows each of many texts of a segment: a hash table over bytes, made once.
///
/// The texts are the program's own, so nobody can make them collide on purpose.
struct SegmentTable<Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        let start: Int
        let count: Int
        let value: Value
    }

    private let entries: [Entry]
    /// The texts, one behind the other.
    private let texts: [UInt8]
    /// Up to so many entries are compared one by one, most of them by their lengths.
    private static var fewest: Int { 8 }

    /// For each hash, the place of the first entry that has it or comes behind it, plus one; 0 where there is none. Empty
    /// for few entries.
    private let slots: [Int32]
    private let isSensitive: Bool

    /// - Parameter entries: texts, each once; in lower case unless `isSensitive`.
    init(_ entries: [(text: [UInt8], value: Value)], sensitive isSensitive: Bool) {
        self.isSensitive = isSensitive
        var texts: [UInt8] = []
        self.entries = entries.map { text, value in
            defer { texts += text }
            return Entry(start: texts.count, count: text.count, value: value)
        }
        self.texts = texts
        var size = 1
        while size < entries.count * 2 { size *= 2 }
        var slots = [Int32](repeating: 0, count: entries.count > Self.fewest ? size : 0)
        for (index, entry) in entries.enumerated() where !slots.isEmpty {
            var slot = entry.text.withUnsafeBufferPointer(Self.hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(index + 1)
        }
        self.slots = slots
    }

    /// The value of a text.
    func value(of text: UnsafeBufferPointer<UInt8>) -> Value? {
        if slots.isEmpty {
            for index in entries.indices where equals(index, text) { return entries[index].value }
            return nil
        }
        let mask = slots.count - 1
        var slot = Self.hash(text) & mask
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if equals(index, text) { return entries[index].value }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func equals(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard entries[index].count == text.count else { return false }
        let start = entries[index].start
        return texts.withUnsafeBufferPointer { texts in
            for offset in text.indices where texts[start + offset] != Self.folded(text[offset], isSensitive) {
                return false
            }
            return true
        }
    }

    /// Of eight bytes at a time, whatever their case.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        let bytes = UnsafeRawBufferPointer(text)
        var hash = UInt64(truncatingIfNeeded: bytes.count)
        var offset = 0
        func add(_ word: UInt64) {
            hash = (hash ^ (word | 0x2020_2020_2020_2020)) &* 0x9e37_79b9_7f4a_7c15
            hash ^= hash >> 32
        }
        while bytes.count - offset >= 8 {
            add(bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = rest << 8 | UInt64(bytes[offset])
            offset += 1
        }
        add(rest)
        return Int(truncatingIfNeeded: hash & 0x7fff_ffff)
    }

    @inline(__always)
    static func folded(_ byte: UInt8, _ isSensitive: Bool) -> UInt8 {
        isSensitive ? byte : PathBytes.lowercased(byte)
    }
}
