extension JSONWriter {
    /// Writes a value; a number that is not finite is `null`.
    func write(_ value: JSON) {
        switch value {
        case .null: write(ascii: "null")
        case .bool(let value): write(value)
        case .number(let value): write(value)
        case .string(let value): write(value)
        case .array(let elements):
            write(byte: UInt8(ascii: "["))
            var isFirst = true
            for element in elements {
                if !isFirst { write(byte: UInt8(ascii: ",")) }
                isFirst = false
                write(element)
            }
            write(byte: UInt8(ascii: "]"))
        case .object(let members):
            write(byte: UInt8(ascii: "{"))
            var isFirst = true
            for member in members.members {
                if !isFirst { write(byte: UInt8(ascii: ",")) }
                isFirst = false
                write(member.key)
                write(byte: UInt8(ascii: ":"))
                write(member.value)
            }
            write(byte: UInt8(ascii: "}"))
        }
    }

    /// Writes a boolean.
    @inline(__always)
    func write(_ value: Bool) {
        if value { write(ascii: "true") } else { write(ascii: "false") }
    }

    private func write(_ number: JSONNumber) {
        switch number.storage {
        case .integer(let value): write(integer: value)
        case .unsigned(let value): write(integer: value)
        case .double(let value) where value.isFinite: write(finite: value)
        case .double: write(ascii: "null")
        }
    }
}
