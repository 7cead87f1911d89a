import Koa
import KoaCodings
import NIOCore

/// A request's body, inflated as it comes, up to a limit on what comes out.
///
/// However much a body grows when it is inflated, no more than a piece of it is in memory.
struct BodyPieces {
    private var source: RequestBody.AsyncIterator
    private let decoder: (any ContentDecoder)?
    private let limit: Int
    private var count = 0
    /// What came and isn't inflated yet.
    private var input = ByteBuffer()
    private var hasInput = false
    private var piecesInARow = 0

    /// - Throws: ``BodyError`` `.unsupportedEncoding`; `.tooLarge` for a Content-Length past the limit.
    init(_ ctx: Context, upTo limit: Int) throws {
        decoder = try Self.decoder(ctx.request.field("content-encoding"))
        self.limit = limit
        if decoder == nil, let length = ctx.request.length, length > limit { throw BodyError.tooLarge(limit) }
        source = ctx.request.stream.makeAsyncIterator()
    }

    /// The next piece, which isn't empty, or nil at the end.
    ///
    /// - Throws: ``BodyError`` `.tooLarge` past the limit; `.malformed` for what can't be inflated.
    nonisolated(nonsending) mutating func next() async throws -> ByteBuffer? {
        guard let decoder else {
            guard let piece = try await source.next() else { return nil }
            return try counted(piece)
        }
        do {
            while true {
                // One byte more than may come: that there is more is an error.
                if let piece = try decoder.decode(&input, limit: min(limit - count, Int.max - 1) + 1) {
                    // A piece of input can grow a thousandfold: other requests have their turn meanwhile.
                    piecesInARow += 1
                    if piecesInARow.isMultiple(of: 8) { await Task.yield() }
                    return try counted(piece)
                }
                piecesInARow = 0
                guard let more = try await source.next() else { break }
                hasInput = true
                input = more
            }
            if hasInput { try decoder.finish() }
            return nil
        } catch let error as CodingError {
            if case .outOfMemory = error { throw error }
            throw BodyError(.malformed, "The body can't be inflated: \(error)", cause: error)
        }
    }

    private mutating func counted(_ piece: ByteBuffer) throws -> ByteBuffer {
        guard piece.readableBytes <= limit - count else { throw BodyError.tooLarge(limit) }
        count += piece.readableBytes
        return piece
    }

    /// One coding at most: each more would grow the body once more before the limit counts it.
    private static func decoder(_ field: String?) throws -> (any ContentDecoder)? {
        guard let field else { return nil }
        let name = FieldText.trim(field[...])
        if name.isEmpty || name.lowercased() == "identity" { return nil }
        guard let coding = ContentCoding(name) else {
            let known = ContentCoding.all.map(\.name).joined(separator: ", ")
            throw BodyError(
                .unsupportedEncoding, "The Content-Encoding \(String(name).debugDescription) isn't read here",
                headers: ["Accept-Encoding": known])
        }
        return try coding.makeDecoder()
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
