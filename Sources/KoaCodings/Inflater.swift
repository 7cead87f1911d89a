import CKoaZlib
import NIOCore

/// zlib's inflate, for one deflated stream at a time.
final class Inflater {
    /// What surrounds the deflated bytes, as zlib says it beside the window of 32 KiB.
    enum Format: CInt {
        case raw = -15
        case zlib = 15
        case gzip = 31
    }

    let coding: ContentCoding
    /// At a fixed address: zlib's state points back to it.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the stream has ended.
    private(set) var isAtEnd = false

    init(_ format: Format, coding: ContentCoding) throws {
        self.coding = coding
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = inflateInit2_(stream, format.rawValue, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        guard code == Z_OK else { throw CodingError.outOfMemory(coding) }
    }

    deinit {
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Begins another stream.
    func reset() throws {
        guard inflateReset(stream) == Z_OK else { throw CodingError.outOfMemory(coding) }
        isAtEnd = false
    }

    /// Inflates the beginning of the input and takes what it used off it; nil when that gave nothing.
    func inflate(_ input: inout ByteBuffer, limit: Int) throws -> ByteBuffer? {
        guard !isAtEnd else { return nil }
        var output = ByteBuffer()
        var code = Z_OK
        let size = PieceSize.decoded(limit: limit)
        input.readWithUnsafeReadableBytes { bytes in
            let count = min(bytes.count, 1 << 30)
            stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
            stream.pointee.avail_in = CUnsignedInt(count)
            output.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { room in
                stream.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
                stream.pointee.avail_out = CUnsignedInt(size)
                code = CKoaZlib.inflate(stream, Z_NO_FLUSH)
                stream.pointee.next_out = nil
                return size - Int(stream.pointee.avail_out)
            }
            stream.pointee.next_in = nil
            return count - Int(stream.pointee.avail_in)
        }
        switch code {
        case Z_STREAM_END: isAtEnd = true
        // Z_BUF_ERROR: no input, and nothing kept back.
        case Z_OK, Z_BUF_ERROR: break
        case Z_MEM_ERROR: throw CodingError.outOfMemory(coding)
        default: throw CodingError.corrupt(coding)
        }
        return output.readableBytes > 0 ? output : nil
    }
}
