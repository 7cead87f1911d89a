extension JSONScanner {
    /// Reads a number from its sign or first digit.
    mutating func scanNumber() throws(JSONError) {
        let start = position
        let isNegative = base[position] == UInt8(ascii: "-")
        if isNegative {
            position += 1
        }
        var mantissa = JSONMantissa()
        let integerStart = position
        try scanDigits(into: &mantissa)
        if position - integerStart > 1, base[integerStart] == UInt8(ascii: "0") {
            throw fail(.invalidNumber, "A number can't begin with a zero and another digit", at: integerStart)
        }
        guard position < end, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(base[position]) else {
            append(mantissa.integerEntry(offset: start, length: position - start, isNegative: isNegative))
            return
        }
        var exponent = 0
        if base[position] == UInt8(ascii: ".") {
            position += 1
            let fraction = position
            try scanDigits(into: &mantissa)
            exponent = fraction - position
        }
        if position < end, base[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            exponent += try scanExponent()
        }
        append(
            mantissa.entry(offset: start, length: position - start, isNegative: isNegative, exponent: exponent)
        )
    }

    private mutating func scanDigits(into mantissa: inout JSONMantissa) throws(JSONError) {
        guard position < end, base[position] &- UInt8(ascii: "0") < 10 else {
            throw digitMissing()
        }
        while position < end {
            let digit = base[position] &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            mantissa.append(digit)
            position += 1
        }
    }

    /// Reads an exponent after its letter; one out of all bounds stays so.
    private mutating func scanExponent() throws(JSONError) -> Int {
        guard position < end else { throw digitMissing() }
        let sign = base[position]
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            position += 1
        }
        guard position < end, base[position] &- UInt8(ascii: "0") < 10 else {
            throw digitMissing()
        }
        var exponent = 0
        while position < end {
            let digit = base[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            exponent = min(exponent * 10 + Int(digit), 1_000_000)
            position += 1
        }
        return sign == UInt8(ascii: "-") ? -exponent : exponent
    }

    private func digitMissing() -> JSONError {
        fail(
            position < end ? .invalidNumber : .unexpectedEnd,
            "Expected a digit but found \(found(at: position))"
        )
    }
}

/// The digits of a number, as long as 64 bits hold them.
struct JSONMantissa {
    private var value: UInt64 = 0
    private var overflows = false

    @inline(__always)
    mutating func append(_ digit: UInt8) {
        // Below this bound ten times the value and a digit can't wrap.
        guard value < 1_844_674_407_370_955_161 else {
            overflows = overflows || value > 1_844_674_407_370_955_161 || digit > 5
            value = value &* 10 &+ UInt64(digit)
            return
        }
        value = value &* 10 &+ UInt64(digit)
    }

    /// The entry of a number without fraction and exponent.
    func integerEntry(offset: Int, length: Int, isNegative: Bool) -> JSONTapeEntry {
        if overflows || value > UInt64(Int64.max) {
            return JSONTapeEntry(.number, offset: offset, length: length, payload: 0)
        }
        if isNegative, value == 0 {
            return JSONTapeEntry(.double, offset: offset, length: length, payload: (-0.0).bitPattern)
        }
        let payload = isNegative ? 0 &- value : value
        return JSONTapeEntry(.integer, offset: offset, length: length, payload: payload)
    }

    /// The entry of a number with a fraction or exponent: its value where one exact operation finds it.
    func entry(offset: Int, length: Int, isNegative: Bool, exponent: Int) -> JSONTapeEntry {
        // Both operands are exact, so that IEEE 754 rounds the quotient or product correctly (Clinger, 1990).
        guard !overflows, value <= 1 << 53, abs(exponent) < JSONText.powersOfTen.count else {
            return JSONTapeEntry(.number, offset: offset, length: length, payload: 0)
        }
        let power = JSONText.powersOfTen[abs(exponent)]
        let magnitude = exponent < 0 ? Double(value) / power : Double(value) * power
        let double = isNegative ? -magnitude : magnitude
        return JSONTapeEntry(.double, offset: offset, length: length, payload: double.bitPattern)
    }
}
