extension String {
    /// Texts one behind the other, in one allocation: `+` makes one for each, and looks at each twice.
    package init(joining first: String, _ second: String, _ third: String = "", _ fourth: String = "") {
        let count = first.utf8.count + second.utf8.count + third.utf8.count + fourth.utf8.count
        self.init(unsafeUninitializedCapacity: count) { buffer in
            var end = Self.copy(first, to: buffer, at: 0)
            end = Self.copy(second, to: buffer, at: end)
            end = Self.copy(third, to: buffer, at: end)
            return Self.copy(fourth, to: buffer, at: end)
        }
    }

    /// - Returns: where it ends.
    private static func copy(_ text: String, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) -> Int {
        let rest = UnsafeMutableBufferPointer(rebasing: buffer[start...])
        if let end = text.utf8.withContiguousStorageIfAvailable({ rest.initialize(fromContentsOf: $0) }) {
            return start + end
        }
        return start + rest.initialize(fromContentsOf: Array(text.utf8))
    }
}

extension String {
    /// Whether both have the same bytes; `==` also takes other forms of a character for the same.
    @inline(__always)
    package func isIdentical(to other: String) -> Bool {
        JSONText.areIdentical(self, other)
    }
}
