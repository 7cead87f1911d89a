/// What reading and writing share about JSON's characters.
enum JSONText {
    /// The powers of ten that a `Double` holds exactly.
    static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Marks with its high bit each of eight bytes that is a control character, a quote or a backslash.
    ///
    /// The lowest mark is exact; a borrow can set marks above it.
    @inline(__always)
    static func special(_ word: UInt64) -> UInt64 {
        let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslash = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let below = (word &- ones &* 0x20) & ~word
        return (below | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)) & highs
    }

    /// Whether a byte can't stand in a string as it is.
    @inline(__always)
    static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// Where the plain ASCII characters from `start` on end.
    @inline(__always)
    static func plainEnd(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Int {
        var index = start
        while index &+ 8 <= end {
            let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self).littleEndian
            let stops = special(word) | (word & highs)
            if stops != 0 {
                return index &+ stops.trailingZeroBitCount &>> 3
            }
            index &+= 8
        }
        while index < end, base[index] < 0x80, !isSpecial(base[index]) {
            index &+= 1
        }
        return index
    }

    /// The length of the UTF-8 sequence at `bytes`; 0 when it is not well-formed (Unicode 15, table 3-7).
    static func sequenceLength(_ bytes: UnsafePointer<UInt8>, available: Int) -> Int {
        guard available > 0 else { return 0 }
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch bytes[0] {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard available >= length, second ~= bytes[1] else { return 0 }
        for index in 2..<max(length, 2) where bytes[index] & 0xC0 != 0x80 {
            return 0
        }
        return length
    }

    /// The value of a hexadecimal digit.
    static func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte &- UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte &- UInt8(ascii: "a") &+ 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte &- UInt8(ascii: "A") &+ 10)
        default: nil
        }
    }

    /// A number that is the same for equal keys and mostly differs for others, from a key's ends and length.
    @inline(__always)
    static func signature(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
        let raw = UnsafeRawPointer(bytes)
        var first: UInt64 = 0
        var last: UInt64 = 0
        if count >= 8 {
            first = raw.loadUnaligned(as: UInt64.self)
            last = raw.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
        } else {
            for index in 0..<count {
                first = first &<< 8 | UInt64(bytes[index])
            }
        }
        return first &* 0x9E37_79B9_7F4A_7C15 ^ last &* 0xC2B2_AE3D_27D4_EB4F ^ UInt64(truncatingIfNeeded: count)
    }

    /// The signature of a key.
    static func signature(of key: String) -> UInt64 {
        withBytes(of: key) { bytes, count in signature(bytes, count: count) }
    }

    /// Calls `body` with a text's UTF-8.
    @inline(__always)
    static func withBytes<Result>(of text: String, _ body: (UnsafePointer<UInt8>, Int) throws -> Result) rethrows
        -> Result
    {
        var text = text
        return try text.withUTF8 { buffer in
            guard let base = buffer.baseAddress else {
                return try withUnsafePointer(to: 0 as UInt8) { try body($0, 0) }
            }
            return try body(base, buffer.count)
        }
    }

    /// The text of a string whose escapes were checked by the scanner.
    static func unescaped(_ bytes: UnsafePointer<UInt8>, count: Int) -> String {
        String(unsafeUninitializedCapacity: count) { output in
            var written = 0
            var index = 0
            while index < count {
                guard bytes[index] == UInt8(ascii: "\\"), index + 1 < count else {
                    output[written] = bytes[index]
                    written += 1
                    index += 1
                    continue
                }
                if bytes[index + 1] == UInt8(ascii: "u") {
                    let scalar = escapedScalar(bytes, at: &index, count: count)
                    for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                        output[written] = unit
                        written += 1
                    }
                } else {
                    output[written] = escaped(bytes[index + 1])
                    written += 1
                    index += 2
                }
            }
            return written
        }
    }

    private static func escaped(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }

    /// Reads `\uXXXX`, or a pair of them, and moves `index` behind it.
    private static func escapedScalar(
        _ bytes: UnsafePointer<UInt8>, at index: inout Int, count: Int
    ) -> Unicode.Scalar {
        var unit = escapedUnit(bytes, at: index, count: count)
        index += 6
        if 0xD800...0xDBFF ~= unit {
            let low = escapedUnit(bytes, at: index, count: count)
            index += 6
            unit = 0x10000 + (unit - 0xD800) << 10 + (low & 0x3FF)
        }
        return Unicode.Scalar(unit) ?? "\u{FFFD}"
    }

    private static func escapedUnit(_ bytes: UnsafePointer<UInt8>, at index: Int, count: Int) -> UInt32 {
        guard index + 6 <= count else { return 0xFFFD }
        return (index + 2..<index + 6).reduce(0) { unit, offset in unit << 4 | (hexDigit(bytes[offset]) ?? 0) }
    }
}
