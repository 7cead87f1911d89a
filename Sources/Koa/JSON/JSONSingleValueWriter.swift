/// A container that writes one value.
struct JSONSingleValueWriter: SingleValueEncodingContainer {
    let writer: JSONWriter
    let depth: Int

    var codingPath: [any CodingKey] {
        writer.codingPath
    }

    @inline(__always)
    private func begin() throws {
        try writer.beginSingle(depth: depth)
    }

    mutating func encodeNil() throws {
        try begin()
        writer.write(ascii: "null")
    }

    mutating func encode(_ value: Bool) throws {
        try begin()
        writer.write(value)
    }

    mutating func encode(_ value: String) throws {
        try begin()
        writer.write(value)
    }

    mutating func encode(_ value: Double) throws {
        try writer.check(value, at: nil)
        try begin()
        writer.write(floating: value)
    }

    mutating func encode(_ value: Float) throws {
        try writer.check(value, at: nil)
        try begin()
        writer.write(floating: value)
    }

    mutating func encode(_ value: Int) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode(_ value: Int8) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode(_ value: Int16) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode(_ value: Int32) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode(_ value: Int64) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode(_ value: Int128) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt8) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt16) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt32) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt64) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt128) throws {
        try begin()
        writer.write(integer: value)
    }

    mutating func encode<Value: Encodable>(_ value: Value) throws {
        let mark = writer.mark
        do {
            try begin()
            try writer.encode(value, at: nil)
        } catch {
            writer.rewind(to: mark)
            throw error
        }
    }
}
