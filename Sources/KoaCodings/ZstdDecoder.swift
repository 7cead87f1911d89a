#if Zstd
    import CKoaZstd
    import NIOCore

    /// zstd by the system's libzstd: one frame after the other; one that needs a window of more than 8 MiB is refused,
    /// as RFC 9659 allows.
    final class ZstdDecoder: ContentDecoder {
        private let context: OpaquePointer
        private var isBetweenFrames = true
        private var hasFrame = false
        /// Whether the last piece was full, so that the library may keep bytes back.
        private var mayHaveMore = false

        init() throws {
            guard let context = ZSTD_createDCtx() else { throw CodingError.outOfMemory(.zstd) }
            self.context = context
            ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 23)
        }

        deinit {
            ZSTD_freeDCtx(context)
        }

        var coding: ContentCoding { .zstd }

        func decode(_ input: inout ByteBuffer, limit: Int) throws -> ByteBuffer? {
            while input.readableBytes > 0 || mayHaveMore {
                if isBetweenFrames, hasFrame, !mayHaveMore, !beginsFrame(input) {
                    throw CodingError.trailingBytes(coding)
                }
                if let piece = try decodePiece(&input, PieceSize.decoded(limit: limit)) { return piece }
            }
            return nil
        }

        func finish() throws {
            guard hasFrame, isBetweenFrames else { throw CodingError.truncated(coding) }
        }

        private func decodePiece(_ input: inout ByteBuffer, _ size: Int) throws -> ByteBuffer? {
            var output = ByteBuffer()
            var hint = 0
            input.readWithUnsafeReadableBytes { bytes in
                var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { room in
                    var sink = ZSTD_outBuffer(dst: room.baseAddress, size: size, pos: 0)
                    hint = ZSTD_decompressStream(context, &sink, &source)
                    return sink.pos
                }
                return source.pos
            }
            guard ZSTD_isError(hint) == 0 else { throw CodingError.corrupt(coding) }
            // 0: a frame is decoded, and all of it was returned.
            isBetweenFrames = hint == 0
            if hint == 0 { hasFrame = true }
            mayHaveMore = hint != 0 && output.readableBytes == size
            return output.readableBytes > 0 ? output : nil
        }

        /// Whether a byte may begin a frame: 28 B5 2F FD, or 5x 2A 4D 18 for one to be skipped.
        private func beginsFrame(_ input: ByteBuffer) -> Bool {
            let first = input.getInteger(at: input.readerIndex, as: UInt8.self) ?? 0
            return first == 0x28 || first & 0xF0 == 0x50
        }
    }
#endif
