public import Koa

/// Values as JSON, the common types without a coder; compiled into its users, where their types are known.
@usableFromInline
enum SessionValue {
    @inlinable
    static func encode<Value: Encodable>(_ value: Value) throws -> JSON? {
        if let value = value as? JSON { return value }
        if let value = value as? String { return .string(value) }
        if let value = value as? Int { return JSON(value) }
        if let value = value as? Bool { return .bool(value) }
        return try JSON(encoding: value)
    }

    @inlinable
    static func decode<Value: Decodable>(_ type: Value.Type, _ json: JSON) -> Value? {
        if type == Int.self { return json.int.flatMap { $0 as? Value } }
        if type == String.self { return json.string.flatMap { $0 as? Value } }
        if type == Bool.self { return json.bool.flatMap { $0 as? Value } }
        if type == JSON.self { return json as? Value }
        return try? json.decode(type)
    }
}
