/// A keyed container over an object of a scanned document.
struct JSONKeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let tape: JSONTape
    private let object: Int
    private let keepsKeys: Bool

    init(tape: JSONTape, object: Int, keepsKeys: Bool) {
        self.tape = tape
        self.object = object
        self.keepsKeys = keepsKeys || tape.coding.keys == .useDefaultKeys
    }

    var codingPath: [any CodingKey] {
        tape.path(to: object, in: tape.view.parent(of: object))
    }

    var allKeys: [Key] {
        tape.keys(of: object).compactMap { name in
            keepsKeys
                ? Key(stringValue: name) : Key(stringValue: JSONKeyNames.camelCase(name)) ?? Key(stringValue: name)
        }
    }

    func contains(_ key: Key) -> Bool {
        find(key) != nil
    }

    /// The index of a member's value.
    @inline(__always)
    private func find(_ key: some CodingKey) -> Int? {
        keepsKeys ? tape.member(key.stringValue, of: object) : tape.convertedMember(key.stringValue, of: object)
    }

    @inline(__always)
    private func require(_ key: some CodingKey) throws -> Int {
        guard let index = find(key) else { throw tape.missing(key, of: object) }
        return index
    }

    /// The index of a member's value that is there and not `null`.
    @inline(__always)
    private func findValue(_ key: Key) -> Int? {
        guard let index = find(key), !tape.isNull(at: index) else { return nil }
        return index
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        tape.isNull(at: try require(key))
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        try tape.bool(at: require(key), in: object)
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try tape.string(at: require(key), in: object)
    }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try tape.double(at: require(key), in: object)
    }

    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        try tape.float(at: require(key), in: object)
    }

    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 {
        try tape.integer(type, at: require(key), in: object)
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try tape.decode(type, at: require(key), in: object)
    }

    // The default implementations look a member up three times.

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        guard let index = findValue(key) else { return nil }
        return try tape.bool(at: index, in: object)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        guard let index = findValue(key) else { return nil }
        return try tape.string(at: index, in: object)
    }

    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        guard let index = findValue(key) else { return nil }
        return try tape.double(at: index, in: object)
    }

    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        guard let index = findValue(key) else { return nil }
        return try tape.integer(type, at: index, in: object)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard let index = findValue(key) else { return nil }
        return try tape.decode(type, at: index, in: object)
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try reader(for: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try reader(for: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        try reader(for: JSONPathKey.super)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        try reader(for: key)
    }

    private func reader(for key: some CodingKey) throws -> JSONValueReader {
        JSONValueReader(tape: tape, index: try require(key), container: object)
    }
}
