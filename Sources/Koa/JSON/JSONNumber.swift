/// A JSON number: an exact 64-bit integer, or a `Double`.
///
/// Integers from `Int64.min` to `UInt64.max` stay exact, where JavaScript rounds those beyond 2⁵³. A `Double` that is
/// such an integer becomes one, so that `1` and `1.0` are equal; every other number is a `Double`.
///
/// ```swift
/// let id: JSON = 9_007_199_254_740_993
/// print(id)  // 9007199254740993
/// print(JSON(1.50))  // 1.5
/// ```
public struct JSONNumber: Sendable, Hashable {
    enum Storage: Sendable, Hashable {
        case integer(Int64)
        /// An integer above `Int64.max`.
        case unsigned(UInt64)
        case double(Double)
    }

    let storage: Storage

    /// An integer; one that 64 bits can't hold is rounded to a `Double`.
    public init(_ value: some BinaryInteger) {
        if let integer = Int64(exactly: value) {
            storage = .integer(integer)
        } else if let unsigned = UInt64(exactly: value) {
            storage = .unsigned(unsigned)
        } else {
            storage = .double(Double(value))
        }
    }

    /// An integer.
    public init(_ value: Int) {
        storage = .integer(Int64(value))
    }

    /// An integer.
    public init(_ value: Int64) {
        storage = .integer(value)
    }

    /// A floating-point number; negative zero becomes zero.
    public init(_ value: Double) {
        if let integer = Int64(exactly: value) {
            storage = .integer(integer)
        } else if let unsigned = UInt64(exactly: value) {
            storage = .unsigned(unsigned)
        } else {
            storage = .double(value)
        }
    }

    /// The number, rounded when it is an integer beyond 2⁵³.
    public var double: Double {
        switch storage {
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .double(let value): value
        }
    }

    /// The number as an integer, when it is one that `Int` holds.
    public var int: Int? {
        exactly(Int.self)
    }

    /// The number as an integer of a type, when it is one that the type holds.
    public func exactly<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer? {
        switch storage {
        case .integer(let value): Integer(exactly: value)
        case .unsigned(let value): Integer(exactly: value)
        case .double(let value): Integer(exactly: value)
        }
    }
}

extension JSONNumber: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// A number from an integer literal.
    public init(integerLiteral value: Int) {
        self.init(value)
    }

    /// A number from a literal with a fraction or exponent.
    public init(floatLiteral value: Double) {
        self.init(value)
    }
}

extension JSONNumber: CustomStringConvertible {
    /// The number as JSON has it; `null` when it is not finite.
    public var description: String {
        JSON.number(self).description
    }
}
