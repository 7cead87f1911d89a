extension JSON: Codable {
    /// Reads any value; coders other than ``JSONCoding`` may not keep the order of members.
    public init(from decoder: any Decoder) throws {
        if let reader = decoder as? JSONValueReader {
            self = try reader.decode(JSON.self)
        } else if let container = try? decoder.container(keyedBy: JSONPathKey.self) {
            self = .object(try JSONObject(from: container))
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSON] = []
            while !container.isAtEnd {
                elements.append(try container.decode(JSON.self))
            }
            self = .array(elements)
        } else {
            self = try JSON(from: decoder.singleValueContainer())
        }
    }

    private init(from container: any SingleValueDecodingContainer) throws {
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .number(JSONNumber(value))
        } else if let value = try? container.decode(UInt64.self) {
            self = .number(JSONNumber(value))
        } else if let value = try? container.decode(Double.self) {
            self = .number(JSONNumber(value))
        } else {
            self = .string(try container.decode(String.self))
        }
    }

    /// Writes the value with any coder.
    public func encode(to encoder: any Encoder) throws {
        if case .object(let members) = self {
            return try members.encode(to: encoder)
        }
        if case .array(let elements) = self {
            var container = encoder.unkeyedContainer()
            for element in elements {
                try container.encode(element)
            }
            return
        }
        var container = encoder.singleValueContainer()
        switch self {
        case .bool(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .number(let number):
            switch number.storage {
            case .integer(let value): try container.encode(value)
            case .unsigned(let value): try container.encode(value)
            case .double(let value): try container.encode(value)
            }
        case .null, .array, .object: try container.encodeNil()
        }
    }
}

extension JSONObject: Codable {
    /// Reads the members of an object; coders other than ``JSONCoding`` may not keep their order.
    public init(from decoder: any Decoder) throws {
        if let reader = decoder as? JSONValueReader {
            self = try reader.decode(JSONObject.self)
        } else {
            try self.init(from: decoder.container(keyedBy: JSONPathKey.self))
        }
    }

    init(from container: KeyedDecodingContainer<JSONPathKey>) throws {
        self.init()
        for key in container.allKeys {
            updateValue(try container.decode(JSON.self, forKey: key), forKey: key.stringValue)
        }
    }

    /// Writes the members with any coder.
    public func encode(to encoder: any Encoder) throws {
        if let writer = encoder as? JSONWriter {
            var container = writer.singleValueContainer()
            return try container.encode(JSON.object(self))
        }
        var container = encoder.container(keyedBy: JSONPathKey.self)
        for (key, value) in self {
            try container.encode(value, forKey: .name(key))
        }
    }
}
