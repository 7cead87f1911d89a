import Koa

/// Values as JSON, the common types without a coder.
enum SessionValue {
    static func encode<Value: Encodable>(_ value: Value?) throws -> JSON? {
        switch value {
        case nil: JSON?.none
        case let value as JSON: value
        case let value as String: .string(value)
        case let value as Int: JSON(value)
        case let value as Bool: .bool(value)
        case let value?: try JSON(encoding: value)
        }
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ json: JSON?) -> Value? {
        guard let json else { return nil }
        if type == Int.self { return json.int as? Value }
        if type == String.self { return json.string as? Value }
        if type == Bool.self { return json.bool as? Value }
        if type == JSON.self { return json as? Value }
        return try? json.decode(type)
    }
}
