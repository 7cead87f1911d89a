/// A JSON value whose objects keep the order of their members.
///
/// ```swift
/// var user: JSON = ["name": "Ada", "tags": ["admin"], "age": 36]
/// user["tags"]?[1] = "author"
/// print(user)  // {"name":"Ada","tags":["admin","author"],"age":36}
///
/// let reply = try JSON(parsing: #"{"users":[{"name":"Grace"}]}"#)
/// print(reply["users"]?[0]?["name"]?.string ?? "nobody")  // Grace
/// ```
public enum JSON: Sendable, Hashable {
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// An exact 64-bit integer, or a `Double`.
    case number(JSONNumber)
    /// A text.
    case string(String)
    /// A list of values.
    case array([JSON])
    /// Members in the order in which they were added.
    case object(JSONObject)
}

extension JSON {
    /// A boolean value.
    public init(_ value: Bool) {
        self = .bool(value)
    }

    /// An integer.
    public init(_ value: Int) {
        self = .number(JSONNumber(value))
    }

    /// An integer; one that 64 bits can't hold is rounded to a `Double`.
    public init(_ value: some BinaryInteger) {
        self = .number(JSONNumber(value))
    }

    /// A floating-point number; one that is not finite is written as `null`.
    public init(_ value: Double) {
        self = .number(JSONNumber(value))
    }

    /// A text.
    public init(_ value: some StringProtocol) {
        self = .string(String(value))
    }

    /// A list.
    public init(_ value: [JSON]) {
        self = .array(value)
    }

    /// An object.
    public init(_ value: JSONObject) {
        self = .object(value)
    }
}

extension JSON {
    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The boolean, if it is one.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The integer, if this is a number that is one and `Int` holds it.
    public var int: Int? {
        if case .number(let value) = self { value.int } else { nil }
    }

    /// The number, if it is one.
    public var double: Double? {
        if case .number(let value) = self { value.double } else { nil }
    }

    /// The text, if it is one.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements, if this is an array.
    public var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members, if this is an object.
    public var object: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The value of a key of an object; `nil` where there is none, and for what is no object.
    ///
    /// Setting makes an object of `null` and does nothing to other values; `nil` removes the key.
    public subscript(key: String) -> JSON? {
        get {
            object?[key]
        }
        _modify {
            if var members = takeObject() {
                defer { self = .object(members) }
                yield &members[key]
            } else if isNull {
                var members = JSONObject()
                defer { if !members.isEmpty { self = .object(members) } }
                yield &members[key]
            } else {
                var nowhere: JSON?
                yield &nowhere
            }
        }
    }

    /// The element of an array at an index from 0; `nil` behind its end, and for what is no array.
    ///
    /// Setting the index behind the last element adds one; any other index that does not exist does nothing. Setting
    /// `nil` leaves `null` there.
    public subscript(index: Int) -> JSON? {
        get {
            guard let array, array.indices.contains(index) else { return nil }
            return array[index]
        }
        _modify {
            if var elements = takeArray() {
                defer { self = .array(elements) }
                if elements.indices.contains(index) {
                    var value: JSON? = elements[index]
                    elements[index] = .null
                    defer { elements[index] = value ?? .null }
                    yield &value
                } else {
                    var value: JSON?
                    defer { if let value, index == elements.count { elements.append(value) } }
                    yield &value
                }
            } else {
                var nowhere: JSON?
                yield &nowhere
            }
        }
    }

    // A value that was taken out has no second owner and is changed in place.

    private mutating func takeObject() -> JSONObject? {
        guard case .object(let members) = self else { return nil }
        self = .null
        return members
    }

    private mutating func takeArray() -> [JSON]? {
        guard case .array(let elements) = self else { return nil }
        self = .null
        return elements
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// `null`
    public init(nilLiteral: ()) {
        self = .null
    }

    /// A boolean from a literal.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// A number from an integer literal.
    public init(integerLiteral value: Int) {
        self = .number(JSONNumber(value))
    }

    /// A number from a literal with a fraction or exponent.
    public init(floatLiteral value: Double) {
        self = .number(JSONNumber(value))
    }

    /// A text from a literal, with or without interpolation.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// A list from a literal.
    public init(arrayLiteral elements: JSON...) {
        self = .array(elements)
    }

    /// An object from a literal, in its order.
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(JSONObject(elements))
    }
}

extension JSON: CustomStringConvertible {
    /// The value as compact JSON.
    public var description: String {
        let writer = JSONWriter(.default)
        writer.write(self)
        return writer.text
    }

    /// The value as compact JSON, in base64.
    package var base64Text: String {
        let writer = JSONWriter(.default)
        writer.write(self)
        return withExtendedLifetime(writer) {
            Base64.encode(UnsafeRawBufferPointer(start: writer.base, count: writer.count), .standard)
        }
    }
}
