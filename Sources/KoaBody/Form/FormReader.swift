import Koa

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A value of a form, as a decoder and as a container of one value: texts are read as what a type asks for.
struct FormReader {
    let node: FormNode
    /// Whether it is the one element of a list that its own value stands for.
    private let isStandIn: Bool
    private let place: FormPlace

    var coding: JSONCoding { place.root.coding }

    var isSnakeCase: Bool { place.root.isSnakeCase }

    var codingPath: [any CodingKey] { place.path }

    init(node: FormNode, coding: JSONCoding) {
        self.node = node
        isStandIn = false
        place = FormPlace(coding)
    }

    private init(node: FormNode, isStandIn: Bool, place: FormPlace) {
        self.node = node
        self.isStandIn = isStandIn
        self.place = place
    }

    func at(_ node: FormNode, _ key: JSONPathKey) -> FormReader {
        FormReader(node: node, isStandIn: node === self.node, place: FormPlace(key, in: place))
    }

    /// The error for a value that doesn't fit.
    func mismatch(_ type: Any.Type, _ expected: String) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "Expected \(expected) but found \(found)."))
    }

    private var found: String {
        switch node.value {
        case .text(let text):
            text.count > 40 ? "the text \"\(text.prefix(40))…\"" : "the text \"\(text)\""
        case .file: "a file"
        case .list(let list): "a list of \(list.nodes.count) values"
        case .object: "an object"
        }
    }

    func text(_ type: Any.Type, _ expected: String) throws -> String {
        guard case .text(let text) = node.value else { throw mismatch(type, expected) }
        return text
    }

    func number<Number: LosslessStringConvertible>(_ type: Number.Type, _ expected: String) throws -> Number {
        guard let number = Number(try text(type, expected)) else { throw mismatch(type, expected) }
        return number
    }

    /// A decimal number; what Swift reads besides, such as `nan` and `0x1p3`, is none.
    func float<Number: LosslessStringConvertible & BinaryFloatingPoint>(_ type: Number.Type) throws -> Number {
        let text = try text(type, "a number")
        let isDecimal = text.utf8.allSatisfy { byte in
            UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "+-.eE".utf8.contains(byte)
        }
        guard isDecimal, let number = Number(text), number.isFinite else { throw mismatch(type, "a number") }
        return number
    }
}

extension FormReader: Decoder {
    var userInfo: [CodingUserInfoKey: Any] { coding.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = node.value else { throw mismatch([String: Any].self, "an object") }
        return KeyedDecodingContainer(FormKeyedReader(reader: self, members: members))
    }

    /// One value stands for a list of one: forms have no other way to tell. Not for a list of such a list, or a type that
    /// tries a list of itself would never end.
    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard !isStandIn, !node.isObject else { throw mismatch([Any].self, "a list") }
        return FormUnkeyedReader(reader: self, elements: node.elements)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension FormReader: SingleValueDecodingContainer {
    /// No text is nothing but for a text.
    func decodeNil() -> Bool { false }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch try text(type, "true or false") {
        case "true", "1", "on", "yes": return true
        case "false", "0", "off", "no": return false
        default: throw mismatch(type, "true or false")
        }
    }

    func decode(_ type: String.Type) throws -> String { try text(type, "a text") }
    func decode(_ type: Double.Type) throws -> Double { try float(type) }
    func decode(_ type: Float.Type) throws -> Float { try float(type) }
    func decode(_ type: Int.Type) throws -> Int { try number(type, "an integer") }
    func decode(_ type: Int8.Type) throws -> Int8 { try number(type, "an integer") }
    func decode(_ type: Int16.Type) throws -> Int16 { try number(type, "an integer") }
    func decode(_ type: Int32.Type) throws -> Int32 { try number(type, "an integer") }
    func decode(_ type: Int64.Type) throws -> Int64 { try number(type, "an integer") }
    func decode(_ type: UInt.Type) throws -> UInt { try number(type, "an integer from 0") }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try number(type, "an integer from 0 to 255") }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try number(type, "an integer from 0") }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try number(type, "an integer from 0") }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try number(type, "an integer from 0") }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if type == UploadedFile.self {
            guard case .file(let file) = node.value, let file = file as? Value else { throw mismatch(type, "a file") }
            return file
        } else if type == JSON.self, let json = node.json as? Value {
            return json
        } else if type == Date.self {
            return try scalar(type, "a date")
        } else if type == URL.self {
            return try scalar(type, "a URL")
        } else if type == Data.self {
            return try scalar(type, "Base64")
        } else if type == Decimal.self {
            return try scalar(type, "a number")
        }
        return try Value(from: self)
    }

    /// Reads what the application's JSON coding has a form for: a text as a JSON text, or as a number.
    private func scalar<Value: Decodable>(_ type: Value.Type, _ expected: String) throws -> Value {
        let text = try text(type, expected)
        if let value = try? JSON(text).decode(type, with: coding) { return value }
        guard let number = try? JSON(parsing: text), case .number = number,
            let value = try? coding.decode(type, from: ByteBuffer(string: text))
        else { throw mismatch(type, expected) }
        return value
    }
}
