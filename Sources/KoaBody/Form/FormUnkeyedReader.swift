import Koa

/// A list of a form, for a decoder.
struct FormUnkeyedReader: UnkeyedDecodingContainer {
    let reader: FormReader
    let elements: [FormNode]
    private(set) var currentIndex = 0

    init(reader: FormReader, elements: [FormNode]) {
        self.reader = reader
        self.elements = elements
    }

    var codingPath: [any CodingKey] { reader.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private mutating func next<Value>(_ read: (FormReader) throws -> Value) throws -> Value {
        let key = JSONPathKey.index(currentIndex)
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                Value.self,
                .init(codingPath: codingPath + [key], debugDescription: "The list has only \(currentIndex) values."))
        }
        let value = try read(reader.at(elements[currentIndex], key))
        currentIndex += 1
        return value
    }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try next { try $0.decode(type) }
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try next { try $0.container(keyedBy: type) }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next { try $0.unkeyedContainer() }
    }

    mutating func superDecoder() throws -> any Decoder {
        try next { $0 }
    }
}
