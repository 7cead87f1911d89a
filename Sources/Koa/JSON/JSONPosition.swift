/// A place in a text, counted on from the place asked for before, so that many reports cost about one pass.
struct JSONPosition {
    private(set) var line = 1
    private(set) var column = 1
    private var offset = 0

    /// Moves to `target`, an offset in bytes.
    mutating func move(to target: Int, in bytes: UnsafeRawBufferPointer) {
        let target = min(max(target, 0), bytes.count)
        while offset < target {
            if bytes[offset] == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else {
                column += Self.isContinuation(bytes[offset]) ? 0 : 1
            }
            offset += 1
        }
        var crossedLine = false
        while offset > target {
            offset -= 1
            if bytes[offset] == UInt8(ascii: "\n") {
                line -= 1
                crossedLine = true
            } else {
                column -= Self.isContinuation(bytes[offset]) ? 0 : 1
            }
        }
        if crossedLine {
            column = Self.column(at: offset, in: bytes)
        }
    }

    private static func column(at offset: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        var column = 1
        var index = offset
        while index > 0, bytes[index - 1] != UInt8(ascii: "\n") {
            index -= 1
            column += isContinuation(bytes[index]) ? 0 : 1
        }
        return column
    }

    private static func isContinuation(_ byte: UInt8) -> Bool {
        byte & 0xC0 == 0x80
    }
}
