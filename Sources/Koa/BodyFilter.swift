package import NIOCore

/// Changes the bytes of a streamed body on their way to the client.
package protocol BodyFilter: AnyObject {
    /// Takes a piece, and writes what becomes of it.
    nonisolated(nonsending) func write(_ chunk: ByteBuffer, to writer: BodyWriter) async throws

    /// Writes what it has kept back.
    nonisolated(nonsending) func flush(to writer: BodyWriter) async throws
}

/// A filter and what it writes to, which may be filtered in turn.
final class BodyFiltering {
    let filter: any BodyFilter
    let writer: BodyWriter

    init(_ filter: any BodyFilter, to writer: BodyWriter) {
        self.filter = filter
        self.writer = writer
    }
}

extension Body {
    /// Writes the body of a stream or a file through a filter.
    package func write(to writer: BodyWriter, through filter: any BodyFilter) async throws {
        var filtered = writer
        filtered.filtering = BodyFiltering(filter, to: writer)
        try await write(to: filtered)
    }
}
