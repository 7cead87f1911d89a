import NIOCore

/// deflate: with zlib's wrapper, as it should be, or without, as some senders have it.
final class DeflateDecoder: ContentDecoder {
    private var inflater: Inflater?
    /// The first byte, until the second tells which form this is.
    private var first: UInt8?

    var coding: ContentCoding { .deflate }

    func decode(_ input: inout ByteBuffer, limit: Int) throws -> ByteBuffer? {
        guard let inflater = try inflater ?? begin(&input) else { return nil }
        if inflater.isAtEnd, input.readableBytes > 0 { throw CodingError.trailingBytes(coding) }
        let piece = try inflater.inflate(&input, limit: limit)
        if inflater.isAtEnd, input.readableBytes > 0, piece == nil { throw CodingError.trailingBytes(coding) }
        return piece
    }

    func finish() throws {
        guard inflater?.isAtEnd == true else { throw CodingError.truncated(coding) }
    }

    /// Looks at the first two bytes, which neither form does without.
    private func begin(_ input: inout ByteBuffer) throws -> Inflater? {
        guard let first = first ?? input.readInteger(as: UInt8.self) else { return nil }
        self.first = first
        guard let second = input.getInteger(at: input.readerIndex, as: UInt8.self) else { return nil }
        // RFC 1950: method 8, and a check in the second byte. No encoder begins a raw stream so.
        let isWrapped = first & 0x0F == 8 && (UInt16(first) << 8 | UInt16(second)).isMultiple(of: 31)
        let inflater = try Inflater(isWrapped ? .zlib : .raw, coding: coding)
        var head = ByteBuffer(bytes: [first])
        // A byte alone decodes to nothing in either form.
        _ = try inflater.inflate(&head, limit: 1)
        self.inflater = inflater
        return inflater
    }
}
