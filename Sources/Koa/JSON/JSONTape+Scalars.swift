extension JSONTape {
    /// The text at `index`, which stands in `container`.
    @inline(__always)
    func string(at index: Int, in container: Int) throws -> String {
        switch view.entries[index].kind {
        case .string, .escapedString: view.string(at: index)
        default: throw mismatch(String.self, "a string", at: index, in: container)
        }
    }

    /// The boolean at `index`.
    @inline(__always)
    func bool(at index: Int, in container: Int) throws -> Bool {
        switch view.entries[index].kind {
        case .true: true
        case .false: false
        default: throw mismatch(Bool.self, "true or false", at: index, in: container)
        }
    }

    /// The integer at `index`, which may be written with a fraction of zeros or an exponent.
    @inline(__always)
    func integer<Integer: FixedWidthInteger>(
        _ type: Integer.Type, at index: Int, in container: Int
    ) throws -> Integer {
        let entry = view.entries[index]
        if entry.kind == .integer, let value = Integer(exactly: Int64(bitPattern: entry.payload)) {
            return value
        }
        return try integerFromText(type, at: index, in: container)
    }

    @inline(never)
    private func integerFromText<Integer: FixedWidthInteger>(
        _ type: Integer.Type, at index: Int, in container: Int
    ) throws -> Integer {
        guard view.entries[index].kind.isNumber else {
            throw mismatch(type, "an integer", at: index, in: container)
        }
        guard let plain = Self.plainInteger(view.numberText(at: index)), let value = Integer(plain) else {
            throw corrupted("Expected an integer that fits in \(type)", at: index, in: container)
        }
        return value
    }

    /// The digits of a number without fraction and exponent; `nil` when it is no integer of at most 40 digits.
    static func plainInteger(_ number: String) -> String? {
        let parts = number.split(maxSplits: 1) { $0 == "e" || $0 == "E" }
        guard let mantissa = parts.first, var exponent = parts.count == 2 ? Int(parts[1]) : 0 else { return nil }
        let isNegative = mantissa.hasPrefix("-")
        let halves = mantissa.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
        var digits = halves.joined().drop { $0 == "0" }
        guard !digits.isEmpty else { return "0" }
        if halves.count == 2 {
            let (shifted, overflow) = exponent.subtractingReportingOverflow(halves[1].utf8.count)
            guard !overflow else { return nil }
            exponent = shifted
        }
        while exponent < 0, digits.last == "0" {
            digits.removeLast()
            exponent += 1
        }
        guard 0...40 ~= exponent, digits.utf8.count <= 40 else { return nil }
        return (isNegative ? "-" : "") + digits + String(repeating: "0", count: exponent)
    }

    /// The number at `index`.
    @inline(__always)
    func double(at index: Int, in container: Int) throws -> Double {
        let entry = view.entries[index]
        switch entry.kind {
        case .double: return Double(bitPattern: entry.payload)
        case .integer: return Double(Int64(bitPattern: entry.payload))
        default: return try floatingFromText(Double.self, at: index, in: container)
        }
    }

    /// The number at `index`, rounded once.
    func float(at index: Int, in container: Int) throws -> Float {
        try floatingFromText(Float.self, at: index, in: container)
    }

    @inline(never)
    private func floatingFromText<Value: BinaryFloatingPoint & LosslessStringConvertible>(
        _ type: Value.Type, at index: Int, in container: Int
    ) throws -> Value {
        if coding.nonFinite == .strings, view.entries[index].kind == .string {
            switch view.string(at: index) {
            case "Infinity": return .infinity
            case "-Infinity": return -.infinity
            case "NaN": return .nan
            default: break
            }
        }
        guard view.entries[index].kind.isNumber else {
            throw mismatch(type, "a number", at: index, in: container)
        }
        guard let value = Value(view.numberText(at: index)), value.isFinite else {
            throw corrupted("Expected a number that fits in \(type)", at: index, in: container)
        }
        return value
    }

    /// Whether the value at `index` is `null`.
    @inline(__always)
    func isNull(at index: Int) -> Bool {
        view.entries[index].kind == .null
    }

    /// The value at `index` with all that it holds.
    func json(at index: Int, in container: Int) throws(JSONError) -> JSON {
        let entry = view.entries[index]
        switch entry.kind {
        case .null: return .null
        case .true: return .bool(true)
        case .false: return .bool(false)
        case .integer: return .number(JSONNumber(Int64(bitPattern: entry.payload)))
        case .double: return .number(JSONNumber(Double(bitPattern: entry.payload)))
        case .number: return .number(try number(at: index, in: container))
        case .string, .escapedString: return .string(view.string(at: index))
        case .array:
            var elements: [JSON] = []
            elements.reserveCapacity(entry.length)
            var element = index + 2
            while element < entry.next {
                view.entries[index].cursor = elements.count
                elements.append(try json(at: element, in: index))
                element = view.next(after: element)
            }
            return .array(elements)
        case .object, .irregularObject:
            var members = JSONObject(capacity: entry.length)
            var key = index + 2
            while key < entry.next {
                let value = try json(at: key + 1, in: index)
                if entry.kind == .object {
                    members.append(view.string(at: key), value)
                } else {
                    members.updateValue(value, forKey: view.string(at: key))
                }
                key = view.next(after: key + 1)
            }
            return .object(members)
        }
    }

    private func number(at index: Int, in container: Int) throws(JSONError) -> JSONNumber {
        let text = view.numberText(at: index)
        if let unsigned = UInt64(text) {
            return JSONNumber(unsigned)
        }
        guard let double = Double(text), double.isFinite else {
            throw outOfRange(at: index, in: container)
        }
        return JSONNumber(double)
    }
}
