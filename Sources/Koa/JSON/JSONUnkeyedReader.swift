/// An unkeyed container over an array of a scanned document.
struct JSONUnkeyedReader: UnkeyedDecodingContainer {
    private let tape: JSONTape
    private let array: UInt32
    private var element: UInt32
    private var position: UInt32 = 0

    init(tape: JSONTape, array: Int) {
        self.tape = tape
        self.array = UInt32(truncatingIfNeeded: array)
        self.element = UInt32(truncatingIfNeeded: array + 2)
    }

    private var container: Int { Int(array) }

    var codingPath: [any CodingKey] {
        tape.path(to: container, in: tape.view.parent(of: container))
    }

    var count: Int? { tape.view.entries[container].length }
    var currentIndex: Int { Int(position) }
    var isAtEnd: Bool { Int(element) >= tape.view.entries[container].next }

    /// Does what reads the next element, and moves behind it unless that throws.
    @inline(__always)
    private mutating func read<Value>(_ type: Value.Type, _ body: (JSONTape, Int, Int) throws -> Value) throws -> Value
    {
        guard !isAtEnd else { throw tape.exhausted(type, array: container) }
        tape.view.entries[container].cursor = currentIndex
        let value = try body(tape, Int(element), container)
        moveOn()
        return value
    }

    @inline(__always)
    private mutating func moveOn() {
        element = UInt32(truncatingIfNeeded: tape.view.next(after: Int(element)))
        position += 1
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd else { throw tape.exhausted(Never.self, array: container) }
        guard tape.isNull(at: Int(element)) else { return false }
        moveOn()
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool {
        try read(type) { try $0.bool(at: $1, in: $2) }
    }

    mutating func decode(_ type: String.Type) throws -> String {
        try read(type) { try $0.string(at: $1, in: $2) }
    }

    mutating func decode(_ type: Double.Type) throws -> Double {
        try read(type) { try $0.double(at: $1, in: $2) }
    }

    mutating func decode(_ type: Float.Type) throws -> Float {
        try read(type) { try $0.float(at: $1, in: $2) }
    }

    mutating func decode(_ type: Int.Type) throws -> Int {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode(_ type: Int8.Type) throws -> Int8 {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode(_ type: Int16.Type) throws -> Int16 {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode(_ type: Int32.Type) throws -> Int32 {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode(_ type: Int64.Type) throws -> Int64 {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode(_ type: Int128.Type) throws -> Int128 {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode(_ type: UInt.Type) throws -> UInt {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode(_ type: UInt8.Type) throws -> UInt8 {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode(_ type: UInt16.Type) throws -> UInt16 {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode(_ type: UInt32.Type) throws -> UInt32 {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode(_ type: UInt64.Type) throws -> UInt64 {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode(_ type: UInt128.Type) throws -> UInt128 {
        try read(type) { try $0.integer(type, at: $1, in: $2) }
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try read(type) { try $0.decode(type, at: $1, in: $2) }
    }

    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try read(KeyedDecodingContainer<NestedKey>.self) {
            try JSONValueReader(tape: $0, index: $1, container: $2).container(keyedBy: type)
        }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try read((any UnkeyedDecodingContainer).self) {
            try JSONValueReader(tape: $0, index: $1, container: $2).unkeyedContainer()
        }
    }

    mutating func superDecoder() throws -> any Decoder {
        try read((any Decoder).self) { JSONValueReader(tape: $0, index: $1, container: $2) }
    }
}
