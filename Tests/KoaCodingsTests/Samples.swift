import NIOCore

@testable import KoaCodings

/// Bodies to code, and the ways to run them through a coder.
enum Samples {
    static let text = ByteBuffer(string: String(repeating: "Koa codes bodies. ", count: 40) + "\u{1F43C}")

    /// Bytes that don't compress: the low bits of a linear congruential generator's state are dropped.
    static func noise(_ count: Int) -> ByteBuffer {
        var state: UInt32 = 1
        return ByteBuffer(
            bytes: (0..<count).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return UInt8(truncatingIfNeeded: state >> 24)
            })
    }

    static func encode(_ body: ByteBuffer, _ coding: ContentCoding, level: Int? = nil) throws -> ByteBuffer {
        let encoder = try coding.makeEncoder(level: level)
        var coded = try encoder.write(body)
        coded.writeImmutableBuffer(try encoder.finish())
        return coded
    }

    /// Decodes a body that arrives in the given pieces, and looks that no piece of the result is above the limit.
    static func decode(_ pieces: [ByteBuffer], _ coding: ContentCoding, limit: Int = 65_536) throws -> ByteBuffer {
        let decoder = try coding.makeDecoder()
        var decoded = ByteBuffer()
        for piece in pieces {
            var input = piece
            while let output = try decoder.decode(&input, limit: limit) {
                precondition((1...limit).contains(output.readableBytes), "a piece of \(output.readableBytes) bytes")
                decoded.writeImmutableBuffer(output)
            }
            precondition(input.readableBytes == 0, "input was left over")
        }
        try decoder.finish()
        return decoded
    }

    static func decode(_ coded: ByteBuffer, _ coding: ContentCoding, limit: Int = 65_536) throws -> ByteBuffer {
        try decode([coded], coding, limit: limit)
    }

    /// A buffer cut at every place, and one cut into single bytes.
    static func cuts(_ buffer: ByteBuffer) -> [[ByteBuffer]] {
        let bytes = Array(buffer.readableBytesView)
        return (0...bytes.count).map { place in
            [ByteBuffer(bytes: bytes[..<place]), ByteBuffer(bytes: bytes[place...])]
        } + [bytes.map { ByteBuffer(bytes: [$0]) }]
    }
}
