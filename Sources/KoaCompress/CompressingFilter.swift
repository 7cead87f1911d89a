import Koa
import KoaCodings
import NIOCore

/// Compresses a streamed body on its way.
final class CompressingFilter: BodyFilter {
    /// How much is compressed before others get their turn on the event loop.
    private static let pieceSize = 65_536

    private let encoder: any ContentEncoder
    private let flushesEachWrite: Bool
    /// The length that the plain body declared, which the compressed one no longer says.
    private let declared: Int?
    private var count = 0

    init(_ encoder: any ContentEncoder, flushesEachWrite: Bool, declared: Int?) {
        self.encoder = encoder
        self.flushesEachWrite = flushesEachWrite
        self.declared = declared
    }

    /// - Throws: ``Koa/KoaError`` `.lengthMismatch` for more than was declared.
    nonisolated(nonsending) func write(_ chunk: ByteBuffer, to writer: BodyWriter) async throws {
        count += chunk.readableBytes
        if let declared, count > declared {
            throw KoaError(.lengthMismatch, "The body is longer than the \(declared) bytes that it declared")
        }
        var chunk = chunk
        while let piece = chunk.readSlice(length: min(chunk.readableBytes, Self.pieceSize)), piece.readableBytes > 0 {
            try await writer.write(encoder.write(piece))
            if chunk.readableBytes > 0 { await Task.yield() }
        }
        if flushesEachWrite { try await flush(to: writer) }
    }

    nonisolated(nonsending) func flush(to writer: BodyWriter) async throws {
        try await writer.write(encoder.flush())
        try await writer.flush()
    }

    /// Writes the end of the coded body.
    ///
    /// - Throws: ``Koa/KoaError`` `.lengthMismatch` for less than was declared.
    nonisolated(nonsending) func finish(to writer: BodyWriter) async throws {
        if let declared, count < declared {
            throw KoaError(.lengthMismatch, "The body ended after \(count) of the \(declared) bytes that it declared")
        }
        try await writer.write(encoder.finish())
    }
}
