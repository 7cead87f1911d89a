/// A keyed container that writes its members as they come.
struct JSONKeyedWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    private let writer: JSONWriter
    private let depth: Int

    init(_ writer: JSONWriter) {
        self.writer = writer
        // One that can't begin is never in turn: what is written to it throws.
        self.depth = writer.open(.keyed, with: UInt8(ascii: "{")) ? writer.depth : .max
    }

    var codingPath: [any CodingKey] {
        writer.codingPath
    }

    @inline(__always)
    private func begin(_ key: some CodingKey) throws {
        try writer.beginMember(key.stringValue, depth: depth)
    }

    mutating func encodeNil(forKey key: Key) throws {
        try begin(key)
        writer.write(ascii: "null")
    }

    mutating func encode(_ value: Bool, forKey key: Key) throws {
        try begin(key)
        writer.write(value)
    }

    mutating func encode(_ value: String, forKey key: Key) throws {
        try begin(key)
        writer.write(value)
    }

    mutating func encode(_ value: Double, forKey key: Key) throws {
        try writer.check(value, at: JSONPathKey(key))
        try begin(key)
        writer.write(floating: value)
    }

    mutating func encode(_ value: Float, forKey key: Key) throws {
        try writer.check(value, at: JSONPathKey(key))
        try begin(key)
        writer.write(floating: value)
    }

    mutating func encode(_ value: Int, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode(_ value: Int8, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode(_ value: Int16, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode(_ value: Int32, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode(_ value: Int64, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode(_ value: Int128, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt8, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt16, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt32, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt64, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode(_ value: UInt128, forKey key: Key) throws {
        try begin(key)
        writer.write(integer: value)
    }

    mutating func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        let mark = writer.mark
        do {
            try begin(key)
            try writer.encode(value, at: JSONPathKey(key))
        } catch {
            writer.rewind(to: mark)
            throw error
        }
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy keyType: NestedKey.Type, forKey key: Key
    ) -> KeyedEncodingContainer<NestedKey> {
        fragment(key).container(keyedBy: keyType)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        fragment(key).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        fragment(JSONPathKey.super)
    }

    mutating func superEncoder(forKey key: Key) -> any Encoder {
        fragment(key)
    }

    /// A writer for a member's value; one that refuses everything when it is not this container's turn.
    private func fragment(_ key: some CodingKey) -> JSONWriter {
        guard (try? begin(key)) != nil else { return .closed(writer.coding) }
        return writer.fragment(path: writer.path + [JSONPathKey(key)])
    }
}
