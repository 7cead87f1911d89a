import Koa
import NIOCore

/// A request's body, inflated as it comes, up to a limit on what comes out.
struct BodyPieces {
    private var source: RequestBody.AsyncIterator
    private let limit: Int
    private var count = 0

    /// - Throws: ``BodyError`` `.unsupportedEncoding`; `.tooLarge` for a Content-Length past the limit.
    init(_ ctx: Context, upTo limit: Int) throws {
        source = ctx.request.stream.makeAsyncIterator()
        self.limit = limit
    }

    /// The next piece, which isn't empty, or nil at the end.
    nonisolated(nonsending) mutating func next() async throws -> ByteBuffer? {
        guard let piece = try await source.next() else { return nil }
        guard piece.readableBytes <= limit - count else { throw BodyError.tooLarge(limit) }
        count += piece.readableBytes
        return piece
    }
}

extension Context {
    /// The whole body, inflated.
    nonisolated(nonsending) func collectBody(upTo limit: Int) async throws -> ByteBuffer {
        var pieces = try BodyPieces(self, upTo: limit)
        guard var all = try await pieces.next() else { return ByteBuffer() }
        while let piece = try await pieces.next() { all.writeImmutableBuffer(piece) }
        return all
    }
}
