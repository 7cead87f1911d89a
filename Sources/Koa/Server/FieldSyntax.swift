/// The grammar of header lines on raw bytes (RFC 9112 section 5).
enum FieldSyntax {
    /// The bytes of a token (RFC 9110 section 5.6.2) as a set of 128 bits.
    private static let tokenLow: UInt64 = bits { $0 < 64 && isTokenByte($0) }
    private static let tokenHigh: UInt64 = bits { $0 >= 64 && isTokenByte($0) }

    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        if byte < 64 { return tokenLow &>> UInt64(byte) & 1 == 1 }
        if byte < 128 { return tokenHigh &>> UInt64(byte &- 64) & 1 == 1 }
        return false
    }

    /// Splits a line into name and value, as offsets from the start of `bytes`.
    ///
    /// - Parameter line: the offsets of the line without CRLF; not empty.
    @inline(__always)
    static func parse(
        _ bytes: UnsafeRawBufferPointer,
        _ line: Range<Int>
    ) throws(ProtocolError) -> RequestFields.Span {
        var index = line.lowerBound
        while index < line.upperBound, isToken(bytes[index]) { index &+= 1 }
        guard index > line.lowerBound, index < line.upperBound, bytes[index] == UInt8(ascii: ":") else {
            throw ProtocolError(.badRequest, "Malformed header name")
        }
        let nameEnd = index
        var start = index &+ 1
        var end = line.upperBound
        while start < end, isBlank(bytes[start]) { start &+= 1 }
        while end > start, isBlank(bytes[end &- 1]) { end &-= 1 }
        // Without an early exit, the loop is one over vectors.
        var isWrong: UInt8 = 0
        for byte in UnsafeRawBufferPointer(rebasing: bytes[start..<end]) {
            isWrong |= byte < 0x20 && byte != 0x09 || byte == 0x7F ? 1 : 0
        }
        guard isWrong == 0 else { throw ProtocolError(.badRequest, "Control character in a header value") }
        return RequestFields.Span(
            nameStart: UInt32(truncatingIfNeeded: line.lowerBound),
            nameLength: UInt32(truncatingIfNeeded: nameEnd &- line.lowerBound),
            valueStart: UInt32(truncatingIfNeeded: start),
            valueLength: UInt32(truncatingIfNeeded: end &- start)
        )
    }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func bits(_ isMember: (UInt8) -> Bool) -> UInt64 {
        (0..<128).reduce(0) { set, byte in isMember(UInt8(byte)) ? set | 1 << UInt64(byte % 64) : set }
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
