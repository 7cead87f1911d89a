#if Zstd
    import CKoaZstd
    import NIOCore

    /// zstd by the system's libzstd; none of its levels to 19 needs more than the 8 MiB that RFC 9659 lets readers keep.
    final class ZstdEncoder: ContentEncoder {
        private let context: OpaquePointer
        private var isFinished = false

        init(level: Int) throws {
            guard let context = ZSTD_createCCtx() else { throw CodingError.outOfMemory(.zstd) }
            self.context = context
            ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, CInt(level))
        }

        deinit {
            ZSTD_freeCCtx(context)
        }

        var coding: ContentCoding { .zstd }

        func write(_ input: ByteBuffer) throws -> ByteBuffer {
            try run(input, ZSTD_e_continue)
        }

        func flush() throws -> ByteBuffer {
            try run(ByteBuffer(), ZSTD_e_flush)
        }

        func finish() throws -> ByteBuffer {
            let output = try run(ByteBuffer(), ZSTD_e_end)
            isFinished = true
            return output
        }

        func reset() throws {
            ZSTD_CCtx_reset(context, ZSTD_reset_session_only)
            isFinished = false
        }

        private func run(_ input: ByteBuffer, _ directive: ZSTD_EndDirective) throws -> ByteBuffer {
            guard !isFinished else { throw CodingError.finished(coding) }
            var output = ByteBuffer()
            var left = 0
            input.withUnsafeReadableBytes { bytes in
                var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
                repeat {
                    output.writeWithUnsafeMutableBytes(minimumWritableBytes: PieceSize.encoded) { room in
                        var sink = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
                        left = ZSTD_compressStream2(context, &sink, &source, directive)
                        return sink.pos
                    }
                } while ZSTD_isError(left) == 0
                    && (directive == ZSTD_e_continue ? source.pos < source.size : left > 0)
            }
            guard ZSTD_isError(left) == 0 else { throw CodingError.outOfMemory(coding) }
            return output
        }
    }
#endif
