import Koa

/// An object of a form, for a decoder.
struct FormKeyedReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let reader: FormReader
    let members: FormMembers

    var codingPath: [any CodingKey] { reader.codingPath }

    var allKeys: [Key] { members.pairs.compactMap { Key(stringValue: $0.name) } }

    func contains(_ key: Key) -> Bool { node(key) != nil }

    /// By its name; with the strategy `.snakeCase` by that in snake case first.
    private func node(_ key: Key) -> FormNode? {
        if reader.isSnakeCase, let node = members[JSONKeyNames.snakeCase(key.stringValue)] { return node }
        return members[key.stringValue]
    }

    private func value(_ key: Key) throws -> FormReader {
        guard let node = node(key) else {
            throw DecodingError.keyNotFound(
                key, .init(codingPath: codingPath, debugDescription: "The field is missing."))
        }
        return reader.at(node, .name(key.stringValue))
    }

    /// The value unless there is none, or no text where another value than a text is asked for: an empty input.
    private func present(_ key: Key) -> FormReader? {
        guard let node = node(key), !node.isEmptyText else { return nil }
        return reader.at(node, .name(key.stringValue))
    }

    func decodeNil(forKey key: Key) throws -> Bool { try value(key).node.isEmptyText }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try value(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try value(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try value(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try value(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try value(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try value(key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try value(key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try value(key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try value(key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try value(key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try value(key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try value(key).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try value(key).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try value(key).decode(type) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try value(key).decode(type)
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try contains(key) ? value(key).decode(type) : nil
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        if type == String.self { return try contains(key) ? value(key).decode(type) : nil }
        return try present(key)?.decode(type)
    }

    // Numbers and booleans have methods of their own, which ask `decodeNil(forKey:)`: it is true of an empty input.

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> {
        try value(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try value(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { reader }

    func superDecoder(forKey key: Key) throws -> any Decoder { try value(key) }
}
