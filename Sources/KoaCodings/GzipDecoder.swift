import NIOCore

/// gzip: one member after the other, as RFC 1952 has it.
final class GzipDecoder: ContentDecoder {
    private let inflater: Inflater
    private var isBetweenMembers = true
    private var hasMember = false

    init() throws {
        inflater = try Inflater(.gzip, coding: .gzip)
    }

    var coding: ContentCoding { .gzip }

    func decode(_ input: inout ByteBuffer, limit: Int) throws -> ByteBuffer? {
        while true {
            if isBetweenMembers {
                guard let first = input.getInteger(at: input.readerIndex, as: UInt8.self) else { return nil }
                // What doesn't begin as another member does is no coded data at all.
                if hasMember, first != 0x1F { throw CodingError.trailingBytes(coding) }
                try inflater.reset()
                isBetweenMembers = false
            }
            let piece = try inflater.inflate(&input, limit: limit)
            if inflater.isAtEnd {
                isBetweenMembers = true
                hasMember = true
            }
            if let piece { return piece }
            // A member's head or tail may end the piece without a decoded byte, and the next one follow.
            if input.readableBytes == 0 { return nil }
        }
    }

    func finish() throws {
        guard hasMember, isBetweenMembers else { throw CodingError.truncated(coding) }
    }
}
