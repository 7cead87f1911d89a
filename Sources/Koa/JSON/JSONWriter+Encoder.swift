#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension JSONWriter: Encoder {
    var codingPath: [any CodingKey] {
        path
    }

    var userInfo: [CodingUserInfoKey: Any] {
        coding.userInfo
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(JSONKeyedWriter(self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        JSONUnkeyedWriter(self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        JSONSingleValueWriter(writer: self, depth: depth)
    }
}

extension JSONWriter {
    /// The most values that may stand in one another; a cycle of references would go on for ever.
    private static let maximumDepth = 512

    /// Begins an array or object, or takes up the one that the value has begun; returns whether that could be done.
    func open(_ kind: JSONLevel.Kind, with bracket: UInt8) -> Bool {
        if level.kind == .unset {
            level.kind = kind
            write(byte: bracket)
        }
        return level.kind == kind
    }

    /// Ends the value; one that encoded nothing is an empty object.
    func closeLevel() {
        switch level.kind {
        case .keyed: write(byte: UInt8(ascii: "}"))
        case .unkeyed: write(byte: UInt8(ascii: "]"))
        case .unset, .single: break
        }
    }

    /// Begins a member: its comma and key.
    @inline(__always)
    func beginMember(_ key: String, depth expected: Int) throws {
        guard depth == expected else { throw outOfTurn() }
        if level.count != 0 {
            write(byte: UInt8(ascii: ","))
        }
        level.count &+= 1
        if coding.keys == .snakeCase, !level.keepsKeys {
            write(JSONKeyNames.snakeCase(key))
        } else {
            write(key)
        }
        write(byte: UInt8(ascii: ":"))
    }

    /// Begins an element: its comma.
    @inline(__always)
    func beginElement(depth expected: Int) throws {
        guard depth == expected else { throw outOfTurn() }
        if level.count != 0 {
            write(byte: UInt8(ascii: ","))
        }
        level.count &+= 1
    }

    /// Begins the one value of a single-value container.
    @inline(__always)
    func beginSingle(depth expected: Int) throws {
        guard depth == expected, level.kind == .unset else { throw outOfTurn() }
        level.kind = .single
    }

    @inline(never)
    private func outOfTurn() -> EncodingError {
        invalid(self, "A container was used after its value was done, or after another kind of container was begun.")
    }

    func invalid(_ value: Any, _ message: String, at key: JSONPathKey? = nil) -> EncodingError {
        EncodingError.invalidValue(value, .init(codingPath: path + (key.map { [$0] } ?? []), debugDescription: message))
    }

    /// Writes a value of any type; `key` tells where it stands, for reports.
    ///
    /// Comparing types and taking the bits costs a fraction of a cast, which looks conformances up.
    func encode<Value: Encodable>(_ value: Value, at key: JSONPathKey?) throws {
        if Value.self == String.self {
            write(unsafeBitCast(value, to: String.self))
        } else if Value.self == Int.self {
            write(integer: unsafeBitCast(value, to: Int.self))
        } else if Value.self == Double.self {
            try encode(floating: unsafeBitCast(value, to: Double.self), at: key)
        } else if Value.self == Bool.self {
            write(unsafeBitCast(value, to: Bool.self))
        } else if Value.self == JSON.self {
            write(unsafeBitCast(value, to: JSON.self))
        } else if Value.self == Date.self {
            try encode(date: unsafeBitCast(value, to: Date.self), at: key)
        } else if Value.self == UUID.self {
            write(unsafeBitCast(value, to: UUID.self).uuidString)
        } else if Value.self == [String].self {
            encode(unsafeBitCast(value, to: [String].self)) { write($0) }
        } else if Value.self == [Int].self {
            encode(unsafeBitCast(value, to: [Int].self)) { write(integer: $0) }
        } else if Value.self == URL.self {
            write(unsafeBitCast(value, to: URL.self).absoluteString)
        } else if Value.self == Data.self {
            write(unsafeBitCast(value, to: Data.self).base64EncodedString())
        } else if Value.self == Decimal.self {
            try encode(decimal: unsafeBitCast(value, to: Decimal.self), at: key)
        } else {
            try encodeNested(value, at: key)
        }
    }

    private func encode<Element>(_ elements: [Element], each: (Element) -> Void) {
        write(byte: UInt8(ascii: "["))
        for index in elements.indices {
            if index > 0 { write(byte: UInt8(ascii: ",")) }
            each(elements[index])
        }
        write(byte: UInt8(ascii: "]"))
    }

    private func encodeNested<Value: Encodable>(_ value: Value, at key: JSONPathKey?) throws {
        guard depth < Self.maximumDepth else {
            throw invalid(value, "The value is nested deeper than \(Self.maximumDepth): is there a cycle?")
        }
        let outer = level
        level = JSONLevel()
        if coding.keys != .useDefaultKeys, Value.self is any JSONStringKeyed.Type {
            level.keepsKeys = true
        }
        if let key { path.append(key) }
        depth &+= 1
        defer {
            level = outer
            depth &-= 1
            if key != nil { path.removeLast() }
        }
        try value.encode(to: self)
        closeLevel()
        if level.kind == .unset, depth > 1 || key != nil {
            write(ascii: "{}")
        }
    }

    /// Refuses a number that has no form where the settings say so.
    @inline(__always)
    func check(_ value: some BinaryFloatingPoint, at key: @autoclosure () -> JSONPathKey?) throws {
        if !value.isFinite, coding.nonFinite == .throw {
            throw invalid(value, "JSON has no form for \(value).", at: key())
        }
    }

    /// Writes a number that was checked.
    @inline(__always)
    func write(floating value: Double) {
        if value.isFinite { write(finite: value) } else { write(nonFinite: value) }
    }

    /// Writes a number that was checked.
    func write(floating value: Float) {
        if value.isFinite { write(finite: value) } else { write(nonFinite: Double(value)) }
    }

    @inline(never)
    private func write(nonFinite value: Double) {
        if coding.nonFinite == .strings {
            write(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
        } else {
            write(ascii: "null")
        }
    }

    private func encode(floating value: Double, at key: JSONPathKey?) throws {
        try check(value, at: key)
        write(floating: value)
    }

    private func encode(decimal value: Decimal, at key: JSONPathKey?) throws {
        guard !value.isNaN else {
            return try encode(floating: .nan, at: key)
        }
        write(plain: value.description)
    }

    private func encode(date: Date, at key: JSONPathKey?) throws {
        switch coding.dates {
        case .iso8601, .iso8601WithFractionalSeconds:
            var withFraction = true
            if case .iso8601 = coding.dates { withFraction = false }
            guard let text = JSONDate.text(of: date, withFraction: withFraction) else {
                return try encode(floating: .nan, at: key)
            }
            write(text)
        case .secondsSince1970:
            try encode(floating: date.timeIntervalSince1970, at: key)
        case .millisecondsSince1970:
            try encode(floating: 1000 * date.timeIntervalSince1970, at: key)
        case .custom(let encode, _):
            try encodeNested(JSONCustomDate(date: date, encode: encode), at: key)
        }
    }
}

/// A date that a function of the user encodes.
private struct JSONCustomDate: Encodable {
    let date: Date
    let encode: @Sendable (Date, any Encoder) throws -> Void

    func encode(to encoder: any Encoder) throws {
        try encode(date, encoder)
    }
}

/// A dictionary whose keys are texts, which no key strategy changes.
protocol JSONStringKeyed {}

extension Dictionary: JSONStringKeyed where Key == String {}
