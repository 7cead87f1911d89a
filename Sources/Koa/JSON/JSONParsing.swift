public import NIOCore

extension JSON {
    /// Reads one JSON text, strictly by RFC 8259.
    ///
    /// Refused are, besides what the grammar does not have (trailing commas, comments, leading zeros, `NaN`): a byte
    /// order mark, bytes that are not UTF-8, unescaped control characters, an escaped surrogate without its other half,
    /// a number beyond `Double`, and anything but white space after the value. Of equal keys the last value wins, at the
    /// place of the first.
    ///
    /// ```swift
    /// let value = try JSON(parsing: #"{"id":1}"#)
    /// ```
    public init(parsing text: String, limits: JSONLimits = .default) throws(JSONError) {
        self = try Self.parse(text.utf8, limits: limits)
    }

    /// Reads the readable bytes of a buffer, which have to be one JSON text; see ``init(parsing:limits:)``.
    public static func parse(_ bytes: ByteBuffer, limits: JSONLimits = .default) throws(JSONError) -> JSON {
        var coding = JSONCoding()
        coding.limits = limits
        let tape = try JSONTape(scanning: bytes, coding: coding)
        return try tape.json(at: 0, in: JSONScanner.noContainer)
    }

    /// Reads bytes, which have to be one JSON text; see ``init(parsing:limits:)``.
    public static func parse(
        _ bytes: some Collection<UInt8>, limits: JSONLimits = .default
    ) throws(JSONError) -> JSON {
        let size = bytes.count
        guard size <= limits.bytes else { throw .tooLarge(size, limit: limits.bytes) }
        let parsed = bytes.withContiguousStorageIfAvailable { bytes in
            Result<JSON, JSONError> { () throws(JSONError) in try parse(UnsafeRawBufferPointer(bytes), limits: limits) }
        }
        guard let parsed else { return try parse(Array(bytes), limits: limits) }
        return try parsed.get()
    }

    private static func parse(_ bytes: UnsafeRawBufferPointer, limits: JSONLimits) throws(JSONError) -> JSON {
        var coding = JSONCoding()
        coding.limits = limits
        return try JSONTape(scanning: bytes, coding: coding).json(at: 0, in: JSONScanner.noContainer)
    }
}

extension JSON {
    /// The value that another value is encoded as.
    ///
    /// Throws what ``JSONCoding/encode(_:)`` throws.
    ///
    /// ```swift
    /// let json = try JSON(encoding: ["a": [1, 2]])
    /// ```
    public init(encoding value: some Encodable, with coding: JSONCoding = .default) throws {
        let limits = JSONLimits(depth: JSONLimits.maximumDepth, bytes: JSONLimits.maximumBytes)
        self = try Self.parse(coding.encode(value), limits: limits)
    }

    /// Decodes a type from this value.
    ///
    /// Throws what ``JSONCoding/decode(_:from:)`` throws.
    public func decode<Value: Decodable>(_ type: Value.Type, with coding: JSONCoding = .default) throws -> Value {
        try coding.decode(type, from: JSONCoding.default.encode(self))
    }
}
