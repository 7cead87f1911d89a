import CKoaZlib
import NIOCore

/// gzip and zlib by the system's zlib.
final class ZlibEncoder: ContentEncoder {
    /// The wrapper around the deflated bytes.
    enum Format {
        case gzip
        case zlib

        /// zlib's way to say the format beside the window of 32 KiB.
        var windowBits: CInt {
            switch self {
            case .gzip: 15 + 16
            case .zlib: 15
            }
        }
    }

    let coding: ContentCoding
    /// At a fixed address: zlib's state points back to it.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isFinished = false

    init(_ format: Format, level: Int) throws {
        coding = format == .gzip ? .gzip : .deflate
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = deflateInit2_(
            stream, CInt(level), Z_DEFLATED, format.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            CInt(MemoryLayout<z_stream>.size))
        // The instance is whole, so that its deinit frees the stream; deflateEnd takes one that has no state.
        guard code == Z_OK else { throw CodingError.outOfMemory(coding) }
    }

    deinit {
        deflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    func write(_ input: ByteBuffer) throws -> ByteBuffer {
        try run(input, Z_NO_FLUSH)
    }

    func flush() throws -> ByteBuffer {
        try run(ByteBuffer(), Z_SYNC_FLUSH)
    }

    func finish() throws -> ByteBuffer {
        let output = try run(ByteBuffer(), Z_FINISH)
        isFinished = true
        return output
    }

    func reset() throws {
        guard deflateReset(stream) == Z_OK else { throw CodingError.outOfMemory(coding) }
        isFinished = false
    }

    private func run(_ input: ByteBuffer, _ mode: CInt) throws -> ByteBuffer {
        guard !isFinished else { throw CodingError.finished(coding) }
        var output = ByteBuffer()
        try input.withUnsafeReadableBytes { bytes in
            // zlib counts in 32 bits.
            var rest = UnsafeRawBufferPointer(bytes)
            repeat {
                let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count))
                try deflatePiece(piece, rest.isEmpty ? mode : Z_NO_FLUSH, into: &output)
            } while !rest.isEmpty
        }
        return output
    }

    private func deflatePiece(_ piece: UnsafeRawBufferPointer, _ mode: CInt, into output: inout ByteBuffer) throws {
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: piece.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = CUnsignedInt(piece.count)
        defer {
            stream.pointee.next_in = nil
            stream.pointee.avail_in = 0
        }
        var code = Z_OK
        var isFull = true
        while isFull {
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: PieceSize.encoded) { room in
                let count = min(room.count, 1 << 30)
                stream.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
                stream.pointee.avail_out = CUnsignedInt(count)
                code = deflate(stream, mode)
                isFull = stream.pointee.avail_out == 0
                stream.pointee.next_out = nil
                return count - Int(stream.pointee.avail_out)
            }
        }
        // Z_BUF_ERROR: nothing was left to do, as when a flush follows a flush.
        guard code == Z_OK || code == Z_BUF_ERROR || code == Z_STREAM_END else {
            throw CodingError.outOfMemory(coding)
        }
    }
}
