extension JSONWriter {
    /// Writes a text in quotes, escaped as `JSON.stringify` does.
    @inline(__always)
    func write(_ text: String) {
        let isPlain: Void? = text.utf8.withContiguousStorageIfAvailable { buffer in
            guard let bytes = buffer.baseAddress else {
                write(ascii: "\"\"")
                return
            }
            write(quoting: bytes, count: buffer.count)
        }
        if isPlain == nil {
            JSONText.withBytes(of: text) { bytes, count in write(quoting: bytes, count: count) }
        }
    }

    /// Writes UTF-8 in quotes.
    func write(quoting bytes: UnsafePointer<UInt8>, count size: Int) {
        reserve(size &+ 2)
        put(UInt8(ascii: "\""))
        guard !coding.escapesSlashes else {
            writeEscaped(bytes, count: size)
            return
        }
        let source = UnsafeRawPointer(bytes)
        let target = UnsafeMutableRawPointer(base + count)
        var index = 0
        if size >= 8 {
            // Eight bytes at a time, the last eight overlapping those before.
            while true {
                let word = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                target.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
                if JSONText.special(word) != 0 {
                    writeEscaped(bytes, count: size)
                    return
                }
                if index &+ 8 >= size { break }
                index = min(index &+ 8, size &- 8)
            }
        } else {
            while index < size {
                if JSONText.isSpecial(bytes[index]) {
                    writeEscaped(bytes, count: size)
                    return
                }
                target.storeBytes(of: bytes[index], toByteOffset: index, as: UInt8.self)
                index &+= 1
            }
        }
        advance(by: size)
        write(byte: UInt8(ascii: "\""))
    }

    @inline(never)
    private func writeEscaped(_ bytes: UnsafePointer<UInt8>, count size: Int) {
        var start = 0
        for index in 0..<size {
            let byte = bytes[index]
            let isSlash = byte == UInt8(ascii: "/") && coding.escapesSlashes
            guard JSONText.isSpecial(byte) || isSlash else { continue }
            write(bytes: bytes + start, count: index - start)
            writeEscape(of: byte)
            start = index + 1
        }
        write(bytes: bytes + start, count: size - start)
        write(byte: UInt8(ascii: "\""))
    }

    private func writeEscape(of byte: UInt8) {
        reserve(6)
        put(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: put(UInt8(ascii: "b"))
        case 0x09: put(UInt8(ascii: "t"))
        case 0x0A: put(UInt8(ascii: "n"))
        case 0x0C: put(UInt8(ascii: "f"))
        case 0x0D: put(UInt8(ascii: "r"))
        case 0x00..<0x20:
            put(UInt8(ascii: "u"))
            put(UInt8(ascii: "0"))
            put(UInt8(ascii: "0"))
            put(UInt8(ascii: "0") + byte >> 4)
            put(byte & 0xF < 10 ? UInt8(ascii: "0") + byte & 0xF : UInt8(ascii: "a") + byte & 0xF - 10)
        default: put(byte)
        }
    }
}
