import NIOCore

/// Cuts a request's body out of a connection's bytes; pure, and indifferent to how they arrive.
struct BodyDecoder {
    enum Output: Equatable {
        case chunk(ByteBuffer)
        case needMore
        case end
    }

    struct Limits: Sendable {
        /// Bytes of chunk extensions in one body.
        var extensions = 4 * 1024
        /// Bytes of trailers.
        var trailers = 8 * 1024
    }

    private enum State: Equatable {
        case fixed(Int)
        case chunkSize(value: Int, digits: Int)
        /// Behind white space, which only an extension may follow.
        case chunkSizeBlank(value: Int)
        case chunkExtension(value: Int)
        case chunkSizeEnd(value: Int)
        case chunkData(Int)
        case chunkDataCR
        case chunkDataLF
        case trailer
        case end
    }

    private var state: State
    private let limits: Limits
    private var extensionBytes = 0
    private var trailerBytes = 0

    init(_ framing: BodyFraming, limits: Limits) {
        self.limits = limits
        switch framing {
        case .none: state = .end
        case .length(let length): state = .fixed(length)
        case .chunked: state = .chunkSize(value: 0, digits: 0)
        }
    }

    var isAtEnd: Bool { state == .end }

    /// How many bytes are still to come, when that is known.
    var knownRemainder: Int? {
        switch state {
        case .fixed(let left): left
        case .end: 0
        default: nil
        }
    }

    /// The next piece of the body in the buffer.
    mutating func next(_ buffer: inout ByteBuffer) throws(ProtocolError) -> Output {
        while true {
            switch state {
            case .end:
                return .end
            case .fixed(let left):
                guard let chunk = buffer.readSlice(length: min(left, buffer.readableBytes)), chunk.readableBytes > 0
                else { return .needMore }
                state = left == chunk.readableBytes ? .end : .fixed(left - chunk.readableBytes)
                return .chunk(chunk)
            case .chunkData(let left):
                guard let chunk = buffer.readSlice(length: min(left, buffer.readableBytes)), chunk.readableBytes > 0
                else { return .needMore }
                state = left == chunk.readableBytes ? .chunkDataCR : .chunkData(left - chunk.readableBytes)
                return .chunk(chunk)
            case .trailer:
                guard try skipTrailerLine(&buffer) else { return .needMore }
            default:
                guard let byte = buffer.readInteger(as: UInt8.self) else { return .needMore }
                try step(byte)
            }
        }
    }

    /// One byte of the lines between chunks (RFC 9112 section 7.1).
    private mutating func step(_ byte: UInt8) throws(ProtocolError) {
        switch state {
        case .chunkSize(let value, let digits):
            if let digit = Self.hexDigit(byte) {
                // 15 digits are 2^60: the value can't overflow.
                guard digits < 15 else { throw Self.malformed("a chunk is too large") }
                state = .chunkSize(value: value << 4 | digit, digits: digits + 1)
            } else if digits == 0 {
                throw Self.malformed("a chunk has no size")
            } else if byte == 0x0D {
                state = .chunkSizeEnd(value: value)
            } else {
                try stepBehindSize(byte, value)
            }
        case .chunkSizeBlank(let value):
            try stepBehindSize(byte, value)
        case .chunkExtension(let value):
            if byte == 0x0D {
                state = .chunkSizeEnd(value: value)
            } else {
                guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
                    throw Self.malformed("control character in a chunk extension")
                }
                try countExtensionByte()
            }
        case .chunkSizeEnd(let value):
            guard byte == 0x0A else { throw Self.malformed("a chunk's size isn't followed by CRLF") }
            state = value == 0 ? .trailer : .chunkData(value)
        case .chunkDataCR:
            guard byte == 0x0D else { throw Self.malformed("a chunk is longer than its size") }
            state = .chunkDataLF
        case .chunkDataLF:
            guard byte == 0x0A else { throw Self.malformed("a chunk isn't followed by CRLF") }
            state = .chunkSize(value: 0, digits: 0)
        case .fixed, .chunkData, .trailer, .end:
            break
        }
    }

    private mutating func stepBehindSize(_ byte: UInt8, _ value: Int) throws(ProtocolError) {
        switch byte {
        case UInt8(ascii: ";"): state = .chunkExtension(value: value)
        case 0x20, 0x09: state = .chunkSizeBlank(value: value)
        default: throw Self.malformed("a chunk's size is no number")
        }
        try countExtensionByte()
    }

    private mutating func countExtensionByte() throws(ProtocolError) {
        extensionBytes += 1
        guard extensionBytes <= limits.extensions else { throw Self.malformed("too many chunk extensions") }
    }

    /// Checks a trailer field and drops it; false when its line isn't complete.
    private mutating func skipTrailerLine(_ buffer: inout ByteBuffer) throws(ProtocolError) -> Bool {
        let view = buffer.readableBytesView
        guard let lineFeed = view.firstIndex(of: 0x0A) else {
            guard trailerBytes + view.count <= limits.trailers else { throw Self.trailersTooLarge }
            return false
        }
        let length = lineFeed - view.startIndex + 1
        trailerBytes += length
        guard trailerBytes <= limits.trailers else { throw Self.trailersTooLarge }
        guard let line = buffer.readSlice(length: length), length >= 2,
            line.getInteger(at: line.readerIndex + length - 2, as: UInt8.self) == 0x0D
        else { throw Self.malformed("a trailer line ends without CRLF") }
        if length == 2 {
            state = .end
            return true
        }
        do {
            _ = try line.withUnsafeReadableBytes { try FieldSyntax.parse($0, 0..<(length - 2)) }
        } catch {
            throw Self.malformed("a trailer field is malformed")
        }
        return true
    }

    private static let trailersTooLarge = ProtocolError(.badRequest, "The trailers are too large")

    private static func malformed(_ what: String) -> ProtocolError {
        ProtocolError(.badRequest, "Malformed body: \(what)")
    }

    private static func hexDigit(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte &- UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte &- UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte &- UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}

extension BodyDecoder.Output {
    /// The bytes of a piece; nil at the end.
    var piece: ByteBuffer? {
        if case .chunk(let chunk) = self { chunk } else { nil }
    }
}
