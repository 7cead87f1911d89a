public import HTTPTypes

/// Header fields in the order in which they are sent, looked up by name whatever its case.
///
/// A name may stand several times (`Set-Cookie`, `Link`): each value keeps its own line.
///
/// ```swift
/// var headers: Headers = ["Vary": "Accept"]
/// headers.append("Link", "</a>; rel=next")
/// headers["vary"] == "Accept"
/// headers.all("Link").count == 1
/// ```
///
/// Values are text whose characters up to U+00FF are one byte each on the wire (ISO-8859-1, as in Node).
public struct Headers: Sendable, Hashable, ExpressibleByDictionaryLiteral, CustomStringConvertible {
    /// One field: a name and one value.
    public struct Field: Sendable, Hashable {
        /// The name as it was written.
        public var name: String
        /// The value.
        public var value: String
    }

    /// The fields in order.
    public private(set) var fields: [Field]

    /// No fields.
    public init() {
        fields = []
    }

    /// The fields of a literal, in order.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// Fields from pairs of a name and a value.
    public init(_ pairs: some Sequence<(String, String)>) {
        fields = pairs.map { Field(name: $0.0, value: $0.1) }
    }

    /// The number of fields, counting each value.
    public var count: Int { fields.count }

    /// Whether there are no fields.
    public var isEmpty: Bool { fields.isEmpty }

    /// The values of a name joined by `, `, or nil. Setting replaces them all by one; nil removes them.
    public subscript(name: String) -> String? {
        get {
            guard let first = index(of: name) else { return nil }
            var value = fields[first].value
            for field in fields[(first + 1)...] where field.name.equalsIgnoringCase(name) {
                value += ", "
                value += field.value
            }
            return value
        }
        set {
            if let newValue { set(name, newValue) } else { remove(name) }
        }
    }

    /// The values of a swift-http-types name.
    public subscript(name: HTTPField.Name) -> String? {
        get { self[name.rawName] }
        set { self[name.rawName] = newValue }
    }

    /// Each value of a name, in order.
    public func all(_ name: String) -> [String] {
        fields.filter { $0.name.equalsIgnoringCase(name) }.map(\.value)
    }

    /// Whether the name has a value.
    public func has(_ name: String) -> Bool {
        index(of: name) != nil
    }

    /// Replaces all values of a name by one, at the first one's place.
    public mutating func set(_ name: String, _ value: String) {
        guard let first = index(of: name) else {
            if fields.isEmpty { fields.reserveCapacity(8) }
            return fields.append(Field(name: name, value: value))
        }
        fields[first] = Field(name: name, value: value)
        removeAll(named: name, after: first)
    }

    /// Replaces all values of a name; an empty list removes the name.
    public mutating func set(_ name: String, _ values: [String]) {
        guard let first = values.first else { return remove(name) }
        set(name, first)
        for value in values.dropFirst() { append(name, value) }
    }

    /// Adds a value beside those that the name has.
    public mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Removes all values of a name.
    public mutating func remove(_ name: String) {
        guard let first = index(of: name) else { return }
        removeAll(named: name, after: first - 1)
    }

    /// Removes all fields, except those of the names given.
    public mutating func removeAll(keeping names: [String] = []) {
        if names.isEmpty { return fields.removeAll(keepingCapacity: true) }
        fields.removeAll { field in !names.contains { $0.equalsIgnoringCase(field.name) } }
    }

    /// Replaces or adds each field of other headers, name by name.
    public mutating func merge(_ other: Headers) {
        var seen: [String] = []
        for field in other.fields where !seen.contains(where: { $0.equalsIgnoringCase(field.name) }) {
            seen.append(field.name)
            set(field.name, other.all(field.name))
        }
    }

    /// One `Name: value` line a field.
    public var description: String {
        fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
    }

    func index(of name: String) -> Int? {
        for index in fields.indices where fields[index].name.equalsIgnoringCase(name) {
            return index
        }
        return nil
    }

    private mutating func removeAll(named name: String, after index: Int) {
        guard index + 1 < fields.count else { return }
        var kept = index + 1
        for position in (index + 1)..<fields.count where !fields[position].name.equalsIgnoringCase(name) {
            if kept != position { fields[kept] = fields[position] }
            kept += 1
        }
        fields.removeSubrange(kept...)
    }
}

extension String {
    /// ASCII letters compare whatever their case; all else byte by byte.
    @inline(__always)
    package func equalsIgnoringCase(_ other: String) -> Bool {
        let left = utf8
        let right = other.utf8
        guard left.count == right.count else { return false }
        if self == other { return true }
        var index = right.startIndex
        for byte in left {
            let against = right[index]
            if byte != against && byte.asciiLowercased != against.asciiLowercased { return false }
            right.formIndex(after: &index)
        }
        return true
    }
}

extension UInt8 {
    /// The lower-case letter of an ASCII capital, else the byte itself.
    @inline(__always)
    package var asciiLowercased: UInt8 {
        self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self
    }
}
