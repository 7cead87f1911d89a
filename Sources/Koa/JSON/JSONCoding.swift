public import NIOCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Turns `Encodable` values into JSON and JSON into `Decodable` ones.
///
/// It writes straight into a `ByteBuffer` what `JSON.stringify` would write: numbers in JavaScript's form, dates as
/// `2013-09-13T00:00:00.000Z`, numbers that are not finite as `null`; besides, a `URL` as text, `Data` in Base64 and a
/// `Decimal` as a number. It reads strictly (see ``JSON/init(parsing:limits:)``); of equal keys the last wins.
///
/// ```swift
/// struct User: Codable { var id: Int, firstName: String, joined: Date }
///
/// var coding = JSONCoding()
/// coding.keys = .snakeCase
/// let buffer = try coding.encode(User(id: 1, firstName: "Ada", joined: .now))
/// let user = try coding.decode(User.self, from: buffer)
/// ```
///
/// A type that encodes the same key twice gets it written twice, unless ``sortedKeys`` or ``indent`` are set.
public struct JSONCoding: Sendable {
    /// The settings described above.
    public static let `default` = JSONCoding()

    /// How dates are written and read.
    ///
    /// ```swift
    /// var coding = JSONCoding()
    /// coding.dates = .secondsSince1970
    /// ```
    public enum DateStrategy: Sendable {
        /// `2013-09-13T00:00:00Z`; reads an optional fraction and an offset too.
        case iso8601
        /// `2013-09-13T00:00:00.000Z` as JavaScript's `toJSON`; reads the same as ``iso8601``.
        case iso8601WithFractionalSeconds
        /// A number of seconds.
        case secondsSince1970
        /// A number of milliseconds.
        case millisecondsSince1970
        /// What two functions do.
        case custom(
            encode: @Sendable (Date, any Encoder) throws -> Void,
            decode: @Sendable (any Decoder) throws -> Date
        )
    }

    /// How the names of properties become keys. The keys of dictionaries always stay as they are.
    ///
    /// ```swift
    /// var coding = JSONCoding()
    /// coding.keys = .snakeCase
    /// ```
    public enum KeyStrategy: Sendable, Hashable {
        /// The coding key as it is.
        case useDefaultKeys
        /// `firstName` is written as `first_name` and read from it, or from `firstName`.
        case snakeCase
    }

    /// How infinities and NaN, which JSON has no form for, are written.
    ///
    /// ```swift
    /// var coding = JSONCoding()
    /// coding.nonFinite = .strings
    /// try coding.encode([1, .infinity])  // [1,"Infinity"]
    /// ```
    public enum NonFiniteStrategy: Sendable, Hashable {
        /// Encoding throws.
        case `throw`
        /// `null`, as `JSON.stringify` does.
        case null
        /// `"Infinity"`, `"-Infinity"` and `"NaN"`, which are read back too.
        case strings
    }

    /// How dates are written and read.
    public var dates: DateStrategy = .iso8601WithFractionalSeconds

    /// How the names of properties become keys.
    public var keys: KeyStrategy = .useDefaultKeys

    /// How infinities and NaN are written.
    public var nonFinite: NonFiniteStrategy = .null

    /// The number of spaces of each level of indentation, from 0 (all in one line) to 10.
    public var indent = 0

    /// Whether the members of objects are sorted by the bytes of their keys.
    public var sortedKeys = false

    /// Whether `/` is written as `\/`.
    public var escapesSlashes = false

    /// How much is read before it is refused.
    public var limits: JSONLimits = .default

    /// Values for `encoder.userInfo` and `decoder.userInfo`.
    public var userInfo: [CodingUserInfoKey: any Sendable] = [:]

    /// The default settings, to be changed.
    public init() {}
}

extension JSONCoding {
    /// Appends a value as JSON to `buffer`, which stays as it was when this throws.
    ///
    /// Throws an `EncodingError` where the value can't be written, and what its `encode(to:)` throws; with ``indent`` or
    /// ``sortedKeys`` also a ``JSONError`` for a value beyond ``JSONLimits/maximumDepth`` or ``JSONLimits/maximumBytes``.
    public func encode<Value: Encodable>(_ value: Value, into buffer: inout ByteBuffer) throws {
        try write(into: &buffer) { writer in
            try writer.encode(value, at: nil)
            if writer.count == 0 {
                throw EncodingError.invalidValue(
                    value, .init(codingPath: [], debugDescription: "\(Value.self) did not encode any value.")
                )
            }
        }
    }

    /// Encodes a value as JSON.
    ///
    /// Throws what ``encode(_:into:)`` throws.
    public func encode<Value: Encodable>(_ value: Value) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        try encode(value, into: &buffer)
        return buffer
    }

    /// Appends an object of the pairs, in their order, to `buffer`; of equal keys each is written.
    package func encodeObject(_ pairs: [(String, any Encodable)], into buffer: inout ByteBuffer) throws {
        try write(into: &buffer) { writer in
            writer.write(byte: UInt8(ascii: "{"))
            for (index, pair) in pairs.enumerated() {
                if index > 0 { writer.write(byte: UInt8(ascii: ",")) }
                writer.write(pair.0)
                writer.write(byte: UInt8(ascii: ":"))
                try writer.encode(pair.1, at: .name(pair.0))
            }
            writer.write(byte: UInt8(ascii: "}"))
        }
    }

    private func write(into buffer: inout ByteBuffer, _ body: (JSONWriter) throws -> Void) throws {
        let writer = JSONWriter(self)
        try body(writer)
        guard indent > 0 || sortedKeys else {
            writer.finish(into: &buffer)
            return
        }
        var compact = ByteBuffer()
        writer.finish(into: &compact)
        try JSONFormatter(coding: self).format(compact, into: &buffer)
    }

    /// Decodes a value from the readable bytes of `buffer`, all of which have to be one JSON text.
    ///
    /// Throws ``JSONError`` for what is not JSON, a `DecodingError` with path and place for what does not fit the type,
    /// and what its `init(from:)` throws.
    public func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
        let tape = try JSONTape(scanning: buffer, coding: self)
        return try tape.decode(type, at: 0, in: JSONScanner.noContainer)
    }
}
