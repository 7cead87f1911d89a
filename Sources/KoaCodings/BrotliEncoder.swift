#if Brotli
    import CKoaBrotli
    import NIOCore

    /// br by the system's libbrotli.
    final class BrotliEncoder: ContentEncoder {
        private let level: Int
        private var state: OpaquePointer
        private var isFinished = false

        init(level: Int) throws {
            self.level = level
            state = try Self.makeState(level)
        }

        deinit {
            BrotliEncoderDestroyInstance(state)
        }

        var coding: ContentCoding { .brotli }

        private static func makeState(_ level: Int) throws -> OpaquePointer {
            guard let state = BrotliEncoderCreateInstance(nil, nil, nil) else {
                throw CodingError.outOfMemory(.brotli)
            }
            BrotliEncoderSetParameter(state, BROTLI_PARAM_QUALITY, UInt32(level))
            return state
        }

        func write(_ input: ByteBuffer) throws -> ByteBuffer {
            try run(input, BROTLI_OPERATION_PROCESS)
        }

        func flush() throws -> ByteBuffer {
            try run(ByteBuffer(), BROTLI_OPERATION_FLUSH)
        }

        func finish() throws -> ByteBuffer {
            let output = try run(ByteBuffer(), BROTLI_OPERATION_FINISH)
            isFinished = true
            return output
        }

        /// libbrotli has no reset.
        func reset() throws {
            let fresh = try Self.makeState(level)
            BrotliEncoderDestroyInstance(state)
            state = fresh
            isFinished = false
        }

        private func run(_ input: ByteBuffer, _ operation: BrotliEncoderOperation) throws -> ByteBuffer {
            guard !isFinished else { throw CodingError.finished(coding) }
            var output = ByteBuffer()
            var isWell = true
            input.withUnsafeReadableBytes { bytes in
                var rest = bytes.count
                var next = bytes.bindMemory(to: UInt8.self).baseAddress
                repeat {
                    output.writeWithUnsafeMutableBytes(minimumWritableBytes: PieceSize.encoded) { room in
                        var free = room.count
                        var out = room.bindMemory(to: UInt8.self).baseAddress
                        isWell =
                            BrotliEncoderCompressStream(state, operation, &rest, &next, &free, &out, nil) == BROTLI_TRUE
                        return room.count - free
                    }
                } while isWell && (rest > 0 || BrotliEncoderHasMoreOutput(state) == BROTLI_TRUE)
            }
            guard isWell else { throw CodingError.outOfMemory(coding) }
            return output
        }
    }
#endif
