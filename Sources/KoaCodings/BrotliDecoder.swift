#if Brotli
    import CKoaBrotli
    import NIOCore

    /// br by the system's libbrotli; its window is 16 MiB at most.
    final class BrotliDecoder: ContentDecoder {
        private let state: OpaquePointer
        private var isAtEnd = false

        init() throws {
            guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else {
                throw CodingError.outOfMemory(.brotli)
            }
            self.state = state
        }

        deinit {
            BrotliDecoderDestroyInstance(state)
        }

        var coding: ContentCoding { .brotli }

        func decode(_ input: inout ByteBuffer, limit: Int) throws -> ByteBuffer? {
            if isAtEnd {
                guard input.readableBytes == 0 else { throw CodingError.trailingBytes(coding) }
                return nil
            }
            var output = ByteBuffer()
            var result = BROTLI_DECODER_RESULT_ERROR
            let size = PieceSize.decoded(limit: limit)
            input.readWithUnsafeReadableBytes { bytes in
                var rest = bytes.count
                var next = bytes.bindMemory(to: UInt8.self).baseAddress
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { room in
                    var free = size
                    var out = room.bindMemory(to: UInt8.self).baseAddress
                    result = BrotliDecoderDecompressStream(state, &rest, &next, &free, &out, nil)
                    return size - free
                }
                return bytes.count - rest
            }
            switch result {
            case BROTLI_DECODER_RESULT_ERROR: throw CodingError.corrupt(coding)
            case BROTLI_DECODER_RESULT_SUCCESS:
                isAtEnd = true
                if output.readableBytes == 0, input.readableBytes > 0 { throw CodingError.trailingBytes(coding) }
            default: break
            }
            return output.readableBytes > 0 ? output : nil
        }

        func finish() throws {
            guard isAtEnd else { throw CodingError.truncated(coding) }
        }
    }
#endif
