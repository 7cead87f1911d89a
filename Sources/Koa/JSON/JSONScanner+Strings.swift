extension JSONScanner {
    /// Reads a string from its opening quote.
    mutating func scanString(isKey: Bool) throws(JSONError) {
        let start = position + 1
        var index = start
        var isEscaped = false
        while true {
            index = JSONText.plainEnd(base, from: index, to: end)
            guard index < end else {
                position = end
                throw fail(.unexpectedEnd, "Expected the closing quote of a string but found the end of the text")
            }
            let byte = base[index]
            if byte == UInt8(ascii: "\"") {
                break
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
                index = try scanEscape(at: index)
            } else if byte < 0x20 {
                throw fail(
                    .controlCharacter, "A control character in a string has to be escaped: \(found(at: index))",
                    at: index
                )
            } else {
                let length = JSONText.sequenceLength(base + index, available: end - index)
                guard length > 0 else {
                    throw fail(.invalidUTF8, "The text is not UTF-8: \(found(at: index))", at: index)
                }
                index += length
            }
        }
        position = index + 1
        var payload: UInt64 = 0
        if isKey {
            payload =
                isEscaped
                ? JSONText.signature(of: JSONText.unescaped(base + start, count: index - start))
                : JSONText.signature(base + start, count: index - start)
        }
        append(
            JSONTapeEntry(
                isEscaped ? .escapedString : .string, offset: start, length: index - start, payload: payload
            )
        )
    }

    /// Checks the escape at `index` and returns where the text goes on.
    private func scanEscape(at index: Int) throws(JSONError) -> Int {
        guard index + 1 < end else { return end }
        switch base[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return index + 2
        case UInt8(ascii: "u"):
            let unit = try scanUnit(at: index)
            guard 0xD800...0xDFFF ~= unit else { return index + 6 }
            let next = index + 6
            if unit < 0xDC00, next + 1 < end, base[next] == UInt8(ascii: "\\"), base[next + 1] == UInt8(ascii: "u") {
                let low = try scanUnit(at: next)
                if 0xDC00...0xDFFF ~= low { return next + 6 }
            }
            throw fail(.loneSurrogate, "An escaped surrogate has no other half", at: index)
        default:
            throw fail(.invalidEscape, "Unknown escape \\ before \(found(at: index + 1))", at: index)
        }
    }

    private func scanUnit(at index: Int) throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for offset in index + 2..<index + 6 {
            guard offset < end, let digit = JSONText.hexDigit(base[offset]) else {
                throw fail(
                    offset < end ? .invalidEscape : .unexpectedEnd,
                    "Expected four hexadecimal digits after \\u but found \(found(at: offset))", at: offset
                )
            }
            unit = unit &<< 4 | digit
        }
        return unit
    }
}
