public import NIOCore

/// A body that is produced while it is sent.
final class BodyStream {
    typealias Producer = (BodyWriter) async throws -> Void

    let contentLength: Int?
    /// The file that it reads, if it reads one.
    let path: String?
    /// The media type, where it isn't bytes of any kind.
    let type: String?
    let produce: Producer

    init(contentLength: Int?, path: String? = nil, type: String? = nil, produce: @escaping Producer) {
        self.contentLength = contentLength
        self.path = path
        self.type = type
        self.produce = produce
    }
}

extension Body {
    /// A body that a closure writes, piece by piece, while it is sent: `application/octet-stream` unless a type is set.
    ///
    /// The head is sent with the first piece, so an error before it is a proper error response; a later one
    /// breaks the connection, so that no client takes half a body for a whole one. Writing waits while the client
    /// is slow. When the client goes away, the task is cancelled and writing throws. On HEAD the closure doesn't run.
    ///
    /// - Parameters:
    ///   - contentLength: the number of bytes, when it is known; else the body is sent in chunks. Writing more or
    ///     less is an error.
    ///   - produce: writes the body, and returns at its end.
    public static func stream(
        contentLength: Int? = nil,
        _ produce: @escaping (BodyWriter) async throws -> Void
    ) -> Body {
        Body(.stream(BodyStream(contentLength: contentLength, produce: produce)))
    }

    /// A streamed body of a type of its own.
    package static func stream(type: String, _ produce: @escaping (BodyWriter) async throws -> Void) -> Body {
        Body(.stream(BodyStream(contentLength: nil, type: type, produce: produce)))
    }

    /// A body of the buffers of an asynchronous sequence.
    public static func stream<Chunks: AsyncSequence>(
        _ chunks: Chunks,
        contentLength: Int? = nil
    ) -> Body where Chunks.Element == ByteBuffer {
        .stream(contentLength: contentLength) { writer in
            for try await chunk in chunks { try await writer.write(chunk) }
        }
    }

    /// A body of the texts of an asynchronous sequence, as UTF-8.
    public static func stream<Chunks: AsyncSequence>(
        _ chunks: Chunks,
        contentLength: Int? = nil
    ) -> Body where Chunks.Element == String {
        .stream(contentLength: contentLength) { writer in
            for try await chunk in chunks { try await writer.write(chunk) }
        }
    }

    /// A body of the byte arrays of an asynchronous sequence.
    public static func stream<Chunks: AsyncSequence>(
        _ chunks: Chunks,
        contentLength: Int? = nil
    ) -> Body where Chunks.Element == [UInt8] {
        .stream(contentLength: contentLength) { writer in
            for try await chunk in chunks { try await writer.write(chunk) }
        }
    }
}

/// Writes a streamed body; see ``Body/stream(contentLength:_:)``.
///
/// ```swift
/// ctx.body = .stream { writer in
///     for line in 1...3 { try await writer.write("line \(line)\n") }
/// }
/// ```
public struct BodyWriter {
    package nonisolated(unsafe) let ctx: Context
    /// What takes the bytes first, if something does.
    nonisolated(unsafe) var filtering: BodyFiltering?

    /// Sends text as UTF-8, and waits while the client is slow.
    ///
    /// - Throws: when the client went away, the task was cancelled, or the Content-Length is exceeded.
    public nonisolated(nonsending) func write(_ text: String) async throws {
        try await write(ByteBuffer(string: text))
    }

    /// Sends bytes; see ``write(_:)-(String)``.
    public nonisolated(nonsending) func write(_ bytes: some Sequence<UInt8>) async throws {
        try await write(ByteBuffer(bytes: bytes))
    }

    /// Sends a buffer; see ``write(_:)-(String)``. An empty one does nothing.
    public nonisolated(nonsending) func write(_ buffer: ByteBuffer) async throws {
        guard let filtering else { return try await ctx.write(buffer) }
        try await filtering.filter.write(buffer, to: filtering.writer)
    }

    /// Sends what a middleware that compresses has gathered so far; else nothing is kept back, and it does nothing.
    ///
    /// - Throws: as ``write(_:)-(String)``.
    public nonisolated(nonsending) func flush() async throws {
        if let filtering { try await filtering.filter.flush(to: filtering.writer) }
    }

    /// Sets the response's length, unless the bytes are changed on their way.
    func announce(length: Int) {
        if filtering == nil, !ctx.headerSent { ctx.length = length }
    }

    /// Sends a part of a file, by the system alone where the connection allows; see ``write(_:)-(String)``.
    package nonisolated(nonsending) func write(_ file: OpenFile, _ range: Range<Int>) async throws {
        guard filtering != nil else { return try await ctx.write(file, range) }
        var offset = range.lowerBound
        while offset < range.upperBound {
            let chunk = try await file.read(offset..<min(offset + OpenFile.chunkSize, range.upperBound))
            offset += chunk.readableBytes
            try await write(chunk)
        }
    }
}

@available(*, unavailable)
extension BodyWriter: Sendable {}
