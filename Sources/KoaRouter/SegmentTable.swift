/// What follows each of many texts of a segment: a hash table over bytes, made once.
///
/// The texts are the program's own, so nobody can make them collide on purpose.
struct SegmentTable<Value: Sendable>: Sendable {
    private let entries: [(text: [UInt8], value: Value)]
    /// Up to so many entries are compared one by one, most of them by their lengths.
    private static var fewest: Int { 8 }

    /// For each hash, the place of the first entry that has it or comes behind it, plus one; 0 where there is none. Empty
    /// for few entries.
    private let slots: [Int32]
    private let isSensitive: Bool

    /// - Parameter entries: texts, each once; in lower case unless `isSensitive`.
    init(_ entries: [(text: [UInt8], value: Value)], sensitive isSensitive: Bool) {
        self.entries = entries
        self.isSensitive = isSensitive
        var size = 1
        while size < entries.count * 2 { size *= 2 }
        var slots = [Int32](repeating: 0, count: entries.count > Self.fewest ? size : 0)
        for (index, entry) in entries.enumerated() where !slots.isEmpty {
            var slot = entry.text.withUnsafeBufferPointer { Self.hash($0, isSensitive) } & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(index + 1)
        }
        self.slots = slots
    }

    /// The value of a text.
    func value(of text: UnsafeBufferPointer<UInt8>) -> Value? {
        if slots.isEmpty {
            for index in entries.indices where equals(entries[index].text, text) { return entries[index].value }
            return nil
        }
        let mask = slots.count - 1
        var slot = Self.hash(text, isSensitive) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if equals(entry.text, text) { return entry.value }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func equals(_ known: [UInt8], _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard known.count == text.count else { return false }
        for index in known.indices where known[index] != Self.folded(text[index], isSensitive) { return false }
        return true
    }

    /// FNV-1a.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>, _ isSensitive: Bool) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text { hash = (hash ^ UInt64(folded(byte, isSensitive))) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x7fff_ffff)
    }

    @inline(__always)
    static func folded(_ byte: UInt8, _ isSensitive: Bool) -> UInt8 {
        isSensitive ? byte : PathBytes.lowercased(byte)
    }
}
