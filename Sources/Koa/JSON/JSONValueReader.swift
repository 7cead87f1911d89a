/// A value of a scanned document, as a decoder and as a container of one value.
struct JSONValueReader {
    private let tape: JSONTape
    private let valueIndex: UInt32
    private let containerIndex: UInt32
    /// Whether keys are taken as they are, as those of a dictionary are.
    var keepsKeys = false

    init(tape: JSONTape, index: Int, container: Int) {
        self.tape = tape
        self.valueIndex = UInt32(truncatingIfNeeded: index)
        self.containerIndex = UInt32(truncatingIfNeeded: container)
    }

    private var index: Int { Int(valueIndex) }
    private var container: Int { Int(containerIndex) }

    var codingPath: [any CodingKey] {
        tape.path(to: index, in: container)
    }
}

extension JSONValueReader: Decoder {
    var userInfo: [CodingUserInfoKey: Any] {
        tape.coding.userInfo
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard tape.view.entries[index].kind.isObject else {
            throw tape.mismatch([String: Any].self, "an object", at: index, in: container)
        }
        return KeyedDecodingContainer(JSONKeyedReader(tape: tape, object: index, keepsKeys: keepsKeys))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard tape.view.entries[index].kind == .array else {
            throw tape.mismatch([Any].self, "an array", at: index, in: container)
        }
        return JSONUnkeyedReader(tape: tape, array: index)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        self
    }
}

extension JSONValueReader: SingleValueDecodingContainer {
    func decodeNil() -> Bool {
        tape.isNull(at: index)
    }

    func decode(_ type: Bool.Type) throws -> Bool {
        try tape.bool(at: index, in: container)
    }

    func decode(_ type: String.Type) throws -> String {
        try tape.string(at: index, in: container)
    }

    func decode(_ type: Double.Type) throws -> Double {
        try tape.double(at: index, in: container)
    }

    func decode(_ type: Float.Type) throws -> Float {
        try tape.float(at: index, in: container)
    }

    func decode(_ type: Int.Type) throws -> Int {
        try tape.integer(type, at: index, in: container)
    }

    func decode(_ type: Int8.Type) throws -> Int8 {
        try tape.integer(type, at: index, in: container)
    }

    func decode(_ type: Int16.Type) throws -> Int16 {
        try tape.integer(type, at: index, in: container)
    }

    func decode(_ type: Int32.Type) throws -> Int32 {
        try tape.integer(type, at: index, in: container)
    }

    func decode(_ type: Int64.Type) throws -> Int64 {
        try tape.integer(type, at: index, in: container)
    }

    func decode(_ type: Int128.Type) throws -> Int128 {
        try tape.integer(type, at: index, in: container)
    }

    func decode(_ type: UInt.Type) throws -> UInt {
        try tape.integer(type, at: index, in: container)
    }

    func decode(_ type: UInt8.Type) throws -> UInt8 {
        try tape.integer(type, at: index, in: container)
    }

    func decode(_ type: UInt16.Type) throws -> UInt16 {
        try tape.integer(type, at: index, in: container)
    }

    func decode(_ type: UInt32.Type) throws -> UInt32 {
        try tape.integer(type, at: index, in: container)
    }

    func decode(_ type: UInt64.Type) throws -> UInt64 {
        try tape.integer(type, at: index, in: container)
    }

    func decode(_ type: UInt128.Type) throws -> UInt128 {
        try tape.integer(type, at: index, in: container)
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try tape.decode(type, at: index, in: container)
    }
}
