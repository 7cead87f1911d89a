public import Koa

/// A part of a multipart body: a field or a file, and its bytes as they arrive.
///
/// ```swift
/// for try await part in ctx.multipart() where part.name == "photo" {
///     let file = try await part.store()
///     ctx.body = ["type": file.contentType, "size": file.size]
/// }
/// ```
public struct MultipartPart {
    /// What is known of a part before its body.
    ///
    /// ```swift
    /// let images = Upload(filter: { part, _ in part.contentType.hasPrefix("image/") })
    /// ```
    public struct Info: Sendable, Hashable {
        /// The field's name.
        public let name: String
        /// The file's name as the client has it, without folders; nil for a field, empty for an input with no file chosen.
        /// Never use it as a path: it is a stranger's word.
        public let filename: String?
        /// The media type that the client claims; `text/plain` for a field and `application/octet-stream` for a file
        /// that has none.
        public let contentType: String
        /// All headers of the part.
        public let headers: Headers

        /// Whether it is a file.
        public var isFile: Bool { filename != nil }
    }

    /// What is known of the part before its body.
    public let info: Info
    let reader: MultipartReader
    let number: Int

    /// See ``Info/name``.
    public var name: String { info.name }
    /// See ``Info/filename``.
    public var filename: String? { info.filename }
    /// See ``Info/contentType``.
    public var contentType: String { info.contentType }
    /// See ``Info/headers``.
    public var headers: Headers { info.headers }
    /// See ``Info/isFile``.
    public var isFile: Bool { info.isFile }

    /// The bytes, as they arrive.
    public var body: Body { Body(reader: reader, number: number) }

    /// The bytes of a part: an asynchronous sequence of buffers.
    ///
    /// ```swift
    /// for try await part in ctx.multipart() {
    ///     var size = 0
    ///     for try await piece in part.body { size += piece.readableBytes }
    ///     ctx.logger.info("\(part.name): \(size) bytes")
    /// }
    /// ```
    public struct Body: AsyncSequence {
        /// A piece, which isn't empty.
        public typealias Element = ByteBuffer

        let reader: MultipartReader
        let number: Int

        /// Reads the pieces one after the other.
        public struct AsyncIterator: AsyncIteratorProtocol {
            let reader: MultipartReader
            let number: Int

            /// The next piece, or nil at the end.
            ///
            /// - Throws: ``MultipartError`` past a limit and for a malformed body; ``Koa/KoaError`` `.bodyAlreadyRead` when
            ///   the sequence has gone on to the next part.
            public nonisolated(nonsending) mutating func next() async throws -> ByteBuffer? {
                try await reader.nextPiece(of: number)
            }
        }

        /// Starts reading, or goes on where another iterator stopped.
        public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader, number: number) }
    }

    /// The whole body, in memory.
    ///
    /// - Throws: ``MultipartError`` past ``MultipartLimits/memoryBytes``, which counts all parts.
    public nonisolated(nonsending) func bytes() async throws -> ByteBuffer {
        guard var all = try await reader.nextPiece(of: number) else { return ByteBuffer() }
        try reader.keepInMemory(all.readableBytes, of: info)
        while let piece = try await reader.nextPiece(of: number) {
            try reader.keepInMemory(piece.readableBytes, of: info)
            all.writeImmutableBuffer(piece)
        }
        return all
    }

    /// The whole body as text: in UTF-8, or ISO-8859-1 if the part says so.
    ///
    /// - Throws: as ``bytes()``; ``BodyError`` `.unsupportedCharset`.
    public nonisolated(nonsending) func text() async throws -> String {
        let charset = try BodyCharset(of: MediaType(contentType))
        return charset.text(try await bytes())
    }

    /// Writes the body to a file, or keeps it in memory.
    ///
    /// - Returns: the file, which lasts as long as the request unless it is moved.
    public nonisolated(nonsending) func store(in storage: FileStorage = .temporary()) async throws -> UploadedFile {
        switch storage.place {
        case .memory:
            let bytes = try await bytes()
            return UploadedFile(
                info: info, size: bytes.readableBytes, content: .memory(bytes), app: reader.ctx.app)
        case .folder(let folder):
            return try await reader.write(self, to: folder)
        }
    }
}

@available(*, unavailable)
extension MultipartPart: Sendable {}

@available(*, unavailable)
extension MultipartPart.Body: Sendable {}

@available(*, unavailable)
extension MultipartPart.Body.AsyncIterator: Sendable {}
