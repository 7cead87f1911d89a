/// An unkeyed container that writes its elements as they come.
struct JSONUnkeyedWriter: UnkeyedEncodingContainer {
    private let writer: JSONWriter
    private let depth: Int

    init(_ writer: JSONWriter) {
        self.writer = writer
        // One that can't begin is never in turn: what is written to it throws.
        self.depth = writer.open(.unkeyed, with: UInt8(ascii: "[")) ? writer.depth : .max
    }

    var codingPath: [any CodingKey] {
        writer.codingPath
    }

    var count: Int {
        writer.level.count
    }

    @inline(__always)
    private func begin() throws {
        try writer.beginElement(depth: depth)
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
        try writer.check(value, at: .index(count))
        try begin()
        writer.write(floating: value)
    }

    mutating func encode(_ value: Float) throws {
        try writer.check(value, at: .index(count))
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
            try writer.encode(value, at: .index(count - 1))
        } catch {
            writer.rewind(to: mark)
            throw error
        }
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type
    ) -> KeyedEncodingContainer<NestedKey> {
        fragment().container(keyedBy: keyType)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        fragment().unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        fragment()
    }

    /// A writer for an element; one that refuses everything when it is not this container's turn.
    private func fragment() -> JSONWriter {
        guard (try? begin()) != nil else { return .closed(writer.coding) }
        return writer.fragment(path: writer.path + [.index(count - 1)])
    }
}
