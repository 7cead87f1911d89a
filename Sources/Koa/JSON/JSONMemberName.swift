/// A key of an object in a hash table: equal when its bytes are, not when Unicode takes two texts for the same.
struct JSONMemberName: Hashable {
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: Self, right: Self) -> Bool {
        JSONText.areIdentical(left.text, right.text)
    }

    func hash(into hasher: inout Hasher) {
        JSONText.withBytes(of: text) { bytes, count in
            hasher.combine(bytes: UnsafeRawBufferPointer(start: bytes, count: count))
            hasher.combine(count)
        }
    }
}

extension JSONText {
    /// Whether two texts have the same bytes.
    static func areIdentical(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return withBytes(of: left) { leftBytes, count in
            withBytes(of: right) { rightBytes, _ in
                areEqual(leftBytes, rightBytes, count: count)
            }
        }
    }

    /// Whether `count` bytes are the same at two places.
    @inline(__always)
    static func areEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
        guard left != right else { return true }
        var index = 0
        while index &+ 8 <= count {
            let leftWord = UnsafeRawPointer(left + index).loadUnaligned(as: UInt64.self)
            guard leftWord == UnsafeRawPointer(right + index).loadUnaligned(as: UInt64.self) else { return false }
            index &+= 8
        }
        while index < count {
            guard left[index] == right[index] else { return false }
            index &+= 1
        }
        return true
    }
}
