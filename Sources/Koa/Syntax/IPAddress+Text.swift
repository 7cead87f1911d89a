/// The text of IPv4 addresses.
enum IPv4Text {
    /// Reads strict dotted decimal: four numbers of 0 to 255 without leading zeros.
    static func parse(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        var bits: UInt32 = 0
        var part: UInt32?
        var parts = 1
        for byte in bytes {
            if byte == UInt8(ascii: ".") {
                guard let number = part, parts < 4 else { return nil }
                bits = bits << 8 | number
                parts += 1
                part = nil
            } else {
                guard byte.isASCIIDigit, part != 0 else { return nil }
                let number = (part ?? 0) * 10 + UInt32(byte - 0x30)
                guard number <= 255 else { return nil }
                part = number
            }
        }
        guard parts == 4, let number = part else { return nil }
        return bits << 8 | number
    }

    /// Dotted decimal.
    static func format(_ bits: UInt32) -> String {
        "\(bits >> 24).\(bits >> 16 & 0xFF).\(bits >> 8 & 0xFF).\(bits & 0xFF)"
    }
}

/// The text of IPv6 addresses, without brackets and zones.
enum IPv6Text {
    /// Reads eight hexadecimal numbers of one to four digits; `::` stands for one or more zeros, once, and the last two
    /// numbers may be dotted decimal.
    static func parse(_ bytes: ArraySlice<UInt8>) -> [UInt16]? {
        var rest = bytes
        var pieces: [UInt16] = []
        var gap: Int?
        if rest.starts(with: "::".utf8) {
            rest = rest.dropFirst(2)
            gap = 0
        }
        while !rest.isEmpty {
            let part = rest.prefix { $0 != UInt8(ascii: ":") }
            rest = rest.dropFirst(part.count)
            if part.contains(UInt8(ascii: ".")) {
                guard rest.isEmpty, pieces.count <= 6, let bits = IPv4Text.parse(part) else { return nil }
                pieces.append(UInt16(truncatingIfNeeded: bits >> 16))
                pieces.append(UInt16(truncatingIfNeeded: bits))
                break
            }
            guard pieces.count < 8, let piece = parsePiece(part) else { return nil }
            pieces.append(piece)
            if rest.starts(with: "::".utf8) {
                guard gap == nil else { return nil }
                gap = pieces.count
                rest = rest.dropFirst(2)
            } else if !rest.isEmpty {
                rest = rest.dropFirst()
                guard !rest.isEmpty else { return nil }
            }
        }
        guard let gap else { return pieces.count == 8 ? pieces : nil }
        guard pieces.count < 8 else { return nil }
        pieces.insert(contentsOf: repeatElement(0, count: 8 - pieces.count), at: gap)
        return pieces
    }

    private static func parsePiece(_ bytes: ArraySlice<UInt8>) -> UInt16? {
        guard 1...4 ~= bytes.count else { return nil }
        var piece: UInt16 = 0
        for byte in bytes {
            guard let digit = byte.hexDigitValue else { return nil }
            piece = piece << 4 | UInt16(digit)
        }
        return piece
    }

    /// Lower-case hexadecimal without leading zeros; the first of the longest runs of two or more zeros becomes `::`.
    static func format(_ pieces: [UInt16]) -> String {
        let gap = longestRunOfZeros(in: pieces)
        let texts = pieces.map { String($0, radix: 16) }
        guard let gap else { return texts.joined(separator: ":") }
        return texts[..<gap.lowerBound].joined(separator: ":") + "::" + texts[gap.upperBound...].joined(separator: ":")
    }

    private static func longestRunOfZeros(in pieces: [UInt16]) -> Range<Int>? {
        var longest: Range<Int>?
        var start = 0
        for (position, piece) in pieces.enumerated() {
            guard piece == 0 else {
                start = position + 1
                continue
            }
            if position + 1 - start >= 2, position + 1 - start > longest?.count ?? 0 {
                longest = start..<(position + 1)
            }
        }
        return longest
    }
}
