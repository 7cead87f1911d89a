extension JSONWriter {
    /// Writes an integer.
    @inline(__always)
    func write(integer value: some FixedWidthInteger) {
        if let small = Int64(exactly: value) {
            write(small.magnitude, isNegative: small < 0)
        } else if let large = UInt64(exactly: value) {
            write(large, isNegative: false)
        } else {
            write(plain: String(value))
        }
    }

    private func write(_ magnitude: UInt64, isNegative: Bool) {
        reserve(20)
        if isNegative {
            put(UInt8(ascii: "-"))
        }
        var size = 1
        var bound: UInt64 = 10
        while size < 20, magnitude >= bound {
            size &+= 1
            bound = size < 20 ? bound &* 10 : bound
        }
        var rest = magnitude
        var target = base + count + size
        while rest >= 10 {
            let quotient = rest / 10
            target -= 1
            target.pointee = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest &- quotient &* 10)
            rest = quotient
        }
        (target - 1).pointee = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest)
        advance(by: size)
    }

    /// Writes text as it is.
    func write(plain text: String) {
        JSONText.withBytes(of: text) { bytes, count in write(bytes: bytes, count: count) }
    }

    /// Writes a finite number as JavaScript prints it: the fewest digits that read back as the same value.
    func write(finite value: Double) {
        let magnitude = abs(value)
        if magnitude < 0x1p53 {
            let whole = UInt64(magnitude)
            if Double(whole) == magnitude {
                write(whole, isNegative: value < 0)
                return
            }
            if magnitude >= 0.001, write(decimal: magnitude, isNegative: value < 0) { return }
        }
        write(shortest: value.description)
    }

    /// Writes a number of few decimals; returns whether it was one.
    @inline(__always)
    private func write(decimal magnitude: Double, isNegative: Bool) -> Bool {
        // With 15 digits at most no other number of as many digits reads as this value, so this one is the shortest.
        // Most numbers have few decimals, which are found faster.
        if magnitude < 1e11, write(magnitude, places: 4, isNegative: isNegative) { return true }
        return magnitude < 1e6 && write(magnitude, places: 9, isNegative: isNegative)
    }

    /// Writes a number of at most so many decimals; returns whether it was one.
    private func write(_ magnitude: Double, places most: Int, isNegative: Bool) -> Bool {
        let scaled = (magnitude * JSONText.powersOfTen[most]).rounded()
        guard scaled / JSONText.powersOfTen[most] == magnitude else { return false }
        let power = UInt64(JSONText.powersOfTen[most])
        let digits = UInt64(scaled)
        var places = most
        var rest = digits % power
        while rest % 10 == 0, places > 1 {
            rest /= 10
            places -= 1
        }
        write(digits / power, isNegative: isNegative)
        reserve(places + 1)
        put(UInt8(ascii: "."))
        for place in (0..<places).reversed() {
            base[count + place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        advance(by: places)
        return true
    }

    /// Writes a single-precision number with the fewest digits for its precision.
    func write(finite value: Float) {
        if let whole = Int64(exactly: value), abs(value) < 0x1p24 {
            write(integer: whole)
        } else {
            write(shortest: value.description)
        }
    }

    /// Writes the digits of Swift's shortest form (`1e-05`, `12.5`) the way ECMA-262's Number::toString places them.
    private func write(shortest text: String) {
        // Without an exponent the two forms differ in the fraction of whole numbers only.
        let isWritten = JSONText.withBytes(of: text) { bytes, count in
            let text = UnsafeBufferPointer(start: bytes, count: count)
            guard !text.contains(UInt8(ascii: "e")) else { return false }
            let isWhole = count > 2 && text[count - 2] == UInt8(ascii: ".") && text[count - 1] == UInt8(ascii: "0")
            write(bytes: bytes, count: isWhole ? count - 2 : count)
            return true
        }
        if !isWritten { write(scientific: text) }
    }

    /// Writes what has an exponent, or none, from its digits.
    private func write(scientific text: String) {
        var digits: [UInt8] = []
        var point = 0
        var exponent = 0
        var isNegative = false
        var hasPoint = false
        var utf8 = Substring(text).utf8
        if utf8.first == UInt8(ascii: "-") {
            isNegative = true
            utf8.removeFirst()
        }
        while let byte = utf8.popFirst() {
            if byte == UInt8(ascii: ".") {
                hasPoint = true
            } else if byte == UInt8(ascii: "e") {
                exponent = Int(Substring(utf8)) ?? 0
                break
            } else if byte == UInt8(ascii: "0"), digits.isEmpty {
                point -= hasPoint ? 1 : 0
            } else {
                digits.append(byte)
                point += hasPoint ? 0 : 1
            }
        }
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
        }
        place(digits, point: point + exponent, isNegative: isNegative)
    }

    /// Writes `0.digits` times ten to the `point`.
    private func place(_ digits: [UInt8], point: Int, isNegative: Bool) {
        guard let first = digits.first else {
            write(byte: UInt8(ascii: "0"))
            return
        }
        reserve(32)
        if isNegative {
            put(UInt8(ascii: "-"))
        }
        switch point {
        case digits.count...21:
            digits.forEach(put)
            for _ in digits.count..<point { put(UInt8(ascii: "0")) }
        case 1...21:
            digits[..<point].forEach(put)
            put(UInt8(ascii: "."))
            digits[point...].forEach(put)
        case -5...0:
            put(UInt8(ascii: "0"))
            put(UInt8(ascii: "."))
            for _ in point..<0 { put(UInt8(ascii: "0")) }
            digits.forEach(put)
        default:
            put(first)
            if digits.count > 1 {
                put(UInt8(ascii: "."))
                digits[1...].forEach(put)
            }
            put(UInt8(ascii: "e"))
            put(point > 0 ? UInt8(ascii: "+") : UInt8(ascii: "-"))
            write(integer: abs(point - 1))
        }
    }
}
